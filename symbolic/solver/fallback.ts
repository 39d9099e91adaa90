import type { CheckOptions, Query, Solver, SolverAnswer, UnknownReason } from './solver.ts';

/** What one engine failed at another may do. Where the work was used up, or nothing is known, more of it is no help. */
const FAILED: Readonly<Record<UnknownReason, boolean>> = {
  timeout: true,
  memory: true,
  crashed: true,
  rlimit: false,
  size: false,
  incomplete: false,
};

/** Asks a second engine where the first one failed. What both can decide has the first one's answer, on every machine. */
export class FallbackSolver implements Solver {
  readonly #first: Solver;
  readonly #second: Solver;

  constructor(first: Solver, second: Solver) {
    this.#first = first;
    this.#second = second;
  }

  async check(query: Query, options: CheckOptions): Promise<SolverAnswer> {
    const answer = await this.#first.check(query, options);
    if (answer.status !== 'unknown' || !FAILED[answer.reason]) return answer;
    const left = options.ms - answer.ms;
    if (left <= 0 && answer.reason !== 'timeout') return answer;
    const second = await this.#second.check(query, { ...options, ms: Math.max(left, options.ms / 2) });
    return second.status === 'unknown' ? answer : second;
  }
}
