import type { Worker } from 'node:worker_threads';
import { threadOf } from './protocol.ts';

/** How long after its end the tasks that were lost with a thread may be heard of, in milliseconds. */
const HEARD_MS = 10_000;

/** A task that is lost again and again with threads that end for others is given up. */
export const MAX_LOSSES = 10;

/**
 * Threads of a pool that were ended and replaced. One that is ended for one task's sake may have been given another one
 * already: that one is lost by nobody's fault.
 */
export class RecycledThreads {
  readonly #ids = new Set<number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** Counts a thread that the pool itself has ended, inside of a task. */
  count(): void {
    this.#total++;
  }

  /** Ends a thread. */
  end(threads: readonly Worker[], threadId: number): void {
    const thread = threads.find((candidate) => candidate.threadId === threadId);
    if (thread === undefined) return;
    this.#total++;
    this.#ids.add(threadId);
    void thread.terminate().finally(() => setTimeout(() => this.#ids.delete(threadId), HEARD_MS).unref());
  }

  /** Whether a task that was lost had not begun, or was in a thread that was ended for another one's sake. */
  isInnocent(control: Int32Array): boolean {
    const thread = threadOf(control);
    return thread === undefined || this.#ids.has(thread);
  }
}
