import { problemOf, sat, unknown, unsat } from '../solver/answer.ts';
import type { Query, SolverAnswer } from '../solver/solver.ts';
import { checkProblem } from './check.ts';
import type { Z3Engine } from './engine.ts';

/** An answer, and whether the engine may be asked again. */
export interface Solved {
  readonly answer: SolverAnswer;
  /** The WebAssembly module broke or ran out of memory. */
  readonly broken: boolean;
}

/**
 * Answers a query by Z3 in this thread, which it blocks.
 *
 * @param rlimit work at most, see `CheckOptions`
 * @throws TermError
 */
export function solve(engine: Z3Engine, query: Query, rlimit: number): Solved {
  const started = performance.now();
  const facts = (work: number) => ({ rlimit: work, ms: performance.now() - started, engine: engine.name });
  const problem = problemOf(query);
  if (problem === 'size') return { answer: unknown('size', facts(0)), broken: false };
  try {
    const raw = checkProblem(engine, problem, rlimit);
    switch (raw.status) {
      case 'sat':
        return { answer: sat(query, problem, raw.values, facts(raw.rlimit)), broken: false };
      case 'unsat':
        return { answer: unsat(query, problem, raw.core, facts(raw.rlimit)), broken: false };
      case 'unknown':
        return { answer: unknown(raw.reason, facts(raw.rlimit), problem), broken: raw.reason === 'memory' };
    }
  } catch (error) {
    const reason = /out of memory|memout/i.test(String(error)) ? 'memory' : 'crashed';
    return { answer: unknown(reason, facts(0), problem), broken: true };
  }
}
