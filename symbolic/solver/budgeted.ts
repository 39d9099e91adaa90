import { unknown } from './answer.ts';
import type { CheckOptions, Query, Solver, SolverAnswer } from './solver.ts';

/** What all queries of a question may use up together. */
export interface SolverBudget {
  readonly rlimit: number;
  /** Milliseconds of Z3's own time, by {@link SolverAnswer}. */
  readonly ms: number;
}

/**
 * Lets a question ask until its budget is spent; then each query is `unknown` with the reason `rlimit` or `timeout`. A
 * query gets no more than what is left, so where a budget ends depends on the queries alone, as long as the time does not
 * run out. One question at a time: make one for each.
 */
export class BudgetedSolver implements Solver {
  readonly #solver: Solver;
  readonly #budget: SolverBudget;
  #rlimit = 0;
  #ms = 0;
  #queries = 0;

  constructor(solver: Solver, budget: SolverBudget) {
    this.#solver = solver;
    this.#budget = budget;
  }

  /** What was used up so far, and by how many queries. */
  get spent(): SolverBudget & { readonly queries: number } {
    return { rlimit: this.#rlimit, ms: this.#ms, queries: this.#queries };
  }

  async check(query: Query, options: CheckOptions): Promise<SolverAnswer> {
    const rlimit = Math.min(options.rlimit, this.#budget.rlimit - this.#rlimit);
    const ms = Math.min(options.ms, this.#budget.ms - this.#ms);
    if (rlimit <= 0 || ms <= 0) {
      return unknown(rlimit <= 0 ? 'rlimit' : 'timeout', { rlimit: 0, ms: 0, engine: 'budget' });
    }
    const answer = await this.#solver.check(query, { ...options, rlimit, ms });
    this.#queries++;
    this.#rlimit += answer.rlimit;
    this.#ms += answer.ms;
    return answer;
  }
}
