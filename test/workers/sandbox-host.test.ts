import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TraceReader } from '../../bridges/python/codec.ts';
import { type Budget, DEFAULT_BUDGET } from '../../core/budget.ts';
import { PYTHON_VERSIONS, type PythonVersion, resolveProgram } from '../../core/program.ts';
import { findBoundary } from '../../workers/boundary.ts';
import { ReplayPool } from '../../workers/pool.ts';
import { SandboxHost } from '../../workers/sandbox-host.ts';
import type { BlockSink } from '../../workers/task-runner.ts';
import { loadCases } from '../cases/cases.ts';
import { cpuSecondsOf, sandboxesOf, TELLS, until, WHY_NOT } from './sandbox-processes.ts';

const HONEST = 'def f(n):\n    return sum(range(n))\n';
/** Some tenths of a second inside one C call. */
const LONG = 12_000_000;
/** Seconds of a processor after which a sandbox process has certainly started, and runs something. */
const AT_WORK = 4;

vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

const requestOf = (call: string, budget: Partial<Budget> = {}, python: PythonVersion = '3.10', source = HONEST) => ({
  program: resolveProgram({ source, entry: { call }, python }, python),
  budget: { ...DEFAULT_BUDGET, ms: 30_000, ...budget },
});

const sum = (n: number) => ({ kind: 'returned', value: String((n * (n - 1)) / 2) });

describe('a pool in a process of its own', () => {
  let pool: ReplayPool;
  const outcomeOf = async (call: string) => (await pool.replay(requestOf(call))).trace.outcome;
  const theSandbox = (): number => {
    const [pid, ...more] = sandboxesOf(process.pid);
    if (pid === undefined || more.length > 0) throw new Error(`one sandbox process was expected: ${pid}, ${more}`);
    return pid;
  };
  let killed = 0;
  /** Kills the process that runs: the next one where the last that was killed is still on its way out. */
  const kill = (): Promise<void> =>
    until(() => {
      const [pid, ...more] = sandboxesOf(process.pid);
      if (pid === undefined || pid === killed || more.length > 0) return false;
      killed = pid;
      try {
        return process.kill(pid, 'SIGKILL');
      } catch {
        // It ended since it was seen.
        return false;
      }
    });

  beforeEach(async (context) => {
    context.skip(!TELLS, WHY_NOT);
    pool = new ReplayPool({ python: '3.10', threads: 2, queue: 100, isolation: 'process' });
    await pool.start();
  });
  afterEach(async () => {
    expect(await outcomeOf('f(4)')).toEqual(sum(4));
    await pool.close();
    await until(() => sandboxesOf(process.pid).length === 0);
  });

  it('has no environment, an empty directory, no network, and nothing of ours', async () => {
    const of = `/proc/${theSandbox()}`;
    const names = readFileSync(`${of}/environ`, 'utf8').split('\0').filter(Boolean);
    expect(names.map((line) => line.split('=')[0]).filter((name) => name !== 'PATH')).toEqual([
      'TZ',
      'MALLOC_ARENA_MAX',
    ]);
    expect(readdirSync(`${of}/cwd`)).toEqual([]);
    const flags = readFileSync(`${of}/cmdline`, 'utf8').split('\0');
    expect(flags).toContain('--permission');
    expect(flags).toContain('--disallow-code-generation-from-strings');
    expect(flags.filter((flag) => /^--allow-(?!fs-read=|worker$)/.test(flag))).toEqual([]);
    if ((await findBoundary()).name === 'none') return;
    expect(readlinkSync(`${of}/ns/net`)).not.toBe(readlinkSync('/proc/self/ns/net'));
    expect(readFileSync(`${of}/net/route`, 'utf8').trim().split('\n')).toHaveLength(1);
    expect(/^CapEff:\s*(\w+)$/m.exec(readFileSync(`${of}/status`, 'utf8'))?.[1]).toMatch(/^0+$/);
  });

  it('answers though the process is killed at work', async () => {
    const asked = Promise.all([outcomeOf(`f(${LONG})`), outcomeOf(`f(${LONG + 1})`)]);
    await sleep(100);
    await kill();
    expect(await asked).toEqual([sum(LONG), sum(LONG + 1)]);
    expect(pool.health.restarts).toBe(1);
  });

  it('gives up a request that the process dies on twice, and answers the one beside it', async () => {
    const budget = { ms: 1_500 };
    const endless = pool.replay(requestOf('f(10**10)', { ms: 60_000 })).catch((error: unknown) => error);
    await sleep(100);
    const beside = pool.replay(requestOf('f(10**10)', budget)).catch((error: unknown) => error);
    await sleep(200);
    await kill();
    // The first runs again alone; the second after it.
    await until(
      () => pool.health.restarts === 1 && sandboxesOf(process.pid).some((pid) => cpuSecondsOf(pid) > AT_WORK),
    );
    await kill();
    expect(await endless).toMatchObject({ code: 'worker-lost' });
    expect(await beside).toMatchObject({ trace: { outcome: { kind: 'halted', reason: 'time' } } });
    expect(pool.health.restarts).toBe(2);
  });

  it('starts again at once where it dies idle', async () => {
    const before = theSandbox();
    await kill();
    await until(() => sandboxesOf(process.pid).some((pid) => pid !== before));
    expect(await outcomeOf('f(3)')).toEqual(sum(3));
  });

  it('survives kills in a row', async () => {
    const wrong: unknown[] = [];
    let over = false;
    let answers = 0;
    const clients = Array.from({ length: 4 }, async (_, client) => {
      for (let n = client; !over; n++) {
        const outcome = await outcomeOf(`f(${n % 50})`).catch((error: { code?: string }) => error.code);
        answers++;
        if (outcome !== 'worker-lost' && JSON.stringify(outcome) !== JSON.stringify(sum(n % 50))) wrong.push(outcome);
      }
    });
    try {
      for (let round = 0; round < 4; round++) {
        const before = answers;
        await until(() => answers > before + 20);
        await kill();
        // One that is killed before it has started is started again.
        if (round === 2) await kill();
      }
    } finally {
      over = true;
      await Promise.all(clients);
    }
    expect(wrong).toEqual([]);
    // The end of the last one may be heard of after the last answer.
    await until(() => pool.health.restarts > 3);
  });
});

describe('a sandbox process', () => {
  it('is ended when it says nothing any more', async (context) => {
    context.skip(!TELLS, WHY_NOT);
    const host = new SandboxHost({ python: '3.10', threads: 1, budget: DEFAULT_BUDGET }, 2_000);
    const terms = { deadline: Number.POSITIVE_INFINITY, signal: undefined };
    try {
      await host.start();
      const hung = host.run({ kind: 'replay', request: requestOf(`f(${LONG})`) }, terms);
      await sleep(100);
      for (const one of sandboxesOf(process.pid)) process.kill(one, 'SIGSTOP');
      expect(await hung).toMatchObject({ kind: 'answered' });
      expect(host.restarts).toBeGreaterThan(0);
    } finally {
      await host.close();
    }
  });

  it('sends a long trace from its first frame again where it is killed meanwhile', async (context) => {
    context.skip(!TELLS, WHY_NOT);
    const host = new SandboxHost({ python: '3.10', threads: 1, budget: DEFAULT_BUDGET });
    const source = 'def f(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n';
    const steps = 200_000;
    const request = requestOf(`f(${steps})`, { steps: 10 ** 6, trace_mb: 512 }, '3.10', source);
    const reader = new TraceReader();
    let cleared = 0;
    const blocks: BlockSink = {
      take: (block) => {
        reader.take(block);
        if (cleared === 0) for (const pid of sandboxesOf(process.pid)) process.kill(pid, 'SIGKILL');
      },
      clear: () => {
        cleared++;
        reader.clear();
      },
    };
    try {
      await host.start();
      const end = await host.run({ kind: 'replay', request }, { deadline: Infinity, signal: undefined, blocks });
      if (end.kind !== 'answered') throw new Error(`the run ended: ${end.detail}`);
      const { frames, outcome } = reader.finish(end.answer.body);
      expect(outcome).toEqual(sum(steps));
      expect([cleared, end.answer.blocks > 1, frames.length]).toEqual([1, true, 2 * steps + 5]);
      expect(frames.at(2 * 150_000 + 2)).toMatchObject({
        event: 'line',
        line: 3,
        locals: new Map([
          ['n', '200000'],
          ['total', String((149_999 * 150_000) / 2)],
          ['i', '149999'],
        ]),
      });
    } finally {
      await host.close();
    }
  });

  it('ends with its daemon', async (context) => {
    context.skip(!TELLS, WHY_NOT);
    const script = `
      const { ReplayPool } = await import(${JSON.stringify(new URL('../../workers/pool.ts', import.meta.url).href)});
      await new ReplayPool({ python: '3.10', threads: 1, queue: 1, isolation: 'process' }).start();
      console.log('started');
      setInterval(() => {}, 1000);`;
    const daemon = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface({ input: daemon.stdout }), 'line');
    const [pid = 0] = sandboxesOf(daemon.pid ?? 0);
    expect(pid).toBeGreaterThan(0);
    // Even where it could not notice.
    if ((await findBoundary()).name !== 'none') process.kill(pid, 'SIGSTOP');
    daemon.kill('SIGKILL');
    await until(() => !existsSync(`/proc/${pid}`));
  });

  it('says why it does not start', async () => {
    const host = new SandboxHost({ python: '3.10', threads: 0, budget: DEFAULT_BUDGET });
    await expect(host.start()).rejects.toMatchObject({ failure: 'does-not-start', cause: expect.any(Error) });
    await host.close();
  });
});

describe.each(PYTHON_VERSIONS)('a trace under %s', (python) => {
  const here = new ReplayPool({ python, threads: 1, queue: 1000 });
  const apart = new ReplayPool({ python, threads: 1, queue: 1000, isolation: 'process' });
  beforeAll(() => Promise.all([here.start(), apart.start()]));
  afterAll(() => Promise.all([here.close(), apart.close()]));

  it('is the same in threads and in a process of its own', async () => {
    const cases = loadCases().filter((one) => one.python.includes(python));
    expect(cases.length).toBeGreaterThan(20);
    for (const { source, entry, stdin } of cases) {
      const program = resolveProgram({ source, entry, python, world: { stdin } }, python);
      const request = { program, budget: DEFAULT_BUDGET };
      const [one, other] = await Promise.all([here.replay(request), apart.replay(request)]);
      expect(other.trace).toEqual(one.trace);
    }
  });
});
