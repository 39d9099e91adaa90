import type { CheckOptions, Query, Solver, SolverAnswer } from '../../symbolic/solver/solver.ts';
import { startZ3, type Z3Engine } from '../../symbolic/z3/engine.ts';
import { solve } from '../../symbolic/z3/solve.ts';

/** Z3 in the test's own thread. */
export class EngineSolver implements Solver {
  readonly #engine: Z3Engine;

  constructor(engine: Z3Engine) {
    this.#engine = engine;
  }

  static async start(): Promise<EngineSolver> {
    return new EngineSolver(await startZ3());
  }

  check(query: Query, { rlimit, signal }: CheckOptions): Promise<SolverAnswer> {
    signal?.throwIfAborted();
    return Promise.resolve(solve(this.#engine, query, rlimit).answer);
  }
}
