import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_CHECK, type SolverAnswer } from '../../symbolic/solver/solver.ts';
import { TermBuilder } from '../../symbolic/terms/builder.ts';
import { SolverPool } from '../../workers/solver-pool.ts';
import { solverThreadOptions } from '../../workers/thread-options.ts';
import { describeSolver, unknownOf } from '../symbolic/solver/suite.ts';

const pool = new SolverPool({ threads: 2, queue: 1_000 });
afterAll(() => pool.close());

describeSolver('Z3 in threads', () => pool);

/** Factors of a number that has two large ones: more work than any limit here. */
function endless() {
  const builder = new TermBuilder();
  const [x, y] = [builder.variable('x', 'int'), builder.variable('y', 'int')];
  const product = builder.apply('eq', builder.apply('mul', x, y), builder.constant(1_000_036_000_099n));
  const terms = [product, builder.apply('lt', builder.constant(1), x), builder.apply('lt', x, y)];
  const assertions = terms.map((term) => ({ term, holds: true }));
  return { terms: builder.table, variables: [unknownOf('x'), unknownOf('y')], assertions };
}

function small(bound: number) {
  const builder = new TermBuilder();
  const n = builder.variable('n', 'int');
  const rest = builder.apply('eq', builder.apply('mod', n, builder.constant(7)), builder.constant(bound % 7));
  const above = builder.apply('lt', builder.constant(bound), n);
  const assertions = [rest, above].map((term, at) => ({ term, holds: true, label: `c${at}` }));
  return { terms: builder.table, variables: [unknownOf('n')], assertions };
}

/** The usual work, and room for a machine that is busy. */
const LIMITS = { ...DEFAULT_CHECK, ms: 60_000 };

describe('a pool of solvers', () => {
  it('gives a query up when its time is over, and answers the next', async () => {
    const late = await pool.check(endless(), { rlimit: 4_000_000_000, ms: 200 });
    expect(late).toMatchObject({ status: 'unknown', reason: 'timeout' });
    expect(await pool.check(small(3), LIMITS)).toMatchObject({ status: 'sat' });
  });

  it('gives a query up when nobody waits for it', async () => {
    const controller = new AbortController();
    const reason = new Error('gone');
    const asked = pool.check(endless(), { rlimit: 4_000_000_000, ms: 60_000, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 100);
    await expect(asked).rejects.toBe(reason);
  });

  it('answers the same with the same work on any thread, at any age, under load', async () => {
    const queries = Array.from({ length: 40 }, (_, at) => small(at));
    const alone: SolverAnswer[] = [];
    for (const query of queries) alone.push(await pool.check(query, LIMITS));
    const load = Array.from({ length: 4 }, () => pool.check(endless(), { rlimit: 100_000, ms: 60_000 }));
    const together = await Promise.all(queries.toReversed().map((query) => pool.check(query, LIMITS)));
    const timeless = (answers: readonly SolverAnswer[]) => answers.map((answer) => ({ ...answer, ms: 0 }));
    expect(timeless(together.reverse())).toEqual(timeless(alone));
    const work = new Set((await Promise.all(load)).map(({ rlimit }) => rlimit));
    expect(work.size).toBe(1);
  });

  it('replaces its threads without losing a query', async () => {
    await using closing = new AsyncDisposableStack();
    const short = new SolverPool({ threads: 2, queue: 100, queriesPerThread: 5 });
    closing.defer(() => short.close());
    const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => short.check(small(at), LIMITS)));
    expect(answers.every(({ status }) => status === 'sat')).toBe(true);
    expect(short.health.recycled).toBeGreaterThanOrEqual(6);
  });

  it('finishes what it accepted when it is closed, and then takes nothing', async () => {
    const other = new SolverPool({ threads: 1, queue: 4 });
    const asked = other.check(small(1), LIMITS);
    await other.close();
    expect(await asked).toMatchObject({ status: 'sat' });
    await expect(other.check(small(1), LIMITS)).rejects.toMatchObject({ code: 'shutting-down' });
  });
});

describe('a solver’s thread', () => {
  const FORBIDDEN: Readonly<Record<string, string>> = {
    'read a file of the system': "require('node:fs').readFileSync('/etc/hostname')",
    'write a file': "require('node:fs').writeFileSync('/tmp/assay-escaped', 'x')",
    'start a process': "require('node:child_process').execSync('true')",
    'start a thread': "new (require('node:worker_threads').Worker)('1', { eval: true })",
  };
  it.each(Object.entries(FORBIDDEN))('may not %s', async (_, body) => {
    const script = `const { parentPort } = require('node:worker_threads');
      try { ${body}; parentPort.postMessage('done'); } catch (error) { parentPort.postMessage(error.code); }`;
    const worker = new Worker(script, { ...solverThreadOptions(), eval: true });
    try {
      expect((await once(worker, 'message'))[0]).toBe('ERR_ACCESS_DENIED');
    } finally {
      await worker.terminate();
    }
  });
});
