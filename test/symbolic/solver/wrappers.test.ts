import { beforeAll, describe, expect, it } from 'vitest';
import { BudgetedSolver } from '../../../symbolic/solver/budgeted.ts';
import { CachedSolver } from '../../../symbolic/solver/cached.ts';
import { DeduplicatedSolver } from '../../../symbolic/solver/deduplicated.ts';
import { queryKey } from '../../../symbolic/solver/key.ts';
import { LimitedSolver } from '../../../symbolic/solver/limited.ts';
import { RecordedSolver } from '../../../symbolic/solver/recorded.ts';
import type { CheckOptions, Query, Solver, SolverAnswer } from '../../../symbolic/solver/solver.ts';
import { TermBuilder } from '../../../symbolic/terms/builder.ts';
import { startZ3, type Z3Engine } from '../../../symbolic/z3/engine.ts';
import { solve } from '../../../symbolic/z3/solve.ts';
import { describeSolver, unknownOf } from './suite.ts';

let engine: Z3Engine;
beforeAll(async () => {
  engine = await startZ3();
});

/** Z3 in this thread, which counts what it is asked. */
class CountingSolver implements Solver {
  asked = 0;
  atOnce = 0;
  most = 0;

  async check(query: Query, { rlimit, signal }: CheckOptions): Promise<SolverAnswer> {
    signal?.throwIfAborted();
    this.asked++;
    this.most = Math.max(this.most, ++this.atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    this.atOnce--;
    return solve(engine, query, rlimit).answer;
  }
}

describeSolver(
  'every wrapper around the other',
  () =>
    new CachedSolver(
      new DeduplicatedSolver(
        new RecordedSolver(
          new BudgetedSolver(new LimitedSolver(new CountingSolver(), 3), { rlimit: 1e9, ms: 600_000 }),
        ),
      ),
    ),
);

const LIMITS = { rlimit: 100_000, ms: 10_000 };

function above(bound: number, unused = 0): Query {
  const builder = new TermBuilder();
  for (let row = 0; row < unused; row++) builder.constant(1000 + row);
  const term = builder.apply('lt', builder.constant(bound), builder.variable('n', 'int'));
  return { terms: builder.table, variables: [unknownOf('n')], assertions: [{ term, holds: true }] };
}

describe('a key of queries', () => {
  it('does not see rows that are not needed, and sees everything else', () => {
    const query = above(3);
    const key = queryKey(query, LIMITS);
    expect(queryKey(above(3, 5), LIMITS)).toBe(key);
    const others: Query[] = [
      above(4),
      { ...query, bits: 8 },
      { ...query, variables: [unknownOf('n', 'int', 0)] },
      { ...query, assertions: query.assertions.map((one) => ({ ...one, holds: false })) },
      { ...query, assertions: query.assertions.map((one) => ({ ...one, label: 'a' })) },
    ];
    const keys = [key, ...others.map((other) => queryKey(other, LIMITS)), queryKey(query, { rlimit: 1 })];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('wrappers', () => {
  it('ask once for what was answered, and again for what was dropped', async () => {
    const inner = new CountingSolver();
    const cached = new CachedSolver(inner, 2);
    const first = await cached.check(above(1), LIMITS);
    expect(await cached.check(above(1, 3), LIMITS)).toEqual({ ...first, ms: 0 });
    await cached.check(above(2), LIMITS);
    await cached.check(above(3), LIMITS);
    expect(inner.asked).toBe(3);
    await cached.check(above(1), LIMITS);
    expect(inner.asked).toBe(4);
    expect(cached.counts).toEqual({ hits: 1, misses: 4 });
  });

  it('do not keep what the machine decided', async () => {
    let asked = 0;
    const late: Solver = {
      check: () => {
        asked++;
        return Promise.resolve({
          status: 'unknown',
          reason: 'timeout',
          rlimit: 0,
          ms: 1,
          engine: 'none',
          restrictions: [],
        });
      },
    };
    const cached = new CachedSolver(late);
    await cached.check(above(1), LIMITS);
    await cached.check(above(1), LIMITS);
    expect(asked).toBe(2);
  });

  it('ask once for what is under way', async () => {
    const inner = new CountingSolver();
    const shared = new DeduplicatedSolver(inner);
    await Promise.all([above(1), above(1), above(2), above(1)].map((query) => shared.check(query, LIMITS)));
    expect(inner.asked).toBe(2);
    await shared.check(above(1), LIMITS);
    expect(inner.asked).toBe(3);
  });

  it('stop at the end of a budget, at the same query each time', async () => {
    const run = async () => {
      const budgeted = new BudgetedSolver(new CountingSolver(), { rlimit: 500, ms: 60_000 });
      const answers: SolverAnswer[] = [];
      for (let bound = 0; bound < 20; bound++) answers.push(await budgeted.check(above(bound), LIMITS));
      return { answers: answers.map((answer) => [answer.status, answer.rlimit]), spent: budgeted.spent.rlimit };
    };
    const once = await run();
    expect(once.answers[0]?.[0]).toBe('sat');
    expect(once.answers.at(-1)).toEqual(['unknown', 0]);
    expect(await run()).toEqual(once);
  });

  it('keep the text of what was asked, up to a length', async () => {
    const recorded = new RecordedSolver(new CountingSolver(), 150);
    await recorded.check(above(1), LIMITS);
    await recorded.check(above(2), LIMITS);
    expect(recorded.records).toEqual([
      {
        smt: '; $n is "n"\n(declare-const $n Int)\n(assert (< 1 $n))\n(check-sat)\n',
        status: 'sat',
        restrictions: [],
      },
      {
        smt: '; $n is "n"\n(declare-const $n Int)\n(assert (< 2 $n))\n(check-sat)\n',
        status: 'sat',
        restrictions: [],
      },
    ]);
    await recorded.check(above(3), LIMITS);
    expect(recorded.dropped).toBe(1);
  });

  it('let a number of queries through at once, and those that leave leave no hole', async () => {
    const inner = new CountingSolver();
    const limited = new LimitedSolver(inner, 2);
    const controller = new AbortController();
    const gone = [5, 6].map((bound) => limited.check(above(bound), { ...LIMITS, signal: controller.signal }));
    const stay = Array.from({ length: 8 }, (_, bound) => limited.check(above(bound), LIMITS));
    controller.abort(new Error('gone'));
    await Promise.allSettled(gone);
    await Promise.all(stay);
    expect(inner.most).toBe(2);
  });
});
