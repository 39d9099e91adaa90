import type { Budget } from '../core/budget.ts';
import type { PythonVersion } from '../core/program.ts';
import type { CacheFiles } from './cache.ts';
import type { TaskOrder, ThreadAnswer } from './protocol.ts';
import type { RunnerFailure, TaskEnd } from './task-runner.ts';

/** The pipe to the daemon in a sandbox process. */
export const PIPE_FD = 3;

/** What a sandbox process is told. */
export type ToSandbox =
  | {
      readonly kind: 'start';
      readonly python: PythonVersion;
      readonly threads: number;
      readonly budget: Budget;
      readonly cache: CacheFiles;
    }
  /** @see TaskTerms; the deadline is in milliseconds from now, the clocks of two processes differ */
  | { readonly kind: 'task'; readonly id: number; readonly order: TaskOrder; readonly deadlineMs: number }
  | { readonly kind: 'cancel' | 'enough'; readonly id: number }
  /** Are you there? */
  | { readonly kind: 'ping' };

/** An end without the bytes of its answer, which are the message's body. */
type EndHead =
  | { readonly kind: 'answered'; readonly answer: Omit<ThreadAnswer, 'body'> }
  | Exclude<TaskEnd, { readonly kind: 'answered' }>;

/** What a sandbox process says. */
export type FromSandbox =
  | { readonly kind: 'started' }
  /** The innermost reason, and all of it with stacks. */
  | { readonly kind: 'not-started'; readonly reason: string; readonly why: string }
  | { readonly kind: 'end'; readonly id: number; readonly end: EndHead; readonly recycled: number }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly failure: RunnerFailure | 'cancelled';
      readonly why: string;
      readonly recycled: number;
    }
  /** The body is the next block of a trace. */
  | { readonly kind: 'block'; readonly id: number }
  /** The run begins anew, and with it its blocks. */
  | { readonly kind: 'anew'; readonly id: number }
  | { readonly kind: 'pong' };
