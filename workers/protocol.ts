import type { Image } from '../bridges/python/image.ts';
import type { ReplayRequest } from '../bridges/python/run.ts';
import type { Budget } from '../core/budget.ts';
import type { PythonVersion } from '../core/program.ts';

/** What a replay thread gets once, at its start. */
export interface ThreadData {
  readonly python: PythonVersion;
  /** For the run that checks the interpreter. */
  readonly budget: Budget;
  /** The interpreter's module, compiled once for all threads. */
  readonly compiled: WebAssembly.Module;
  /** The state that every run starts from, shared by all threads. */
  readonly image: Image;
}

/** What a thread that makes an image gets. */
export type ImageThreadData = Omit<ThreadData, 'image'>;

/** Words of a task's shared control block. */
export const CONTROL = {
  /** Set by the pool: end the run at its next step. */
  interrupt: 0,
  /** Set by the thread when the run begins: its {@link clockWord}. */
  startedAt: 1,
} as const;

/** The wall clock in whole milliseconds as a word that all threads agree on; never 0. */
export function clockWord(): number {
  return Math.trunc(performance.timeOrigin + performance.now()) | 1 | 0;
}

/** What the pool asks of a thread. */
export interface ReplayTask {
  readonly kind: 'replay';
  readonly request: ReplayRequest;
  /** {@link CONTROL} words. */
  readonly control: Int32Array;
}
export type ThreadTask = ReplayTask;

/** What a thread answers. */
export interface ReplayAnswer {
  readonly kind: 'replayed';
  /** `bridges/python/codec.ts`. */
  readonly trace: string;
  /** Milliseconds of the run and of putting the interpreter back. */
  readonly runMs: number;
  readonly resetMs: number;
  /** The thread must not be used again: its memory has grown, or its state could not be restored. */
  readonly retires: boolean;
  readonly threadId: number;
}
export type ThreadAnswer = ReplayAnswer;
