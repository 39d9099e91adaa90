import { availableParallelism } from 'node:os';
import { text as readAll } from 'node:stream/consumers';
import { Command, Option } from '@commander-js/extra-typings';
import type { PythonVersion } from '../../../core/program.ts';
import type { PatchResponse } from '../../check/patch-request.ts';
import { FORMAT_NAMES, type FormatName, isForPeople } from '../../report/formats.ts';
import { printable } from '../../report/printable.ts';
import { createStyle } from '../../report/style.ts';
import { writeBaseline } from '../baseline.ts';
import { type Compared, runCheck } from '../check-run.ts';
import { CliError } from '../cli-error.ts';
import { openEngine } from '../engine.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { write } from '../output.ts';
import { patchClosingLine, renderPatch } from '../patch-report.ts';
import { createProgress } from '../progress.ts';
import { colorOption, daemonOption, debugOption, pythonOption, wholeNumber } from '../shared-options.ts';
import { defaultFormat, wantsColour, wantsProgress, widthOf } from '../terminal.ts';

const EXAMPLES = `Examples:
  assay check --staged                             what the next commit changes
  assay check --since origin/main src              the work tree against a revision, below src
  git diff | assay check --diff - --test tests/test_a.py
  assay check --staged --claims said.jsonl --format sarif > assay.sarif
`;

const THRESHOLDS = ['error', 'warning'] as const;

export function checkCommand() {
  return new Command('check')
    .summary('find what a patch changes')
    .description(
      'Run both versions of every changed Python function on the same inputs. Exit code 1 if anything is found.',
    )
    .argument('[paths...]', 'files or directories to keep to')
    .addOption(new Option('--staged', 'the index against the last commit').conflicts(['since', 'diff']))
    .addOption(new Option('--since <revision>', 'the work tree against a revision').conflicts(['diff']))
    .option('--diff <file>', 'a unified diff on top of the work tree; - reads standard input')
    .option('--claims <file>', 'claims about the new version, one JSON object a line', collect)
    .option('--test <test>', 'a pytest-style file, file::name, or file::call', collect)
    .addOption(pythonOption())
    .option('--seed <n>', 'inputs are drawn by it (0)')
    .option('--inputs <n>', 'inputs to try on each function (160)')
    .option('--time <seconds>', 'how long inputs are tried, for all functions together (45)')
    .option('--baseline <file>', 'leave out the findings that it names')
    .option('--write-baseline <file>', 'write the findings that there are to a baseline, and succeed')
    .addOption(
      new Option('--fail-on <level>', 'which findings end with exit code 1')
        .choices(THRESHOLDS)
        .default('warning' as const),
    )
    .addOption(new Option('--format <format>', `${FORMAT_NAMES.join(', ')} (full on a terminal)`).choices(FORMAT_NAMES))
    .option('--json', 'the same as --format json')
    .option('--strict', 'exit with 3 if anything is inconclusive')
    .option('-q, --quiet', 'report findings only')
    .addOption(daemonOption())
    .addOption(
      new Option('--on-unavailable <what>', 'where a daemon is asked for and not there')
        .choices(['fail', 'pass'])
        .default('fail' as const),
    )
    .addOption(colorOption())
    .addOption(debugOption())
    .addHelpText('before', EXAMPLES)
    .action(async (paths, options) => {
      process.exitCode = await passingWhereAsked(options.onUnavailable, () =>
        check(paths, {
          ...options,
          format: options.json === true ? 'json' : (options.format ?? defaultFormat(process.stdout)),
          daemon: options.daemon === '' ? undefined : options.daemon,
        }),
      );
    });
}

function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

interface Settings {
  readonly staged?: true;
  readonly since?: string;
  readonly diff?: string;
  readonly claims?: readonly string[];
  readonly test?: readonly string[];
  readonly python?: PythonVersion;
  readonly seed?: string;
  readonly inputs?: string;
  readonly time?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly failOn: (typeof THRESHOLDS)[number];
  readonly format: FormatName;
  readonly strict?: true;
  readonly quiet?: true;
  readonly daemon: string | undefined;
  readonly color: 'auto' | 'always' | 'never';
}

async function passingWhereAsked(onUnavailable: string, action: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await action();
  } catch (error) {
    const absent = error instanceof CliError && error.exitCode === EXIT.unavailable;
    if (!absent || onUnavailable !== 'pass') throw error;
    await write(process.stderr, `note: ${error.message}; passed, as --on-unavailable says\n`);
    return EXIT.ok;
  }
}

async function check(paths: readonly string[], settings: Settings): Promise<ExitCode> {
  const { stdout, stderr, env } = process;
  const compared = await comparedBy(settings);
  const quiet = settings.quiet === true;
  const began = performance.now();
  const progress = createProgress(stderr, !quiet && wantsProgress(stderr, env), 'modules');
  const engine = await openEngine({ daemon: settings.daemon, workers: Math.min(4, availableParallelism()) });
  try {
    const outcome = await runCheck(
      engine,
      {
        directory: process.cwd(),
        compared,
        paths,
        claims: settings.claims ?? [],
        tests: settings.test ?? [],
        python: settings.python,
        seed: settings.seed === undefined ? undefined : wholeNumber('--seed', settings.seed, 0),
        inputs: settings.inputs === undefined ? undefined : wholeNumber('--inputs', settings.inputs, 0),
        ms: settings.time === undefined ? undefined : 1000 * wholeNumber('--time', settings.time, 0),
        baseline: settings.baseline,
      },
      () => progress.step(),
    );
    progress.clear();
    for (const remark of outcome.remarks) await write(stderr, `note: ${printable(remark)}\n`);
    const view = { style: createStyle(wantsColour(settings.color, stdout, env)), width: widthOf(stdout), quiet };
    await write(stdout, renderPatch(settings.format, view, outcome));
    if (isForPeople(settings.format) && !quiet) {
      await write(stdout, `${patchClosingLine(outcome.response, performance.now() - began)}\n`);
    }
    if (settings.writeBaseline !== undefined) {
      writeBaseline(settings.writeBaseline, outcome.response.findings);
      return EXIT.ok;
    }
    return exitCodeOf(outcome.response, settings);
  } finally {
    await engine.close();
  }
}

async function comparedBy({ staged, since, diff }: Settings): Promise<Compared> {
  if (staged === true) return { kind: 'staged' };
  if (diff === undefined) return { kind: 'since', revision: since ?? 'HEAD' };
  if (diff === '-') return { kind: 'diff', patch: await readAll(process.stdin) };
  const { readSource } = await import('../files.ts');
  return { kind: 'diff', patch: readSource(diff) };
}

function exitCodeOf({ summary }: PatchResponse, { failOn, strict }: Settings): ExitCode {
  if (summary.errors > 0 || (failOn === 'warning' && summary.warnings > 0)) return EXIT.findings;
  return strict === true && summary.inconclusive > 0 ? EXIT.inconclusive : EXIT.ok;
}
