import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Budget, DEFAULT_BUDGET } from '../../core/budget.ts';
import { PYTHON_VERSIONS, type PythonVersion, resolveProgram } from '../../core/program.ts';
import type { Trace } from '../../core/trace.ts';
import type { ReplayOptions } from '../../workers/pool.ts';
import { ReplayPool } from '../../workers/pool.ts';
import { SandboxHost } from '../../workers/sandbox-host.ts';
import { ThreadPool } from '../../workers/thread-pool.ts';

const ENDLESS = 'def f():\n    while True:\n        pass\n';
/** Few steps, each of which takes long. */
const SLOW = 'def f():\n    while sum(range(100_000)):\n        pass\n';
/** One C call, which no host function ends. */
const ENDLESS_IN_C = 'def f():\n    return sum(range(10**9))\n';
const HONEST = 'def f(n):\n    return [k * k for k in range(n)]\n';

/** Threads that were started while a test listens, newest last. */
const started: Worker[] = [];
const note = (worker: Worker): void => {
  started.push(worker);
};

function asker(pool: ReplayPool, python: PythonVersion) {
  return async (source: string, call = 'f()', budget: Partial<Budget> = {}, options: ReplayOptions = {}) => {
    const program = resolveProgram({ source, entry: { call }, python }, python);
    return (await pool.replay({ program, budget: { ...DEFAULT_BUDGET, steps: 10 ** 8, ...budget } }, options)).trace;
  };
}

const squares = (n: number): Trace['outcome'] => ({
  kind: 'returned',
  value: `[${Array.from({ length: n }, (_, k) => k * k).join(', ')}]`,
});

describe.each(['threads', 'process'] as const)('a pool of two threads (%s)', (isolation) => {
  const pool = new ReplayPool({ python: '3.10', threads: 2, queue: 20, isolation });
  const ask = asker(pool, '3.10');
  beforeAll(async () => {
    await pool.start();
    await Promise.all([ask(HONEST, 'f(1)'), ask(HONEST, 'f(2)')]);
  });
  afterAll(() => pool.close());

  it('leaves nobody waiting behind a long run while a thread is free', async () => {
    const long = ask(ENDLESS_IN_C, 'f()', { ms: 4_000 });
    const start = performance.now();
    for (let round = 0; round < 4; round++) {
      const answers = await Promise.all([0, 1, 2, 3, 4].map((n) => ask(HONEST, `f(${n})`)));
      expect(answers.map(({ outcome }) => outcome)).toEqual([0, 1, 2, 3, 4].map(squares));
    }
    expect(performance.now() - start).toBeLessThan(3_000);
    await long;
  });

  it('answers all of many whose threads are all replaced', async () => {
    const grow = (n: number) => ask(`def f():\n    return len(bytearray(${n} * 2**20))\n`, 'f()', { memory_mb: 256 });
    const sizes = Array.from({ length: 8 }, (_, n) => 110 + n);
    const outcomes = (await Promise.all(sizes.map(grow))).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(sizes.map((n) => ({ kind: 'returned', value: String(n * 2 ** 20) })));
  });

  it('answers those that lay ready for a thread that is ended', async () => {
    const stuck = [1, 2, 3].map(() => ask(ENDLESS_IN_C, 'f()', { ms: 100 }));
    const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => ask(HONEST, `f(${n})`)));
    expect(answers.map(({ outcome }) => outcome)).toEqual([0, 1, 2, 3, 4, 5].map(squares));
    for (const { outcome } of await Promise.all(stuck))
      expect(outcome).toMatchObject({ kind: 'halted', reason: 'time' });
  });
});

describe.each(['threads', 'process'] as const)('a pool of one thread (%s)', (isolation) => {
  const pool = new ReplayPool({ python: '3.14', threads: 1, queue: 4, isolation });
  const ask = asker(pool, '3.14');
  beforeAll(() => pool.start());
  afterAll(() => pool.close());
  afterEach(async () => {
    // The next request is right, whatever a test did.
    expect((await ask(HONEST, 'f(3)')).outcome).toEqual(squares(3));
  });

  it('answers a run before it begins the one that lies ready behind it', async () => {
    for (let round = 0; round < 4; round++) {
      // Only while runs are short does one lie ready.
      for (let n = 0; n < 16; n++) await ask(HONEST, `f(${n})`);
      const both = [ask(HONEST, 'f(3)', { ms: 100 }), ask(SLOW, 'f()', { ms: 800 })];
      const start = performance.now();
      expect((await both[0])?.outcome).toEqual(squares(3));
      expect(performance.now() - start).toBeLessThan(600);
      await both[1];
    }
  });

  it('gives up waiting at the deadline of a request', async () => {
    const long = ask(ENDLESS, 'f()', { ms: 600 });
    const start = performance.now();
    const trace = await ask(HONEST, 'f(3)', {}, { deadlineMs: 50 });
    expect(trace.outcome).toMatchObject({ kind: 'halted', reason: 'time' });
    expect(performance.now() - start).toBeLessThan(3_000);
    await long;
  });

  it('ends a run at the deadline of its request', async () => {
    const start = performance.now();
    const trace = await ask(ENDLESS, 'f()', { ms: 60_000, trace_mb: 512 }, { deadlineMs: 300 });
    expect(trace.outcome).toMatchObject({ kind: 'halted', reason: 'time' });
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('ends a run inside a C call within a second of its budget', async () => {
    await ask(HONEST, 'f(1)');
    const start = performance.now();
    const trace = await ask(ENDLESS_IN_C, 'f()', { ms: 300 });
    expect(trace.outcome).toMatchObject({ kind: 'halted', reason: 'time' });
    expect(performance.now() - start).toBeLessThan(1_300);
  });

  it('forgets a request that is cancelled while it waits', async () => {
    const long = ask(ENDLESS, 'f()', { ms: 500 });
    const abort = new AbortController();
    const gone = ask(HONEST, 'f(3)', {}, { signal: abort.signal });
    expect(pool.health.waiting).toBe(1);
    abort.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    expect(pool.health.waiting).toBe(0);
    await long;
  });

  it.each([
    ['between two steps', ENDLESS],
    ['inside a C call', ENDLESS_IN_C],
  ])('ends a run that is cancelled %s', async (_, source) => {
    await ask(HONEST, 'f(1)');
    const start = performance.now();
    await expect(
      ask(source, 'f()', { ms: 60_000, trace_mb: 1024 }, { signal: AbortSignal.timeout(200) }),
    ).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('refuses what the queue has no room for, and serves the rest', async () => {
    const long = ask(ENDLESS, 'f()', { ms: 500 });
    const waiting = Array.from({ length: 4 }, (_, n) => ask(HONEST, `f(${n})`));
    await expect(ask(HONEST, 'f(3)')).rejects.toMatchObject({ code: 'queue-full', retryAfterSeconds: 1 });
    const answers = await Promise.all(waiting);
    expect(answers.map(({ outcome }) => outcome)).toEqual([0, 1, 2, 3].map(squares));
    await long;
  });

  it('replaces a thread whose memory has grown', async () => {
    const { recycled } = pool.health;
    const { outcome } = await ask('def f():\n    return len(bytearray(120 * 2**20))\n', 'f()', { memory_mb: 256 });
    expect(outcome).toEqual({ kind: 'returned', value: String(120 * 2 ** 20) });
    expect((await ask(HONEST, 'f(2)')).outcome).toEqual(squares(2));
    expect(pool.health.recycled).toBe(recycled + 1);
  });

  it('answers those that were next in threads that are replaced one after the other', async () => {
    const grow = (n: number) => ask(`def f():\n    return len(bytearray(${n} * 2**20))\n`, 'f()', { memory_mb: 256 });
    const asked = [grow(120), grow(121), ask(HONEST, 'f(3)'), grow(122), ask(HONEST, 'f(4)')];
    const grown = (n: number) => ({ kind: 'returned', value: String(n * 2 ** 20) });
    const outcomes = (await Promise.all(asked)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual([grown(120), grown(121), squares(3), grown(122), squares(4)]);
  });
});

describe('a pool whose threads die', () => {
  beforeEach(() => {
    process.on('worker', note);
  });
  afterEach(() => {
    process.off('worker', note);
    started.length = 0;
  });

  it('runs a request again once, and says so when it dies again', { timeout: 120_000 }, async () => {
    const pool = new ReplayPool({ python: '3.10', threads: 1, queue: 4 });
    const ask = asker(pool, '3.10');
    try {
      await pool.start();
      expect((await ask(HONEST, 'f(3)')).outcome).toEqual(squares(3));
      const lost = ask(ENDLESS_IN_C, 'f()', { ms: 60_000 }).catch((error: unknown) => error);
      const threads = started.length;
      for (const attempt of [0, 1]) {
        // Until the thread is at work, on a machine that may be busy.
        await sleep(4_000);
        expect(started).toHaveLength(threads + attempt);
        await started.at(-1)?.terminate();
      }
      expect(await lost).toMatchObject({ code: 'worker-lost' });
      expect((await ask(HONEST, 'f(3)')).outcome).toEqual(squares(3));
    } finally {
      await pool.close();
    }
  });
});

describe('a run of many steps', () => {
  it('ends within its budgets, however little each step shows', { timeout: 60_000 }, async () => {
    const pool = new ReplayPool({ python: '3.10', threads: 1, queue: 4 });
    try {
      const { outcome } = await asker(pool, '3.10')(ENDLESS, 'f()', { steps: 10 ** 8, ms: 20_000, trace_mb: 1 });
      expect(outcome).toMatchObject({ kind: 'halted', reason: 'trace' });
    } finally {
      await pool.close();
    }
  });
});

describe.each([
  ['threads', () => new ThreadPool({ python: '3.14', threads: 1, budget: DEFAULT_BUDGET })],
  ['process', () => new SandboxHost({ python: '3.14', threads: 1, budget: DEFAULT_BUDGET })],
] as const)('a runner (%s)', (_, make) => {
  const runner = make();
  beforeAll(() => runner.start());
  afterAll(() => runner.close());
  const run = (deadline: number) => {
    const program = resolveProgram({ source: HONEST, entry: { call: 'f(3)' }, python: '3.14' }, '3.14');
    return runner.run(
      { kind: 'replay', request: { program, budget: DEFAULT_BUDGET } },
      { deadline, signal: undefined },
    );
  };

  it('answers at once where the deadline has passed', async () => {
    expect((await run(Number.POSITIVE_INFINITY)).kind).toBe('answered');
    const start = performance.now();
    expect(await run(start - 1)).toMatchObject({ kind: 'ended', reason: 'time' });
    expect(performance.now() - start).toBeLessThan(1_000);
    expect((await run(Number.POSITIVE_INFINITY)).kind).toBe('answered');
  });
});

describe('a pool that closes', () => {
  it('finishes what it took, and takes nothing new', async () => {
    const pool = new ReplayPool({ python: '3.10', threads: 1, queue: 4 });
    const ask = asker(pool, '3.10');
    await pool.start();
    const running = ask(ENDLESS, 'f()', { ms: 300 });
    const waiting = ask(HONEST, 'f(3)');
    const closing = pool.close();
    await expect(ask(HONEST, 'f(3)')).rejects.toMatchObject({ code: 'shutting-down' });
    expect((await running).outcome).toMatchObject({ kind: 'halted' });
    expect((await waiting).outcome).toEqual(squares(3));
    await closing;
  });

  it('ends a pool that never started', async () => {
    await new ReplayPool({ python: '3.10', threads: 1, queue: 4 }).close();
  });
});

describe('a pool under mixed load', () => {
  const HOSTILE = [
    ENDLESS,
    ENDLESS_IN_C,
    'import os\ndef f():\n    os._exit(0)\n',
    'def f():\n    return bytearray(10**9)\n',
    'import sys\ndef f():\n    sys.settrace(None)\n',
    'import builtins, json\nbuiltins.len = json.dumps = builtins.range = None\ndef f():\n    raise SystemExit\n',
    'def f():\n    return f()\n',
    "class C:\n    def __repr__(self):\n        return 'x' * 10**9\ndef f():\n    return C()\n",
  ];

  it.each(PYTHON_VERSIONS)('answers every honest request under %s', { timeout: 90_000 }, async (python) => {
    const pool = new ReplayPool({ python, threads: 2, queue: 400 });
    const ask = asker(pool, python);
    const budget = { ms: 250, memory_mb: 64, trace_mb: 1 };
    const wrong: string[] = [];
    let next = 0;
    const client = async (): Promise<void> => {
      for (let n = next++; n < 200; n = next++) {
        const hostile = n % 5 === 0 ? HOSTILE[(n / 5) % HOSTILE.length] : undefined;
        if (hostile === undefined) {
          const { outcome } = await ask(HONEST, `f(${n % 7})`);
          if (JSON.stringify(outcome) !== JSON.stringify(squares(n % 7)))
            wrong.push(`${n}: ${JSON.stringify(outcome)}`);
        } else {
          const { outcome } = await ask(hostile, 'f()', budget);
          if (outcome.kind === 'returned') wrong.push(`${n}: ${JSON.stringify(outcome)}`);
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: 16 }, client));
      expect(wrong).toEqual([]);
    } finally {
      await pool.close();
    }
  });
});
