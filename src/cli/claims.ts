import { createReadStream, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { text as readAll } from 'node:stream/consumers';
import type { Problem } from '../../core/fault.ts';
import { Fault, toProblem } from '../../core/fault.ts';
import { misfit } from '../../core/field-errors.ts';
import type { Entry, Program, PythonVersion } from '../../core/program.ts';
import { VerifyRequest } from '../../core/verdict.ts';
import { splitPrompt } from '../../neural/formats/cwm/prompt.ts';
import type { Subject } from '../report/result.ts';
import { CliError } from './cli-error.ts';

/** A claim that was read from a file, or why none could be. */
export type ReadClaim =
  | { readonly subject: Subject; readonly request: VerifyRequest }
  | { readonly subject: Subject; readonly problem: Problem };

/** The program that the command line gives to claims that bring none. */
export interface GivenProgram {
  readonly file: string | undefined;
  readonly source: string | undefined;
  readonly entry: Entry | undefined;
  readonly python: PythonVersion | undefined;
}

export const STDIN = '-';

/**
 * The claims of a file, one after the other. The name's ending says what the file holds: `.json` a verify request,
 * `.jsonl` or `.ndjson` one a line, anything else a trace in CWM format; standard input is looked at.
 *
 * @throws {CliError} where the file cannot be read
 */
export async function* readClaims(file: string, given: GivenProgram): AsyncGenerator<ReadClaim> {
  if (file === STDIN) {
    yield* readText('<stdin>', await readAll(process.stdin), undefined, given);
    return;
  }
  const ending = extname(file).toLowerCase();
  if (ending === '.py') {
    throw new CliError(
      `${file} is a program, not a claim`,
      `assay verify --program ${file} TRACE, or assay trace ${file}`,
    );
  }
  if (ending === '.jsonl' || ending === '.ndjson') {
    yield* readLines(
      file,
      createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }),
      given,
    );
    return;
  }
  yield* readText(file, readFileSync(file, 'utf8'), ending === '.json' ? 'request' : 'trace', given);
}

type Content = 'request' | 'lines' | 'trace';

async function* readText(
  name: string,
  text: string,
  content: Content | undefined,
  given: GivenProgram,
): AsyncGenerator<ReadClaim> {
  const found = content ?? sniff(text);
  if (found === 'lines') yield* readLines(name, text.split('\n'), given);
  else if (found === 'request') yield fromJson(name, text, given);
  else yield fromTrace(name, text, given);
}

/** Stripped trace text also begins with a brace: only an object that has a claim or frames is a request. */
function sniff(text: string): Content {
  if (!text.trimStart().startsWith('{')) return 'trace';
  if (isRequest(text)) return 'request';
  const [first = ''] = text.trimStart().split('\n', 1);
  return isRequest(first) ? 'lines' : 'trace';
}

function isRequest(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return (
      typeof value === 'object' && value !== null && (Object.hasOwn(value, 'claim') || Object.hasOwn(value, 'frames'))
    );
  } catch {
    return false;
  }
}

async function* readLines(
  name: string,
  lines: AsyncIterable<string> | Iterable<string>,
  given: GivenProgram,
): AsyncGenerator<ReadClaim> {
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() !== '') yield fromJson(`${name}#${number}`, line, given);
  }
}

function fromTrace(name: string, text: string, given: GivenProgram): ReadClaim {
  const prompt = splitPrompt(text);
  const claim = { kind: 'trace', format: 'cwm', text } as const;
  if (given.source !== undefined) {
    return {
      subject: givenSubject(name, given.source, given),
      request: { program: programOf(given.source, given), claim },
    };
  }
  if (prompt === null) {
    const message = 'the trace does not start with its prompt; name its program with --program FILE.py';
    const fault = new Fault('invalid-request', message, { errors: [{ path: '/program', message: 'missing' }] });
    return { subject: { name, source: null, program: null }, problem: toProblem(fault) };
  }
  const { source } = prompt;
  // Source line 1 stands on the line of the prompt's first token, so a line of the program is a line of the file.
  const lineOffset = (text.slice(0, text.indexOf('<|trace_context_start|>')).match(/\n/g) ?? []).length;
  const program = name === '<stdin>' ? null : { name, lineOffset };
  return {
    subject: { name, source, program },
    request: given.python === undefined ? { claim } : { program: programOf(source, given), claim },
  };
}

function fromJson(name: string, text: string, given: GivenProgram): ReadClaim {
  const nowhere: Subject = { name, source: null, program: null };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const fault = new Fault('invalid-request', `not JSON: ${(error as Error).message}`);
    return { subject: nowhere, problem: toProblem(fault) };
  }
  const checked = VerifyRequest.safeParse(asRequest(value));
  if (!checked.success) return { subject: nowhere, problem: toProblem(misfit(checked.error)) };

  const request = checked.data;
  if (request.program === undefined && given.source !== undefined) {
    return {
      subject: givenSubject(name, given.source, given),
      request: { ...request, program: programOf(given.source, given) },
    };
  }
  return { subject: { name, source: sourceOf(request), program: null }, request };
}

/** What `assay trace --format json` prints is a claim too, about the program that is given beside it. */
function asRequest(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, 'claim')) return value;
  const { frames } = value as { frames?: unknown };
  return frames === undefined ? value : { claim: { kind: 'trace', format: 'json', frames } };
}

function sourceOf({ program, claim }: VerifyRequest): string | null {
  if (program !== undefined) return program.source;
  return claim.kind === 'trace' && claim.format === 'cwm' ? (splitPrompt(claim.text)?.source ?? null) : null;
}

function programOf(source: string, { entry, python }: GivenProgram): Program {
  return { source, ...(entry !== undefined && { entry }), ...(python !== undefined && { python }) };
}

function givenSubject(name: string, source: string, { file }: GivenProgram): Subject {
  return { name, source, program: file === undefined ? null : { name: file, lineOffset: 0 } };
}
