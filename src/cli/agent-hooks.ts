import { z } from 'zod';
import type { Finding } from '../check/patch-request.ts';

/** What an agent tells a hook, as far as it matters here. Agents add fields as they like. */
const ClaudeCodeEvent = z.looseObject({
  hook_event_name: z.string(),
  cwd: z.string().optional(),
  stop_hook_active: z.boolean().optional(),
  tool_input: z.looseObject({ command: z.string().optional(), file_path: z.string().optional() }).optional(),
});
const CursorEvent = z.looseObject({
  hook_event_name: z.string().optional(),
  workspace_roots: z.array(z.string()).optional(),
  command: z.string().optional(),
  loop_count: z.number().optional(),
  status: z.string().optional(),
});

/** What has to be checked for an event; undefined where nothing has to. */
export interface HookTask {
  /** Where the agent works; undefined means here. */
  readonly directory: string | undefined;
  /** The next commit, or the work tree. */
  readonly staged: boolean;
  readonly event: string;
}

/** What a hook says back. */
export interface HookAnswer {
  readonly stdout: string;
  readonly stderr: string;
  /** 0 lets the agent go on; 2 blocks it. */
  readonly exitCode: 0 | 2;
}

/** One agent's protocol. */
export interface AgentHook {
  /** @throws {z.ZodError} where the event is none of this agent's */
  read(event: unknown): HookTask | undefined;
  answer(task: HookTask | undefined, findings: readonly Finding[]): HookAnswer;
}

const COMMIT = /\bgit\b[^|;&\n]*\bcommit\b/;
/** Findings that are told to an agent: it has a context to fill with other things. */
const MOST_TOLD = 10;

function tell(findings: readonly Finding[]): string {
  const told = findings.slice(0, MOST_TOLD).map(({ code, path, line, message, help }) => {
    return `${code} ${path}${line === null ? '' : `:${line}`}: ${message}${help === null ? '' : ` (${help})`}`;
  });
  const more = findings.length - told.length;
  return ['assay check found:', ...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

const PASS: HookAnswer = { stdout: '', stderr: '', exitCode: 0 };

/**
 * Claude Code: the event comes on standard input; exit code 2 blocks, and what stands on standard error goes to the model.
 * A `git commit` is checked before it runs, the work tree when the agent wants to stop, once.
 */
const claudeCode: AgentHook = {
  read(event) {
    const { hook_event_name: name, cwd, stop_hook_active: again, tool_input: input } = ClaudeCodeEvent.parse(event);
    if (name === 'PreToolUse') {
      if (!COMMIT.test(input?.command ?? '')) return undefined;
      return { directory: cwd, staged: true, event: name };
    }
    if (name === 'PostToolUse') {
      if (input?.file_path?.endsWith('.py') !== true) return undefined;
      return { directory: cwd, staged: false, event: name };
    }
    if ((name === 'Stop' || name === 'SubagentStop') && again !== true)
      return { directory: cwd, staged: false, event: name };
    return undefined;
  },
  answer(_task, findings) {
    return findings.length === 0 ? PASS : { stdout: '', stderr: `${tell(findings)}\n`, exitCode: 2 };
  },
};

/**
 * Cursor: the answer is JSON on standard output. `beforeShellExecution` allows or denies; `stop` can only ask for more work,
 * by `followup_message`.
 */
const cursor: AgentHook = {
  read(event) {
    const {
      hook_event_name: name,
      workspace_roots: roots = [],
      command,
      status,
      loop_count: loops = 0,
    } = CursorEvent.parse(event);
    const [directory] = roots;
    if (name === 'beforeShellExecution') {
      return COMMIT.test(command ?? '') ? { directory, staged: true, event: name } : undefined;
    }
    const isOver = status === 'aborted' || status === 'error';
    // What the agent left as it is after it was told once is meant.
    if (name === 'stop' && !isOver && loops === 0) return { directory, staged: false, event: name };
    return undefined;
  },
  answer(task, findings) {
    // Nothing is said of other commands: to allow one would take a question from the user.
    if (task === undefined) return { ...PASS, stdout: '{}\n' };
    if (task.event === 'stop') {
      const stdout = findings.length === 0 ? '{}' : JSON.stringify({ followup_message: tell(findings) });
      return { stdout: `${stdout}\n`, stderr: '', exitCode: 0 };
    }
    if (findings.length === 0) return { stdout: '{"permission":"allow"}\n', stderr: '', exitCode: 0 };
    const message = tell(findings);
    const answer = { permission: 'deny', user_message: 'assay check found something', agent_message: message };
    return { stdout: `${JSON.stringify(answer)}\n`, stderr: `${message}\n`, exitCode: 2 };
  },
};

/** Every agent whose hooks are spoken, by the name that `assay hook` takes. */
export const AGENT_HOOKS: Readonly<Record<string, AgentHook>> = { 'claude-code': claudeCode, cursor };
