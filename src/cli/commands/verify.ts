import { availableParallelism } from 'node:os';
import { Command, Option } from '@commander-js/extra-typings';
import { Fault, toProblem } from '../../../core/fault.ts';
import type { Entry, PythonVersion } from '../../../core/program.ts';
import type { FormatName } from '../../report/formats.ts';
import { FORMAT_NAMES, FORMATS, isForPeople } from '../../report/formats.ts';
import type { ClaimResult, Summary, View } from '../../report/result.ts';
import { createStyle } from '../../report/style.ts';
import { closingLine, count, NO_RESULTS } from '../../report/summary.ts';
import type { GivenProgram, ReadClaim } from '../claims.ts';
import { readClaims, STDIN } from '../claims.ts';
import { CliError } from '../cli-error.ts';
import type { Engine } from '../engine.ts';
import { openEngine } from '../engine.ts';
import type { ExitCode } from '../exit-codes.ts';
import { EXIT } from '../exit-codes.ts';
import { readSource, requireFiles } from '../files.ts';
import { writeJson } from '../json-file.ts';
import { ordered } from '../ordered.ts';
import { write } from '../output.ts';
import { createProgress } from '../progress.ts';
import type { ReceiptNotes } from '../receipt-notes.ts';
import { colorOption, daemonOption, debugOption, pythonOption, wholeNumber } from '../shared-options.ts';
import { defaultFormat, wantsColour, wantsProgress, widthOf } from '../terminal.ts';

const EXAMPLES = `Examples:
  assay verify trace.cwm                              a prompt with its predicted trace
  assay verify --program sum.py --call 'f(3)' out.txt a predicted trace alone
  assay verify requests.jsonl --format jsonl          verify requests, one a line
  assay trace sum.py --call 'f(3)' | assay verify -
`;

export function verifyCommand() {
  return new Command('verify')
    .summary('test claims about programs')
    .description('Test claims about programs, by replaying them. Exit code 1 if any does not hold.')
    .argument('<files...>', 'traces in CWM format, .json verify requests, .jsonl of them, or - for standard input')
    .option('--program <file>', 'the program, for claims that do not bring it')
    .option('--call <expression>', "the call that the trace starts with, such as 'f(3)' (with --program)")
    .addOption(pythonOption())
    .addOption(
      new Option('--format <format>', 'full (default on a terminal), concise, json or jsonl').choices(FORMAT_NAMES),
    )
    .option('--json', 'the same as --format json')
    .option('--strict', 'exit with 3 if anything is inconclusive')
    .option('-q, --quiet', 'report findings only')
    .option('--receipt <file>', 'sign the verdicts, and write the receipt there')
    .option('--workers <n>', 'claims to test at one time')
    .addOption(daemonOption())
    .addOption(colorOption())
    .addOption(debugOption())
    .addHelpText('before', EXAMPLES)
    .action(async (files, options) => {
      process.exitCode = await verify(files, {
        ...options,
        format: options.json === true ? 'json' : (options.format ?? defaultFormat(process.stdout)),
        daemon: options.daemon === '' ? undefined : options.daemon,
        workers: options.workers === undefined ? undefined : wholeNumber('--workers', options.workers, 1),
      });
    });
}

interface VerifySettings {
  readonly program?: string;
  readonly call?: string;
  readonly python?: PythonVersion;
  readonly format: FormatName;
  readonly strict?: true;
  readonly quiet?: true;
  readonly receipt?: string;
  readonly workers: number | undefined;
  readonly daemon: string | undefined;
  readonly color: 'auto' | 'always' | 'never';
}

async function verify(files: readonly string[], settings: VerifySettings): Promise<ExitCode> {
  const given = programGiven(settings);
  requireFiles(files.filter((file) => file !== STDIN));
  if (files.filter((file) => file === STDIN).length > 1) throw new CliError('standard input can be read only once');

  if (settings.receipt !== undefined && settings.daemon !== undefined) {
    throw new CliError(
      'a receipt is signed by whoever tests the claims, and that is the daemon',
      'leave out --daemon and ASSAY_URL, or ask for the receipt of `assay gate --daemon`',
    );
  }

  const began = performance.now();
  const concurrency = settings.workers ?? (isSingle(files) ? 1 : availableParallelism());
  const engine = await openEngine({ daemon: settings.daemon, workers: concurrency });
  try {
    const answers = ordered(claimsOf(files, given), concurrency * 2, async (claim) => ({
      claim,
      result: await answer(engine, claim),
    }));
    const notes = settings.receipt === undefined ? undefined : await openNotes();
    const summary = await report(resultsOf(answers, notes), settings, began);
    if (notes !== undefined && settings.receipt !== undefined) writeJson(settings.receipt, await notes.sign());
    return exitCodeOf(summary, settings.strict === true);
  } finally {
    await engine.close();
  }
}

function programGiven({ program, call, python }: VerifySettings): GivenProgram {
  if (program === undefined && call !== undefined) {
    throw new CliError('--call says how --program is entered, but there is no --program', 'add --program FILE.py');
  }
  const entry: Entry | undefined = call === undefined ? undefined : { call };
  return { file: program, source: program === undefined ? undefined : readSource(program), entry, python };
}

/** One claim alone needs one interpreter; lines and standard input may hold many. */
function isSingle(files: readonly string[]): boolean {
  const [only] = files;
  return files.length === 1 && only !== undefined && only !== STDIN && !/\.(jsonl|ndjson)$/i.test(only);
}

async function* claimsOf(files: readonly string[], given: GivenProgram): AsyncGenerator<ReadClaim> {
  for (const file of files) yield* readClaims(file, given);
}

async function answer(engine: Engine, claim: ReadClaim): Promise<ClaimResult> {
  if ('problem' in claim) return claim;
  const { subject, request } = claim;
  try {
    return { subject, response: await engine.verify(request) };
  } catch (error) {
    if (error instanceof Fault) return { subject, problem: toProblem(error) };
    throw error;
  }
}

/** Signing is loaded only where it is asked for. */
async function openNotes(): Promise<ReceiptNotes> {
  const { ReceiptNotes } = await import('../receipt-notes.ts');
  return new ReceiptNotes();
}

async function* resultsOf(
  answers: AsyncIterable<{ claim: ReadClaim; result: ClaimResult }>,
  notes: ReceiptNotes | undefined,
): AsyncGenerator<ClaimResult> {
  for await (const { claim, result } of answers) {
    notes?.note(claim, result);
    yield result;
  }
}

async function report(results: AsyncIterable<ClaimResult>, settings: VerifySettings, began: number): Promise<Summary> {
  const { stdout, stderr, env } = process;
  const quiet = settings.quiet === true;
  const view: View = {
    style: createStyle(wantsColour(settings.color, stdout, env)),
    width: widthOf(stdout),
    quiet,
  };
  const renderer = FORMATS[settings.format](view);
  const progress = createProgress(stderr, !quiet && wantsProgress(stderr, env));

  let summary = NO_RESULTS;
  for await (const result of results) {
    progress.clear();
    await write(stdout, renderer.result(result, summary.items));
    summary = count(summary, 'problem' in result ? 'errors' : result.response.status);
    progress.step();
  }
  progress.clear();
  await write(stdout, renderer.end(summary));
  if (isForPeople(settings.format) && !quiet)
    await write(stdout, `${closingLine(summary, performance.now() - began)}\n`);
  return summary;
}

/** A claim without a verdict outweighs a finding, and a finding what nothing is known about. */
function exitCodeOf(summary: Summary, strict: boolean): ExitCode {
  if (summary.errors > 0) return EXIT.failed;
  if (summary.corrected + summary.refuted + summary.incomplete > 0) return EXIT.findings;
  return strict && summary.inconclusive > 0 ? EXIT.inconclusive : EXIT.ok;
}
