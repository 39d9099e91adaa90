import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Command, Option } from '@commander-js/extra-typings';
import { loadConfig } from '../../config/load.ts';
import { type BenchProgram, readRow } from '../../model-bench/data.ts';
import type { MeasureOptions } from '../../model-bench/measure.ts';
import { listed, renderModelFigures } from '../../report/model-figures.ts';
import { CliError } from '../cli-error.ts';
import type { ExitCode } from '../exit-codes.ts';
import { EXIT } from '../exit-codes.ts';
import { requireFiles } from '../files.ts';
import { ordered } from '../ordered.ts';
import { write } from '../output.ts';
import { openPredictors } from '../predictors.ts';
import { createProgress } from '../progress.ts';
import { debugOption, temperatureOf, wholeNumber } from '../shared-options.ts';
import { wantsProgress } from '../terminal.ts';

const EXAMPLES = `Examples:
  assay bench model --data cruxeval.jsonl
  assay bench model --data held-out.jsonl --predictor gpu --mode guided --limit 100 --format json
`;

/** Simulations under way at one time, at most: each holds a trace. */
const MOST_AT_ONCE = 64;

export function benchCommand() {
  return new Command('bench').summary('measure a model').addCommand(modelCommand());
}

function modelCommand() {
  return new Command('model')
    .summary('measure a model on many programs')
    .description(
      'Have a configured model simulate each program of a data set, and print how much of it was right: format, states, lines, variables, results, and where it first goes wrong.',
    )
    .requiredOption(
      '--data <file>',
      'JSONL: {"program": …}, {"code", "input"} as in CRUXEval, or {"context"} with a mark',
    )
    .option('--predictor <name>', 'a predictor of the configuration; the default one without it')
    .addOption(
      new Option('--mode <mode>', 'the whole trace by itself, or put right frame by frame')
        .choices(['free', 'guided'] as const)
        .default('free' as const),
    )
    .option('--limit <n>', 'programs to take, from the first on (all)')
    .option('--concurrency <n>', 'programs at one time (as many as the model takes)')
    .option('--max-frames <n>', 'stop the model after so many frames of one program', '2000')
    .option('--max-ms <n>', 'stop the model after so many milliseconds of one program', '300000')
    .option('--temperature <t>', 'how freely the model chooses, from 0 to 2', '0')
    .option('--config <file>', 'settings file in place of the nearest assay.config.json')
    .addOption(
      new Option('--format <format>', 'full for reading, json for programs')
        .choices(['full', 'json'] as const)
        .default('full' as const),
    )
    .addOption(debugOption())
    .addHelpText('before', EXAMPLES)
    .action(async (options) => {
      process.exitCode = await benchModel(options);
    });
}

interface BenchSettings {
  readonly data: string;
  readonly predictor?: string;
  readonly mode: 'free' | 'guided';
  readonly limit?: string;
  readonly concurrency?: string;
  readonly maxFrames: string;
  readonly maxMs: string;
  readonly temperature: string;
  readonly config?: string;
  readonly format: 'full' | 'json';
}

async function benchModel(settings: BenchSettings): Promise<ExitCode> {
  const { data, predictor, mode, format } = settings;
  const limit = settings.limit === undefined ? Number.POSITIVE_INFINITY : wholeNumber('--limit', settings.limit, 1);
  const atOnce = settings.concurrency === undefined ? undefined : wholeNumber('--concurrency', settings.concurrency, 1);
  const options: MeasureOptions = {
    predictor,
    mode,
    temperature: temperatureOf(settings.temperature),
    maxFrames: Math.min(100_000, wholeNumber('--max-frames', settings.maxFrames, 1)),
    maxMs: Math.min(3_600_000, wholeNumber('--max-ms', settings.maxMs, 1)),
    signal: new AbortController().signal,
  };
  requireFiles([data]);
  const { cwd, env } = process;
  const config = loadConfig({
    directory: cwd(),
    file: settings.config,
    environment: env,
    flags: { predictor },
  });
  await using open = new AsyncDisposableStack();
  const predictors = open.adopt(await openPredictors(config), (set) => set.close());
  const { capabilities } = predictors.open(predictor);
  const { createAssay } = await import('../../verify/assay.ts');
  const { Simulator } = await import('../../simulate/simulator.ts');
  const { measureProgram } = await import('../../model-bench/measure.ts');
  const { Tally } = await import('../../model-bench/tally.ts');
  const engine = open.adopt(createAssay(), (made) => made.close());
  const simulator = new Simulator(engine, predictors);
  const progress = createProgress(process.stderr, wantsProgress(process.stderr, env), 'programs');
  open.defer(() => progress.clear());
  const tally = new Tally(mode);
  const width = Math.min(MOST_AT_ONCE, atOnce ?? capabilities.batch);
  const measured = ordered(readData(data, limit), width, ({ program }) =>
    measureProgram(simulator, engine, program, options),
  );
  for await (const measurement of measured) {
    tally.add(measurement);
    progress.step();
  }
  progress.clear();
  const figures = tally.figures();
  if (figures.programs === 0)
    throw new CliError(`no program could be measured; ${listed('left out', figures.left_out)}`);
  await write(
    process.stdout,
    format === 'json' ? `${JSON.stringify(figures)}\n` : renderModelFigures(figures, basename(data)),
  );
  return EXIT.ok;
}

/** @throws {CliError} naming the line that is no row */
async function* readData(file: string, limit: number): AsyncGenerator<BenchProgram> {
  let number = 0;
  let given = 0;
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      yield readRow(line, number);
    } catch (error) {
      throw new CliError(`${file}, line ${number}: ${(error as Error).message}`);
    }
    given += 1;
    if (given >= limit) return;
  }
  if (given === 0) throw new CliError(`${file} has no rows`);
}
