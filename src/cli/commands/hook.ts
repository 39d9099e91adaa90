import { text as readAll } from 'node:stream/consumers';
import { Argument, Command, Option } from '@commander-js/extra-typings';
import { ZodError } from 'zod';
import { AGENT_HOOKS, type AgentHook, type HookTask } from '../agent-hooks.ts';
import { runCheck } from '../check-run.ts';
import { CliError } from '../cli-error.ts';
import { openEngine } from '../engine.ts';
import { EXIT } from '../exit-codes.ts';
import { write } from '../output.ts';
import { daemonOption, debugOption } from '../shared-options.ts';

export function hookCommand() {
  return new Command('hook')
    .summary('answer a hook of an agent')
    .description('Read an event of an agent from standard input, check what it changed, and answer as its hooks do.')
    .addArgument(new Argument('<agent>', 'whose hook it is').choices(Object.keys(AGENT_HOOKS)))
    .addOption(
      new Option('--fail-on <level>', 'which findings block').choices(['error', 'warning']).default('error' as const),
    )
    .addOption(daemonOption())
    .addOption(
      new Option('--on-unavailable <what>', 'where a daemon is asked for and not there')
        .choices(['fail', 'pass'])
        .default('fail' as const),
    )
    .addOption(debugOption())
    .action(async (agent, options) => {
      const hook = AGENT_HOOKS[agent];
      if (hook === undefined) throw new CliError(`no such agent: ${agent}`);
      const task = readEvent(hook, await readAll(process.stdin));
      const daemon = options.daemon === '' ? undefined : options.daemon;
      const findings = task === undefined ? [] : await check(task, { ...options, daemon });
      const answer = hook.answer(task, findings);
      await write(process.stdout, answer.stdout);
      await write(process.stderr, answer.stderr);
      process.exitCode = answer.exitCode;
    });
}

/**
 * @throws {CliError} with exit code 1 where the event cannot be read: 2 would block the agent for what it cannot mend
 */
function readEvent(hook: AgentHook, text: string): HookTask | undefined {
  try {
    return hook.read(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof ZodError)) throw error;
    throw new CliError(
      'standard input holds no event of this agent',
      'see the README for how to install the hook',
      EXIT.findings,
    );
  }
}

interface HookSettings {
  readonly failOn: 'error' | 'warning';
  readonly daemon: string | undefined;
  readonly onUnavailable: 'fail' | 'pass';
}

async function check(task: HookTask, { failOn, daemon, onUnavailable }: HookSettings) {
  const engine = await openEngine({ daemon, workers: 2 });
  try {
    const { response } = await runCheck(
      engine,
      {
        directory: task.directory ?? process.cwd(),
        compared: task.staged ? { kind: 'staged' } : { kind: 'since', revision: 'HEAD' },
        paths: [],
        claims: [],
        tests: [],
      },
      () => {},
    );
    return response.findings.filter(({ level }) => level === 'error' || (failOn === 'warning' && level === 'warning'));
  } catch (error) {
    if (error instanceof CliError && error.exitCode === EXIT.unavailable && onUnavailable === 'pass') return [];
    // Anything else that goes wrong must not block an agent that cannot mend it: 2 is for findings alone.
    if (error instanceof CliError && error.exitCode === EXIT.failed) {
      throw new CliError(error.message, error.fix, EXIT.findings);
    }
    throw error;
  } finally {
    await engine.close();
  }
}
