import { LRUCache } from 'lru-cache';
import { queryKey } from './key.ts';
import type { CheckOptions, Query, Solver, SolverAnswer, UnknownReason } from './solver.ts';

/** Answers that come out the same whenever they are asked for. The others depend on the machine at that moment. */
const LASTING: Readonly<Record<UnknownReason, boolean>> = {
  rlimit: true,
  size: true,
  incomplete: true,
  timeout: false,
  memory: false,
  crashed: false,
};

/** How often a {@link CachedSolver} knew the answer. */
export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
}

/** Keeps answers, those used least lately dropped first. A kept answer has the `rlimit` of the first,
 * so that budgets come out the same, and took no time. */
export class CachedSolver implements Solver {
  readonly #solver: Solver;
  readonly #answers: LRUCache<string, SolverAnswer>;
  #hits = 0;
  #misses = 0;

  /** @param entries how many answers are kept */
  constructor(solver: Solver, entries = 5_000) {
    this.#solver = solver;
    this.#answers = new LRUCache({ max: entries });
  }

  get counts(): CacheCounts {
    return { hits: this.#hits, misses: this.#misses };
  }

  async check(query: Query, options: CheckOptions): Promise<SolverAnswer> {
    options.signal?.throwIfAborted();
    const key = queryKey(query, options);
    const kept = this.#answers.get(key);
    if (kept !== undefined) {
      this.#hits++;
      return { ...kept, ms: 0 };
    }
    this.#misses++;
    const answer = await this.#solver.check(query, options);
    if (answer.status !== 'unknown' || LASTING[answer.reason]) this.#answers.set(key, answer);
    return answer;
  }
}
