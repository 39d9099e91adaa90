import type { Variable } from '../../core/term.ts';
import { nearest } from '../nearest.ts';
import type { Assertion, CheckOptions, Solver, SolverAnswer } from '../solver/solver.ts';
import { TermBuilder } from '../terms/builder.ts';
import type { Assignment } from '../terms/value.ts';
import { compactQuery } from './compact.ts';

/** The terms of one question, and what its solver assumed. */
export class Inquiry {
  readonly builder = new TermBuilder();
  /** Under which `unsat` answers hold. */
  readonly restrictions = new Set<string>();
  readonly #solver: Solver;
  readonly #check: CheckOptions;

  constructor({ solver, limits }: { readonly solver: Solver; readonly limits: { readonly check: CheckOptions } }) {
    this.#solver = solver;
    this.#check = limits.check;
  }

  /** Asks whether the assertions can hold together. */
  async check(assertions: readonly Assertion[], variables: readonly Variable[]): Promise<SolverAnswer> {
    const query = compactQuery(this.builder.table, assertions, variables);
    const answer = await this.#solver.check(query, this.#check);
    if (answer.status === 'unsat') for (const restriction of answer.restrictions) this.restrictions.add(restriction);
    return answer;
  }

  /** Searches for the smallest change of an assignment under which the assertions hold together. */
  async nearest(
    assertions: readonly Assertion[],
    variables: readonly Variable[],
    given: Assignment,
  ): Promise<Assignment | undefined> {
    const query = compactQuery(this.builder.table, assertions, variables);
    const answer = await nearest(this.#solver, query, given, this.#check);
    return answer.status === 'sat' ? answer.model : undefined;
  }
}
