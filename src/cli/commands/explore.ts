import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { PythonVersion } from '../../../core/program.ts';
import { printable } from '../../report/printable.ts';
import type { ExploreResponse } from '../../verify/explore-request.ts';
import { CliError } from '../cli-error.ts';
import { openEngine } from '../engine.ts';
import type { ExitCode } from '../exit-codes.ts';
import { EXIT } from '../exit-codes.ts';
import { readSource } from '../files.ts';
import { write } from '../output.ts';
import { daemonOption, debugOption, pythonOption } from '../shared-options.ts';

const EXAMPLES = `Examples:
  assay explore clamp.py:clamp --param n=int
  assay explore words.py:is_title --param 's=str' --length 4 --format json
`;

export function exploreCommand() {
  return new Command('explore')
    .summary('find the paths of a function')
    .description(
      'Find every path of a function within bounds, each with an input that was replayed. Exit code 1 if they are not all.',
    )
    .argument('<file:function>', 'Python source and a function in it')
    .option('--param <name=type>', 'type of a parameter, once for each', collect, [] as string[])
    .option('--paths <count>', 'paths in the answer', wholeNumber, 64)
    .option('--length <items>', 'items of a list, code points of a string', wholeNumber, 8)
    .addOption(pythonOption())
    .addOption(
      new Option('--format <format>', 'full for reading, json for programs')
        .choices(['full', 'json'] as const)
        .default('full' as const),
    )
    .addOption(daemonOption())
    .addOption(debugOption())
    .addHelpText('before', EXAMPLES)
    .action(async (target, options) => {
      process.exitCode = await explore(target, {
        ...options,
        daemon: options.daemon === '' ? undefined : options.daemon,
      });
    });
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('it is no whole number');
  return Number(text);
}

interface ExploreSettings {
  readonly param: readonly string[];
  readonly paths: number;
  readonly length: number;
  readonly python?: PythonVersion;
  readonly format: 'full' | 'json';
  readonly daemon: string | undefined;
}

async function explore(target: string, settings: ExploreSettings): Promise<ExitCode> {
  const colon = target.lastIndexOf(':');
  if (colon <= 0) throw new CliError(`${target} names no function`, 'write it as file.py:function');
  const source = readSource(target.slice(0, colon));
  const { python, paths, length, format, daemon } = settings;
  const engine = await openEngine({ daemon, workers: 1 });
  try {
    const answer = await engine.explore({
      program: { source, ...(python !== undefined && { python }) },
      function: target.slice(colon + 1),
      params: Object.fromEntries(settings.param.map(parameterOf)),
      bounds: { paths, length },
    });
    await write(process.stdout, format === 'json' ? `${JSON.stringify(answer)}\n` : inWords(answer));
    return answer.complete ? EXIT.ok : EXIT.findings;
  } finally {
    await engine.close();
  }
}

function parameterOf(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new CliError(`--param ${text} gives no type`, "write it as --param 'n=int'");
  return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}

function inWords({ paths, complete, bounds, restrictions, reason }: ExploreResponse): string {
  const lines = paths.map(({ conditions, input, output, exact }) => {
    const taken = conditions.map(({ line, text, taken }) => `    line ${line}: ${taken ? text : `not (${text})`}`);
    return [`${input} → ${output}${exact ? '' : '   (its conditions do not say everything)'}`, ...taken];
  });
  const within = [...bounds, ...restrictions].join(', ');
  const all = within === '' ? 'these are all paths there are' : `these are all paths within ${within}`;
  const count = `${paths.length} ${paths.length === 1 ? 'path' : 'paths'}`;
  const text = [...lines.flat(), `${count}; ${complete ? all : `not all: ${reason}`}`];
  return `${text.map(printable).join('\n')}\n`;
}
