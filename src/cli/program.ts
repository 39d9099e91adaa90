import { Command } from '@commander-js/extra-typings';
import { VERSION } from '../config/version.ts';
import { benchCommand } from './commands/bench.ts';
import { checkCommand } from './commands/check.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { exploreCommand } from './commands/explore.ts';
import { gateCommand } from './commands/gate.ts';
import { hookCommand } from './commands/hook.ts';
import { mcpCommand } from './commands/mcp.ts';
import { receiptCommand } from './commands/receipt.ts';
import { rewardCommand } from './commands/reward.ts';
import { serveCommand } from './commands/serve.ts';
import { simulateCommand } from './commands/simulate.ts';
import { traceCommand } from './commands/trace.ts';
import { verifyCommand } from './commands/verify.ts';

const HELP_AFTER = `
Exit codes: 0 nothing found, 1 findings, 2 usage or our own fault, 3 inconclusive with --strict,
69 a daemon was asked for and is not there.`;

/** Every command. A new one is a file under commands/ and a line here. */
const COMMANDS = [
  verifyCommand,
  checkCommand,
  traceCommand,
  simulateCommand,
  exploreCommand,
  rewardCommand,
  gateCommand,
  receiptCommand,
  explainCommand,
  hookCommand,
  mcpCommand,
  serveCommand,
  doctorCommand,
  benchCommand,
];

/** The command line. It throws in place of ending the process. */
export function createProgram() {
  const program = new Command('assay')
    .description('Test what a model claims about a Python program, by replaying it.')
    .version(VERSION)
    .addHelpText('after', HELP_AFTER);
  for (const create of COMMANDS) {
    // Typed by its own options, which its parent does not need to know.
    program.addCommand(create() as Command);
  }
  for (const { command, path } of withSubcommands(program as Command, 'assay')) {
    command.exitOverride().showSuggestionAfterError(true).showHelpAfterError(`Run \`${path} --help\` for its options.`);
  }
  return program;
}

function withSubcommands(command: Command, path: string): { readonly command: Command; readonly path: string }[] {
  const below = command.commands as readonly Command[];
  return [{ command, path }, ...below.flatMap((one) => withSubcommands(one, `${path} ${one.name()}`))];
}
