import { setTimeout as sleep } from 'node:timers/promises';
import type { RewardCall } from '../reward-claims.ts';
import { RewardClient } from '../reward-client.ts';
import type { Measured, Scenario } from '../scenario.ts';
import { percentile } from '../statistics.ts';
import type { Item } from '../workload.ts';
import { CONCURRENCY, callsOf, daemonService } from './rewards.ts';

/** Of the rate that the daemon can answer at. */
const LOAD = 0.8;
/** How often requests that are due are sent, in milliseconds. */
const TICK_MS = 2;

/** What a reward takes where requests come at a steady rate that leaves the daemon some room. */
export const rewardsPaced: Scenario = {
  name: 'rewards-paced',
  about: 'rewards at 80 % of capacity, one sample a request, a run for each group',
  units: { rate: 'rewards/s', p50: 'ms', p99: 'ms' },
  async open() {
    const service = await daemonService(true);
    const client = new RewardClient(service.url, Number.POSITIVE_INFINITY);
    let passes = 0;

    /** Calls without an end, each pass about new programs. */
    function* endless(sample: readonly Item[]): Generator<RewardCall, never> {
      for (;;) yield* callsOf(sample, `# ${passes++}\n`);
    }

    const send = async (call: RewardCall) => {
      const { rewards } = await client.ask(service.body([call]));
      if (rewards[0] !== call.expected) throw new Error(`rewarded ${rewards}, expected ${call.expected}`);
    };

    const saturate = async (calls: Iterator<RewardCall, never>, seconds: number): Promise<number> => {
      const start = performance.now();
      let sent = 0;
      const lane = async () => {
        for (; performance.now() - start < seconds * 1000; sent++) await send(calls.next().value);
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, lane));
      return (sent / (performance.now() - start)) * 1000;
    };

    const pace = async (calls: Iterator<RewardCall, never>, rate: number, seconds: number): Promise<number[]> => {
      const took: number[] = [];
      const underWay: Promise<unknown>[] = [];
      const start = performance.now();
      for (let now = 0; now < seconds * 1000; now = performance.now() - start) {
        while ((underWay.length / rate) * 1000 <= now) {
          const due = start + (underWay.length / rate) * 1000;
          underWay.push(send(calls.next().value).then(() => took.push(performance.now() - due)));
        }
        await sleep(TICK_MS);
      }
      await Promise.all(underWay);
      return took;
    };

    return {
      async round(sample, seconds): Promise<Measured> {
        const calls = endless(sample);
        const rate = LOAD * (await saturate(calls, seconds));
        const took = await pace(calls, rate, seconds);
        return { rate, p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
      },
      async [Symbol.asyncDispose]() {
        client.close();
        await service[Symbol.asyncDispose]();
      },
    };
  },
};
