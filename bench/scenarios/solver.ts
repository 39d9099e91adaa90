import { findZ3 } from '../../symbolic/native/find.ts';
import { NativeSolver } from '../../symbolic/native/native-solver.ts';
import { CachedSolver } from '../../symbolic/solver/cached.ts';
import { DEFAULT_CHECK, type Query, type Solver } from '../../symbolic/solver/solver.ts';
import { TermBuilder } from '../../symbolic/terms/builder.ts';
import { startZ3 } from '../../symbolic/z3/engine.ts';
import { SolverPool } from '../../workers/solver-pool.ts';
import type { Measured, Scenario } from '../scenario.ts';

const UNITS = {
  boot: 'ms',
  threads: 'queries/s',
  cached: 'queries/s',
  native: 'queries/s',
} as const;

/** Small queries such as a path's conditions make: a remainder, a bound, a sum. */
export const solver: Scenario = {
  name: 'solver',
  about:
    'small queries one after the other: Z3 in one thread, the same from the cache, a native Z3; Z3’s start in a thread',
  units: UNITS,
  async open() {
    const pool = new SolverPool({ threads: 1, queue: 1 });
    const cached = new CachedSolver(pool);
    const path = findZ3({ setting: process.env.ASSAY_Z3, searchPath: process.env.PATH });
    const native = path === null ? null : new NativeSolver(path);
    await pool.check(smallQuery(0), DEFAULT_CHECK);
    return {
      async round(_, seconds): Promise<Measured> {
        const share = seconds / 3;
        const started = performance.now();
        await startZ3();
        return {
          boot: performance.now() - started,
          threads: await rate(pool, share, 1_000_000),
          cached: await rate(cached, share, 50),
          ...(native !== null && { native: await rate(native, share, 1_000_000) }),
        };
      },
      [Symbol.asyncDispose]: () => pool.close(),
    };
  },
};

function smallQuery(seed: number): Query {
  const builder = new TermBuilder();
  const [n, m] = [builder.variable('n', 'int'), builder.variable('m', 'int')];
  const k = (value: number) => builder.constant(value);
  const terms = [
    builder.apply('eq', builder.apply('mod', n, k(3)), k(seed % 3)),
    builder.apply('eq', m, builder.apply('add', n, k(7))),
    builder.apply('lt', k(seed), m),
    builder.apply('not', builder.apply('eq', n, k(60))),
  ];
  return {
    terms: builder.table,
    variables: ['n', 'm'].map((name) => ({ name, sort: 'int', least: null, greatest: null })),
    assertions: terms.map((term) => ({ term, holds: true })),
  };
}

/** Answers a second, over at least this long; every answer has to be a model. `distinct` queries come round again. */
async function rate(asked: Solver, seconds: number, distinct: number): Promise<number> {
  const started = performance.now();
  let answers = 0;
  do {
    const { status } = await asked.check(smallQuery(answers % distinct), DEFAULT_CHECK);
    if (status !== 'sat') throw new Error(`a query that has a model was answered ${status}`);
    answers++;
  } while (performance.now() - started < seconds * 1000);
  return (answers * 1000) / (performance.now() - started);
}
