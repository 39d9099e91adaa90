import type { CheckOptions, Query, Solver, SolverAnswer } from './solver.ts';

/** Asks a fixed number of queries at once; the others wait, first come first served. */
export class LimitedSolver implements Solver {
  readonly #solver: Solver;
  readonly #waiting = new Set<() => void>();
  #places: number;

  /** @param places how many at once, 1 or more */
  constructor(solver: Solver, places: number) {
    this.#solver = solver;
    this.#places = places;
  }

  async check(query: Query, options: CheckOptions): Promise<SolverAnswer> {
    await this.#enter(options.signal);
    try {
      return await this.#solver.check(query, options);
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#places > 0) {
      this.#places--;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    const cancel = () => {
      if (this.#waiting.delete(resolve)) reject(signal?.reason);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Hands the place to who waits longest. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#places++;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
