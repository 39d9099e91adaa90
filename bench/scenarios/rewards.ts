import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Daemon, listening } from '../daemon.ts';
import { ownChild } from '../own-child.ts';
import { GROUP, PROGRAMS, type RewardCall, rewardCalls } from '../reward-claims.ts';
import { RewardClient } from '../reward-client.ts';
import type { Measured, Runner, Scenario } from '../scenario.ts';
import { percentile } from '../statistics.ts';
import { type Item, PYTHON } from '../workload.ts';

/** Requests that are under way at one time. */
export const CONCURRENCY = 64;
/** How much longer than the others the first round is, which warms up: some thousand requests get all code compiled. */
const WARM_UP = 4;
/** Requests of the slow side that a round measures. */
const SLOW_CALLS = 64;

const UNITS = { rate: 'rewards/s', p50: 'ms', p99: 'ms' } as const;

/** Something that answers calls, a few of them in one request. */
export interface Service extends AsyncDisposable {
  readonly url: string;
  body(calls: readonly RewardCall[]): string;
}

/** One sample a request, 64 requests at one time, a run for each. */
export const rewardsUnshared: Scenario = {
  name: 'rewards-unshared',
  about: 'rewards, one sample a request, a run for each',
  units: UNITS,
  open: async () => rewardRunner(await daemonService(false), { perRequest: 1 }),
};

/** The same, with programs that were never seen before, and a run for each group. */
export const rewardsShared: Scenario = {
  name: 'rewards-shared',
  about: 'rewards, one sample a request, a run for each group',
  units: UNITS,
  open: async () => rewardRunner(await daemonService(true), { perRequest: 1, fresh: true }),
};

/** The same, with programs that were seen before. */
export const rewardsKept: Scenario = {
  name: 'rewards-kept',
  about: 'rewards, one sample a request, kept runs',
  units: UNITS,
  open: async () => rewardRunner(await daemonService(true), { perRequest: 1 }),
};

/** Batches of 256, one at a time. */
export const rewardsBatch: Scenario = {
  name: 'rewards-batch',
  about: 'rewards in batches of 256, kept runs',
  units: { ...UNITS, item: 'ms' },
  async open() {
    const runner = rewardRunner(await daemonService(true), { perRequest: 256, concurrency: 1 });
    return {
      async round(sample, seconds) {
        const measured = await runner.round(sample, seconds);
        return { ...measured, item: 1000 / (measured.rate ?? Number.NaN) };
      },
      [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
    };
  },
};

/** A process a request behind Python's own HTTP server. */
export const rewardsCPython: Scenario = {
  name: 'rewards-cpython',
  about: 'rewards by a python3 process a request, behind http.server',
  units: UNITS,
  cpython: true,
  async open({ cpython }) {
    if (cpython === null) throw new Error('there is no CPython');
    const child = ownChild(
      spawn(cpython.command, [fileURLToPath(new URL('../python/reward_server.py', import.meta.url))], {
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
    );
    const service: Service = {
      url: await listening(child, []),
      body: ([call]) => JSON.stringify(call?.plain),
      async [Symbol.asyncDispose]() {
        const closed = once(child, 'close');
        if (child.kill('SIGKILL')) await closed;
      },
    };
    return rewardRunner(service, { perRequest: 1, most: SLOW_CALLS });
  },
};

export async function daemonService(shares: boolean): Promise<Service> {
  const daemon = await Daemon.start({ python: PYTHON, workers: availableParallelism(), shares });
  return {
    url: `${daemon.url}/v1/reward`,
    body: (calls) => JSON.stringify({ items: calls.map(({ item }) => item) }),
    [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose](),
  };
}

interface Pace {
  readonly perRequest: number;
  readonly concurrency?: number;
  readonly most?: number;
  /** Programs are others in each pass. */
  readonly fresh?: boolean;
}

interface Sent {
  readonly body: string;
  readonly expected: readonly number[];
}

function rewardRunner(service: Service, { perRequest, concurrency = CONCURRENCY, most, fresh }: Pace): Runner {
  const client = new RewardClient(service.url, concurrency);
  let passes = 0;
  let warm = most !== undefined;

  const pass = async (calls: readonly RewardCall[], took: number[]) => {
    const waiting = requestsOf(service, calls, perRequest).values();
    const lane = async () => {
      for (const { body, expected } of waiting) {
        const { rewards, ms } = await client.ask(body);
        if (rewards.some((reward, index) => reward !== expected[index])) {
          throw new Error(`rewarded ${rewards}, expected ${expected}`);
        }
        took.push(ms);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, lane));
  };

  return {
    async round(sample, seconds): Promise<Measured> {
      const took: number[] = [];
      let rewarded = 0;
      let ms = 0;
      const goal = seconds * 1000 * (warm ? 1 : WARM_UP);
      warm = true;
      while (ms < goal) {
        const calls = callsOf(sample, fresh === true ? `# ${passes++}\n` : '').slice(0, most);
        const start = performance.now();
        await pass(calls, took);
        ms += performance.now() - start;
        rewarded += calls.length;
      }
      return { rate: (rewarded / ms) * 1000, p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
    },
    async [Symbol.asyncDispose]() {
      client.close();
      await service[Symbol.asyncDispose]();
    },
  };
}

function requestsOf(service: Service, calls: readonly RewardCall[], perRequest: number): Sent[] {
  const requests: Sent[] = [];
  for (let at = 0; at < calls.length; at += perRequest) {
    const some = calls.slice(at, at + perRequest);
    requests.push({ body: service.body(some), expected: some.map(({ expected }) => expected) });
  }
  return requests;
}

/**
 * All claims of a group follow each other, as they come from a trainer.
 *
 * @param comment is put behind each program, and makes it another one that does the same
 */
export function callsOf(sample: readonly Item[], comment: string): RewardCall[] {
  const programs = Array.from({ length: PROGRAMS }, (_, index) => sample[index % sample.length] as Item);
  return programs.flatMap((item) => rewardCalls(item, comment)).slice(0, PROGRAMS * GROUP);
}
