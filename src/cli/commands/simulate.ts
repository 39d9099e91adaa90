import { appendFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { Command, Option } from '@commander-js/extra-typings';
import type { Program, PythonVersion } from '../../../core/program.ts';
import { loadConfig } from '../../config/load.ts';
import type { SimulationFormatName } from '../../report/simulation.ts';
import { SIMULATION_FORMAT_NAMES, SIMULATION_FORMATS } from '../../report/simulation.ts';
import { createStyle } from '../../report/style.ts';
import { CorrectionLog } from '../../simulate/correction-log.ts';
import { promptedProgram } from '../../simulate/prompted-program.ts';
import type { SimulateEvent, SimulateRequest, SimulateResponse } from '../../simulate/simulate-request.ts';
import { STDIN } from '../claims.ts';
import { CliError } from '../cli-error.ts';
import { simulateByDaemon } from '../daemon-simulation.ts';
import type { ExitCode } from '../exit-codes.ts';
import { EXIT } from '../exit-codes.ts';
import { readSource } from '../files.ts';
import { write } from '../output.ts';
import { openPredictors } from '../predictors.ts';
import { colorOption, daemonOption, debugOption, pythonOption, temperatureOf, wholeNumber } from '../shared-options.ts';
import { defaultFormat, wantsColour, widthOf } from '../terminal.ts';
import { programAsGiven } from '../traced-program.ts';

const EXAMPLES = `Examples:
  assay simulate sum.py --call 'f(3)'                        guided: corrected frame by frame
  assay simulate marked.py --mode free --predictor gpu       the model's whole trace, then the verdict
  assay simulate sum.py --call 'f(3)' --log mistakes.jsonl   each correction as training data
`;

const MODES = ['guided', 'free'] as const;

export function simulateCommand() {
  return new Command('simulate')
    .summary('have a model simulate a program')
    .description(
      'Have a configured model simulate a program, and check each frame as it arrives. Exit code 1 if any was wrong.',
    )
    .argument('<file>', 'Python source, or - for standard input')
    .option('--call <expression>', "simulate this call, such as 'f(3)'")
    .option('--script', 'run the source from top to bottom, even if a function carries the mark')
    .addOption(pythonOption())
    .option('--predictor <name>', 'a predictor of the configuration; the default one without it')
    .addOption(
      new Option('--mode <mode>', 'correct and go on, or let it write').choices(MODES).default('guided' as const),
    )
    .option('--max-frames <n>', 'stop the model after so many frames (2000)')
    .option('--max-ms <n>', 'stop the model after so many milliseconds (300000)')
    .option('--temperature <t>', 'how freely the model chooses, from 0 to 2 (0)')
    .option('--log <file>', 'append each mistake to this file, as JSON lines')
    .option('--config <file>', 'settings file in place of the nearest assay.config.json')
    .addOption(
      new Option('--format <format>', 'full (default on a terminal), concise, json or jsonl').choices(
        SIMULATION_FORMAT_NAMES,
      ),
    )
    .option('--strict', 'exit with 3 if the verdict is inconclusive')
    .addOption(daemonOption())
    .addOption(colorOption())
    .addOption(debugOption())
    .addHelpText('before', EXAMPLES)
    .action(async (file, options) => {
      process.exitCode = await simulate(file, {
        ...options,
        format: options.format ?? defaultFormat(process.stdout),
        daemon: options.daemon === '' ? undefined : options.daemon,
      });
    });
}

interface SimulateSettings {
  readonly call?: string;
  readonly script?: true;
  readonly python?: PythonVersion;
  readonly predictor?: string;
  readonly mode: (typeof MODES)[number];
  readonly maxFrames?: string;
  readonly maxMs?: string;
  readonly temperature?: string;
  readonly log?: string;
  readonly config?: string;
  readonly format: SimulationFormatName;
  readonly strict?: true;
  readonly daemon: string | undefined;
  readonly color: 'auto' | 'always' | 'never';
}

async function simulate(file: string, settings: SimulateSettings): Promise<ExitCode> {
  const { call, script = false, daemon } = settings;
  if (script && call !== undefined) throw new CliError('--call and --script exclude each other');
  const source = file === STDIN ? await readAll(process.stdin) : readSource(file);
  const program: Program = { python: '3.10', ...programAsGiven({ source, call, script, python: settings.python }) };
  const request = requestOf(program, settings);
  if (settings.log !== undefined) openLog(settings.log);

  const name = file === STDIN ? '<stdin>' : file;
  if (daemon !== undefined) return await report(simulateByDaemon(daemon, request), name, request, settings);
  const predictors = await openPredictors(configOf(settings));
  const { createAssay } = await import('../../verify/assay.ts');
  const engine = createAssay({ workers: 1 });
  try {
    const { Simulator } = await import('../../simulate/simulator.ts');
    return await report(new Simulator(engine, predictors).simulate(request), name, request, settings);
  } finally {
    await predictors.close();
    await engine.close();
  }
}

function configOf({ config, predictor }: SimulateSettings) {
  const { cwd, env } = process;
  return loadConfig({ directory: cwd(), file: config, environment: env, flags: { predictor } });
}

function requestOf(program: Program, settings: SimulateSettings): SimulateRequest {
  const { mode, predictor, maxFrames, maxMs, temperature } = settings;
  return {
    program,
    mode,
    temperature: temperatureOf(temperature ?? '0'),
    ...(predictor !== undefined && { predictor }),
    ...(maxFrames !== undefined && { max_frames: Math.min(100_000, wholeNumber('--max-frames', maxFrames, 1)) }),
    ...(maxMs !== undefined && { max_ms: Math.min(3_600_000, wholeNumber('--max-ms', maxMs, 1)) }),
  };
}

/** @throws {CliError} before any work is done, where nothing could be written at its end */
function openLog(file: string): void {
  try {
    appendFileSync(file, '');
  } catch (error) {
    throw new CliError(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code})`, 'choose another --log');
  }
}

async function report(
  events: AsyncIterable<SimulateEvent>,
  name: string,
  { program, predictor = 'default' }: SimulateRequest,
  settings: SimulateSettings,
): Promise<ExitCode> {
  const { stdout, env } = process;
  const style = createStyle(wantsColour(settings.color, stdout, env));
  const renderer = SIMULATION_FORMATS[settings.format]({ style, width: widthOf(stdout), quiet: false }, name);
  const log = new CorrectionLog(promptedProgram(program));
  for await (const { event, data } of events) {
    if (event === 'done') {
      await write(stdout, renderer.done(data));
      return exitCodeOf(data, settings.strict === true);
    }
    await write(stdout, renderer.frame(data));
    const mistake = settings.log === undefined ? null : log.take(data, predictor);
    if (mistake !== null && settings.log !== undefined) appendFileSync(settings.log, `${JSON.stringify(mistake)}\n`);
  }
  throw new CliError('the simulation ended without a verdict');
}

function exitCodeOf({ status, predictor }: SimulateResponse, strict: boolean): ExitCode {
  if (status === 'inconclusive') return strict ? EXIT.inconclusive : EXIT.ok;
  return status === 'verified' && predictor.corrections.length === 0 ? EXIT.ok : EXIT.findings;
}
