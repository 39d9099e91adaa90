import { smtText } from '../smt/text.ts';
import { problemOf } from './answer.ts';
import type { CheckOptions, Query, Solver, SolverAnswer } from './solver.ts';

/** A query as anybody's solver can check it, and what it was answered. */
export interface RecordedQuery {
  /** SMT-LIB 2, `check-sat` included. */
  readonly smt: string;
  readonly status: SolverAnswer['status'];
  readonly restrictions: readonly string[];
}

/** Keeps the text of each query, up to a number of characters in all. */
export class RecordedSolver implements Solver {
  readonly #solver: Solver;
  readonly #most: number;
  readonly #records: RecordedQuery[] = [];
  #characters = 0;
  #dropped = 0;

  /** @param most characters that are kept */
  constructor(solver: Solver, most = 4_000_000) {
    this.#solver = solver;
    this.#most = most;
  }

  /** In the order of the answers. */
  get records(): readonly RecordedQuery[] {
    return this.#records;
  }

  /** Queries that were too long to be kept. */
  get dropped(): number {
    return this.#dropped;
  }

  async check(query: Query, options: CheckOptions): Promise<SolverAnswer> {
    const answer = await this.#solver.check(query, options);
    const problem = problemOf(query);
    const smt = problem === 'size' ? undefined : `${smtText(problem)}(check-sat)\n`;
    if (smt === undefined || this.#characters + smt.length > this.#most) {
      this.#dropped++;
      return answer;
    }
    this.#characters += smt.length;
    this.#records.push({ smt, status: answer.status, restrictions: answer.restrictions });
    return answer;
  }
}
