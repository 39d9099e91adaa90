import { text as readAll } from 'node:stream/consumers';
import { Command, Option } from '@commander-js/extra-typings';
import type { Program, PythonVersion } from '../../../core/program.ts';
import { renderPrompt } from '../../../neural/formats/cwm/prompt.ts';
import { printable } from '../../report/printable.ts';
import { STDIN } from '../claims.ts';
import { CliError } from '../cli-error.ts';
import { openEngine } from '../engine.ts';
import type { ExitCode } from '../exit-codes.ts';
import { EXIT } from '../exit-codes.ts';
import { readSource } from '../files.ts';
import { write } from '../output.ts';
import { daemonOption, debugOption, pythonOption } from '../shared-options.ts';
import { programAsGiven, programForPrompt } from '../traced-program.ts';

const EXAMPLES = `Examples:
  assay trace sum.py --call 'f(3)'
  assay trace marked.py                        enters the function marked # << START_OF_TRACE
  assay trace sum.py --script --format json
`;

const TRACE_FORMATS = ['cwm', 'json'] as const;

export function traceCommand() {
  return new Command('trace')
    .summary("print a program's true trace")
    .description('Run a program and print its true trace. Exit code 1 if the run was cut short by its budget.')
    .argument('<file>', 'Python source, or - for standard input')
    .option('--call <expression>', "trace this call, such as 'f(3)'")
    .option('--script', 'run the source from top to bottom, even if a function carries the mark')
    .addOption(pythonOption())
    .addOption(
      new Option('--format <format>', 'cwm prints the prompt and the trace, json the frames')
        .choices(TRACE_FORMATS)
        .default('cwm' as const),
    )
    .addOption(daemonOption())
    .addOption(debugOption())
    .addHelpText('before', EXAMPLES)
    .action(async (file, options) => {
      process.exitCode = await trace(file, { ...options, daemon: options.daemon === '' ? undefined : options.daemon });
    });
}

interface TraceSettings {
  readonly call?: string;
  readonly script?: true;
  readonly python?: PythonVersion;
  readonly format: (typeof TRACE_FORMATS)[number];
  readonly daemon: string | undefined;
}

async function trace(file: string, settings: TraceSettings): Promise<ExitCode> {
  const { call, script = false, format, daemon } = settings;
  if (script && call !== undefined) throw new CliError('--call and --script exclude each other');
  const source = file === STDIN ? await readAll(process.stdin) : readSource(file);
  const given = { source, call, script, python: settings.python };
  // CWM's traces come from 3.10, and `assay verify` replays them so where nothing else is said.
  const program: Program = format === 'cwm' ? { python: '3.10', ...programForPrompt(given) } : programAsGiven(given);

  const engine = await openEngine({ daemon, workers: 1 });
  try {
    const answer = await engine.trace({ program, format });
    const text = format === 'json' ? `${JSON.stringify(answer)}\n` : renderPrompt(program.source) + (answer.text ?? '');
    await write(process.stdout, text);
    if (answer.output.raises !== undefined) {
      await note(`the program raises ${answer.output.raises}: ${answer.output.message ?? ''}`);
    }
    if (answer.status === 'returned' || answer.status === 'raised') return EXIT.ok;
    await note(`the run was cut short (${answer.status}): the trace is not complete`);
    return EXIT.findings;
  } finally {
    await engine.close();
  }
}

function note(text: string): Promise<void> {
  return write(process.stderr, `note: ${printable(text)}\n`);
}
