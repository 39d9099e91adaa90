import type { Image } from '../bridges/python/image.ts';
import type { ReplayRequest } from '../bridges/python/run.ts';
import type { Budget } from '../core/budget.ts';
import type { PythonVersion } from '../core/program.ts';
import type { ShadowRequest } from '../core/shadow.ts';

/** What a replay thread gets once, at its start. */
export interface ThreadData {
  readonly python: PythonVersion;
  /** For the run that checks the interpreter. */
  readonly budget: Budget;
  /** False leaves the thread's realm as it is, which is for debugging. */
  readonly sealed: boolean;
  /** The interpreter's module, compiled once for all threads. */
  readonly compiled: WebAssembly.Module;
  /** The state that every run starts from, shared by all threads. */
  readonly image: Image;
}

/** What a thread that makes an image gets. */
export type ImageThreadData = Omit<ThreadData, 'image' | 'sealed'>;

/** Words of a task's shared control block. */
export const CONTROL = {
  /** Set by the pool: end the run at its next step. */
  interrupt: 0,
  /** Set by the thread when the run begins: its {@link clockWord}. */
  startedAt: 1,
  /** Whose the task is: {@link FREE}, a thread's by its id, or {@link WITHDRAWN}. */
  thread: 2,
} as const;

const FREE = 0;
const WITHDRAWN = -1;

/** A control block for one task. */
export function controlBlock(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Object.keys(CONTROL).length * Int32Array.BYTES_PER_ELEMENT));
}

/** Takes a task, from inside a thread. Returns false where it was withdrawn. */
export function begin(control: Int32Array, thread: number): boolean {
  if (Atomics.compareExchange(control, CONTROL.thread, FREE, thread) !== FREE) return false;
  Atomics.store(control, CONTROL.startedAt, clockWord());
  return true;
}

/** Takes a task back. Returns false where a thread has begun it. */
export function withdraw(control: Int32Array): boolean {
  return Atomics.compareExchange(control, CONTROL.thread, FREE, WITHDRAWN) === FREE;
}

/** Id of the thread that has begun a task; undefined where none has. */
export function threadOf(control: Int32Array): number | undefined {
  const thread = Atomics.load(control, CONTROL.thread);
  return thread === FREE || thread === WITHDRAWN ? undefined : thread;
}

/** The wall clock in whole milliseconds as a word that all threads agree on; never 0. */
export function clockWord(): number {
  return Math.trunc(performance.timeOrigin + performance.now()) | 1 | 0;
}

/** What is asked of a thread. Orders cross to the sandbox process as structured clones. */
export interface ReplayOrder {
  readonly kind: 'replay';
  readonly request: ReplayRequest;
}
export interface ShadowOrder {
  readonly kind: 'shadow';
  readonly request: ShadowRequest;
}
export type TaskOrder = ReplayOrder | ShadowOrder;

/** An order, with the {@link CONTROL} words that the pool beside the thread shares with it. */
export type ThreadTask = TaskOrder & {
  readonly control: Int32Array;
  /** Names the task. No other thread is told or guesses it, so that none can speak of another one's task. */
  readonly task: string;
};

/**
 * What a thread answers. All fields but `body` are plain JSON, since answers cross from the sandbox process as JSON and
 * bytes: nothing that a program may have reached is read by anything richer.
 */
export interface ThreadAnswer {
  readonly kind: 'replayed' | 'shadowed';
  /** The trace's last block, `bridges/python/codec.ts`, or the shadow run as text, `bridges/python/shadow-codec.ts`. */
  readonly body: Uint8Array;
  /** Blocks of the trace that were sent while the run went on. */
  readonly blocks: number;
  /** Milliseconds of the run and of putting the interpreter back. */
  readonly runMs: number;
  readonly resetMs: number;
  /** The thread must not be used again: its memory has grown, or its state could not be restored. */
  readonly retires: boolean;
  readonly threadId: number;
}

/** What a thread says besides its answers. */
export type ThreadNews =
  /** Its interpreter is there. */
  | { readonly kind: 'booted'; readonly threadId: number }
  /** The next block of a long trace. */
  | { readonly kind: 'block'; readonly task: string; readonly block: Uint8Array };

/** The answer where a task was withdrawn before a thread began it, or given to a thread that is to be ended. */
export const NOT_BEGUN = 'not begun';
