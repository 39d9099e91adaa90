import { queryKey } from './key.ts';
import type { CheckOptions, Query, Solver, SolverAnswer } from './solver.ts';

/**
 * Asks once where the same query is under way already. Callers that could cancel it or want it under another time limit do
 * not share: one that leaves must not take the others' answer along.
 */
export class DeduplicatedSolver implements Solver {
  readonly #solver: Solver;
  readonly #underWay = new Map<string, Promise<SolverAnswer>>();

  constructor(solver: Solver) {
    this.#solver = solver;
  }

  check(query: Query, options: CheckOptions): Promise<SolverAnswer> {
    if (options.signal !== undefined) return this.#solver.check(query, options);
    const key = `${options.ms} ${queryKey(query, options)}`;
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const answer = this.#solver.check(query, options).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, answer);
    return answer;
  }
}
