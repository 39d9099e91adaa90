import type { TaskOrder, ThreadAnswer } from './protocol.ts';

/** On which terms a task runs. */
export interface TaskTerms {
  /** On the clock of `performance.now()` of the process that gives the terms; may be infinite. */
  readonly deadline: number;
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal | undefined;
  /** Fires when nobody needs the rest of the run: it ends at its next step, and is answered as far as it came. */
  readonly enough?: AbortSignal | undefined;
  /** Takes the blocks of a long trace while the run goes on. */
  readonly blocks?: BlockSink | undefined;
}

/** Where the blocks of a trace go, all but the last. */
export interface BlockSink {
  /** @throws Error where the bytes are no block */
  take(block: Uint8Array): void;
  /** The run begins anew: what was taken is void. */
  clear(): void;
}

/** How a task came to its end. */
export type TaskEnd =
  | { readonly kind: 'answered'; readonly answer: ThreadAnswer }
  /** The thread had to be ended, and with it the run. */
  | { readonly kind: 'ended'; readonly reason: 'time' | 'memory'; readonly detail: string; readonly ms: number };

export const RUNNER_FAILURES = ['does-not-start', 'lost'] as const;
export type RunnerFailure = (typeof RUNNER_FAILURES)[number];

/** Why a task has no end: what it runs in does not start, or died on it twice. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
  readonly failure: RunnerFailure;

  constructor(failure: RunnerFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.failure = failure;
  }
}

/** Threads that run tasks, wherever they are. */
export interface TaskRunner {
  /** Threads that were replaced, since the runner was made. */
  readonly recycled: number;
  /** Processes that died and were started anew. */
  readonly restarts: number;

  /** @throws TaskFailure `does-not-start`; a later call tries again */
  start(): Promise<void>;
  /** @throws TaskFailure; the signal's reason where it fires first */
  run(order: TaskOrder, terms: TaskTerms): Promise<TaskEnd>;
  /** Ends the threads. Nothing may be running. */
  close(): Promise<void>;
}
