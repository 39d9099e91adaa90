import { describe, expect, it } from 'vitest';
import { unknown } from '../../../symbolic/solver/answer.ts';
import { FallbackSolver } from '../../../symbolic/solver/fallback.ts';
import { DEFAULT_CHECK, type Query, type Solver, type UnknownReason } from '../../../symbolic/solver/solver.ts';
import { SolverPool } from '../../../workers/solver-pool.ts';

const query: Query = {
  terms: [
    ['var', 'n'],
    ['const', '3'],
    ['lt', 0, 1],
  ],
  variables: [{ name: 'n', sort: 'int', least: null, greatest: null }],
  assertions: [{ term: 2, holds: true }],
};

/** An engine that fails in one way. */
const failing = (reason: UnknownReason): Solver => ({
  check: () => Promise.resolve(unknown(reason, { rlimit: 0, ms: 0, engine: 'failing' })),
});

describe('a second engine', () => {
  const pool = new SolverPool({ threads: 1, queue: 4 });

  it.each<[UnknownReason, boolean]>([
    ['crashed', true],
    ['memory', true],
    ['timeout', true],
    ['rlimit', false],
    ['incomplete', false],
    ['size', false],
  ])('is asked after %s: %s', async (reason, asked) => {
    const answer = await new FallbackSolver(failing(reason), pool).check(query, DEFAULT_CHECK);
    expect(answer.status).toBe(asked ? 'sat' : 'unknown');
  });

  it('leaves the first answer where it fails too', async () => {
    const answer = await new FallbackSolver(failing('memory'), failing('crashed')).check(query, DEFAULT_CHECK);
    expect(answer).toMatchObject({ status: 'unknown', reason: 'memory' });
    await pool.close();
  });
});
