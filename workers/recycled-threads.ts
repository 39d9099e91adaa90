import type { Worker } from 'node:worker_threads';
import { CONTROL } from './protocol.ts';

/** How long after its end the tasks that were lost with a thread may be heard of, in milliseconds. */
const HEARD_MS = 10_000;

/**
 * Threads of a pool that were ended and replaced. One that is ended between two tasks may have been given the next one
 * already: that task is lost by nobody's fault.
 */
export class RecycledThreads {
  readonly #retired = new Set<number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** Counts a thread that was ended inside a task. */
  count(): void {
    this.#total++;
  }

  /** Ends a thread that has answered. */
  retire(threads: readonly Worker[], threadId: number): void {
    const thread = threads.find((candidate) => candidate.threadId === threadId);
    if (thread === undefined) return;
    this.#total++;
    this.#retired.add(threadId);
    void thread.terminate().finally(() => setTimeout(() => this.#retired.delete(threadId), HEARD_MS).unref());
  }

  /** Whether a task that was lost with its thread had not begun there, or was in one that was ended for another's sake. */
  isInnocent(control: Int32Array): boolean {
    return Atomics.load(control, CONTROL.startedAt) === 0 || this.#retired.has(Atomics.load(control, CONTROL.thread));
  }
}
