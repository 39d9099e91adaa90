import { Command } from '@commander-js/extra-typings';
import { KeyError } from '../../receipts/key-error.ts';
import { CliError } from '../cli-error.ts';
import { openGate } from '../engine.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { daemonOption, debugOption, wholeNumber } from '../shared-options.ts';
import { onStopSignal } from '../stop-signals.ts';

const EXAMPLES = `Examples:
  claude mcp add assay -- npx assay mcp
  {"mcpServers": {"assay": {"command": "npx", "args": ["assay", "mcp"]}}}
`;

export function mcpCommand() {
  return new Command('mcp')
    .summary('serve agents over the Model Context Protocol')
    .description('Serve an agent over standard input and output by the Model Context Protocol, until its input ends.')
    .option('--workers <n>', 'programs to run at one time (2)')
    .addOption(daemonOption())
    .addOption(debugOption())
    .addHelpText('before', EXAMPLES)
    .action(async ({ workers, daemon }) => {
      process.exitCode = await serveAgent({
        daemon: daemon === '' ? undefined : daemon,
        workers: workers === undefined ? 2 : wholeNumber('--workers', workers, 1),
      });
    });
}

async function serveAgent(choice: { daemon: string | undefined; workers: number }): Promise<ExitCode> {
  const [engine, { serveOverStdio }] = await Promise.all([openGate(choice), import('../../mcp/stdio.ts')]);
  const connection = serveOverStdio({
    engine,
    gate: { decide: engine.gate },
    explain: wordsForUser,
    onInternal: (error) => process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`),
  });
  onStopSignal(async () => {
    await connection.close();
    await engine.close();
  });
  const whole = await connection.ended;
  process.stdin.destroy();
  await connection.close();
  await engine.close();
  return whole ? EXIT.ok : EXIT.failed;
}

/** On one's own machine the agent may hear of keys and daemons, to tell its user. */
function wordsForUser(error: unknown): string | undefined {
  if (error instanceof KeyError) return `${error.message}\nfix: ${error.fix}`;
  if (error instanceof CliError) return error.fix === undefined ? error.message : `${error.message}\nfix: ${error.fix}`;
  return undefined;
}
