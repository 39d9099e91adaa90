import { Fault } from '../core/fault.ts';

interface Waiting {
  readonly admit: () => void;
  readonly refuse: (reason: unknown) => void;
}

/**
 * Lets a fixed number of jobs run and a bounded number wait, first come first served. It stands in front of the worker
 * pool because the pool's own queue is not bounded for tasks that can be aborted.
 */
export class Admission {
  readonly #places: number;
  readonly #maxWaiting: number;
  readonly #queue = new Set<Waiting>();
  readonly #idle: (() => void)[] = [];
  #running = 0;
  #closed = false;

  constructor(places: number, maxWaiting: number) {
    this.#places = places;
    this.#maxWaiting = maxWaiting;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Waits for a place. Every call that resolves must be followed by one {@link leave}.
   *
   * @throws Fault `queue-full` or `shutting-down`; the signal's reason where it fires first
   */
  async enter(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#closed) throw new Fault('shutting-down', 'The daemon is shutting down and takes no new work.');
    if (this.#running < this.#places) {
      this.#running++;
      return;
    }
    if (this.#queue.size >= this.#maxWaiting) {
      throw new Fault('queue-full', `${this.#maxWaiting} requests are waiting already; try again soon.`, {
        retryAfterSeconds: 1,
      });
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { admit: resolve, refuse: reject };
    const onAbort = () => {
      if (this.#queue.delete(waiting)) reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#queue.add(waiting);
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Gives a place back. */
  leave(): void {
    const [next] = this.#queue;
    if (next !== undefined) {
      this.#queue.delete(next);
      next.admit();
      return;
    }
    this.#running--;
    if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Takes nothing new from now on, and resolves once everything that was accepted has left. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}
