import type { Entry, Program, PythonVersion } from '../../core/program.ts';
import { ENTRY_MARK } from '../../core/program.ts';
import { CliError } from './cli-error.ts';

export interface TracedProgram {
  readonly source: string;
  readonly call: string | undefined;
  readonly script: boolean;
  readonly python: PythonVersion | undefined;
}

/**
 * The program that `assay trace` runs. A CWM prompt can only name a function to enter, by the mark on its `def` line;
 * so that the printed trace is whole in itself,
 *
 * - a call becomes the body of a new function with the mark, at the end of the source,
 * - without a call the function that has the mark is entered, or else the source is run as a script,
 * - a mark that would name another entry than the one asked for is taken out (it is a comment).
 *
 * @throws {CliError} where a call has several lines, which the new function could not hold
 */
export function programForPrompt({ source, call, script, python }: TracedProgram): Program {
  const version = python === undefined ? {} : { python };
  if (script) return { source: withoutMark(source), entry: { script: true }, ...version };
  if (call === undefined) return { source, ...version };
  if (/[\r\n]/.test(call)) throw new CliError('--call takes one line', 'or use --format json');
  const text = withoutMark(source);
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    source: `${text}${gap}\ndef ${freeName(text, call)}():  ${ENTRY_MARK}\n    return ${call}\n`,
    entry: { main: true },
    ...version,
  };
}

/** The program for a trace that is not printed as a prompt: the source stays as it is. */
export function programAsGiven({ source, call, script, python }: TracedProgram): Program {
  const entry: Entry | undefined = call !== undefined ? { call } : script ? { script: true } : undefined;
  return { source, ...(entry !== undefined && { entry }), ...(python !== undefined && { python }) };
}

function withoutMark(source: string): string {
  if (!source.includes(ENTRY_MARK)) return source;
  return source
    .split('\n')
    .map((line) => {
      const text = line.trimEnd();
      return text.endsWith(ENTRY_MARK) && isDefinition(text) ? text.slice(0, -ENTRY_MARK.length).trimEnd() : line;
    })
    .join('\n');
}

function isDefinition(line: string): boolean {
  return /^(?:async\s+)?def\s/.test(line.trimStart());
}

/** `main`, unless the program has a name of its own like that: the new function must not stand in its way. */
function freeName(source: string, call: string): string {
  const taken = new Set(`${source}\n${call}`.match(/[A-Za-z_]\w*/g));
  let name = 'main';
  while (taken.has(name)) name += '_';
  return name;
}
