import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../../../core/program.ts';
import { NO_REWARD_METRICS } from '../../../src/reward/metrics.ts';
import type { RewardItem } from '../../../src/reward/reward-request.ts';
import { createRewarder, type Rewarder } from '../../../src/reward/rewarder.ts';
import { SCHEME_NAMES, type SchemeName } from '../../../src/reward/schemes/list.ts';
import { createSharing } from '../../../src/sharing/create-sharing.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import type { PlainFrame } from '../verify/mutations.ts';

/** Programs with calls, branches, loops and an exception, so that mistakes have somewhere to lead. */
const SOURCES = [
  'def g(k):\n    k += 1\n    return k\n\ndef f():\n    n = 3\n    while n < 6:\n        n = g(n)\n    return n\n',
  'def f():\n    s = ""\n    for c in "abc":\n        if c != "b":\n            s += c\n    return s\n',
  'def f():\n    d = {}\n    try:\n        d["x"]\n    except KeyError:\n        d["x"] = [1]\n    return d\n',
];
const OF_TRACES: readonly SchemeName[] = ['exact', 'prefix', 'frames', 'steps'];

interface Case {
  readonly program: Program;
  readonly frames: readonly PlainFrame[];
}

const folder = mkdtempSync(join(tmpdir(), 'assay-rewards-'));

function openEngine(): Assay {
  const onTrouble = (error: unknown) => {
    throw error;
  };
  const file = join(folder, 'runs.sqlite');
  const sharing = createSharing({ memoryBytes: 2 ** 24, file, fileBytes: 2 ** 24, onTrouble });
  return createAssay({ workers: 1, python: ['3.10'], queue: 1_000, sharing });
}

describe('rewards', () => {
  let assay: Assay;
  let rewarder: Rewarder;
  const cases: Case[] = [];

  beforeAll(async () => {
    assay = openEngine();
    rewarder = createRewarder(assay);
    for (const source of SOURCES) {
      const program: Program = { source, entry: { call: 'f()' }, python: '3.10' };
      const { frames = [] } = await assay.trace({ program });
      cases.push({ program, frames });
    }
  });
  afterAll(async () => {
    await assay.close();
    rmSync(folder, { recursive: true });
  });

  const claimOf = (program: Program, frames: readonly unknown[]): RewardItem => ({
    program,
    claim: { kind: 'trace', format: 'json', frames: [...frames] },
  });
  const rewardsOf = async (items: readonly RewardItem[], scheme: SchemeName) =>
    (await rewarder.score(items, { scheme })).rewards.map((reward) => reward ?? Number.NaN);

  /**
   * The true trace with the frames at these places wrong, each in its own way: what a wrong state leads to would be a right
   * transition.
   */
  function spoil(frames: readonly PlainFrame[], places: ReadonlySet<number>): PlainFrame[] {
    return frames.map((frame, index) => {
      if (!places.has(index)) return frame;
      if (frame.locals === undefined) return { ...frame, arg: "'wrong'" };
      const [name = 'made_up'] = Object.keys(frame.locals);
      return { ...frame, locals: { ...frame.locals, [name]: String(7_919 * (index + 1)) } };
    });
  }

  it.each(SCHEME_NAMES)('%s: the true trace earns 1, nothing and noise 0', async (scheme) => {
    for (const { program, frames } of cases) {
      const items = [
        claimOf(program, frames),
        claimOf(program, []),
        claimOf(program, [{ event: 'noise' }]),
        { program, completion: '' },
        { program, completion: '\ud800 [ANSWER][/ANSWER] {"a' },
        { program, completion: [] },
        { program, completion: [{ role: 'assistant' }, { role: 'user', content: [null, { text: 3 }] }] },
      ];
      const { rewards, statuses } = await rewarder.score(items, { scheme });
      expect(rewards).toEqual([1, 0, 0, 0, 0, 0, 0]);
      expect(statuses).toEqual(['verified', ...items.slice(1).map(() => 'refuted')]);
    }
  });

  it.each(SCHEME_NAMES)(
    '%s: who is right in strictly more never earns less, and all stays in [0, 1]',
    async (scheme) => {
      const places = fc.uniqueArray(fc.nat(30), { maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(fc.nat(SOURCES.length - 1), places, places, async (which, some, others) => {
          const { program, frames } = cases[which] as Case;
          const [fewer, more] = await rewardsOf(
            [
              claimOf(program, spoil(frames, new Set([...some, ...others]))),
              claimOf(program, spoil(frames, new Set(some))),
            ],
            scheme,
          );
          expect(fewer).toBeGreaterThanOrEqual(0);
          expect(more).toBeLessThanOrEqual(1);
          expect(more).toBeGreaterThanOrEqual(fewer as number);
          const wrong = [...some, ...others].some((place) => place < frames.length);
          if (wrong && scheme !== 'output') expect(fewer).toBeLessThan(1);
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(OF_TRACES)(
    '%s: a trace that stops early earns the more the later, and less than a whole one',
    async (scheme) => {
      for (const { program, frames } of cases) {
        const cuts = frames.map((_, length) => claimOf(program, frames.slice(0, length)));
        const rewards = await rewardsOf([...cuts, claimOf(program, frames)], scheme);
        expect(rewards.at(-1)).toBe(1);
        for (const [index, reward] of rewards.slice(0, -1).entries()) {
          expect(reward).toBeLessThan(1);
          expect(reward).toBeLessThanOrEqual(rewards[index + 1] as number);
        }
      }
    },
  );

  it.each(OF_TRACES)('%s: a trace that is padded, or steps over calls, is not whole', async (scheme) => {
    for (const { program, frames } of cases) {
      const last = frames.at(-1) as PlainFrame;
      const padded = [
        [...frames, last],
        [...frames, ...frames],
        [...frames, ...Array.from({ length: 500 }, () => last)],
      ].map((claimed) => claimOf(program, claimed));
      for (const reward of await rewardsOf(padded, scheme)) expect(reward).toBeLessThan(1);
    }
    const { program, frames } = cases[0] as Case;
    const over = frames.filter(({ line }) => line >= 5);
    const { rewards, statuses } = await rewarder.score([claimOf(program, over)], { scheme });
    expect(statuses).toEqual(['verified']);
    expect(rewards[0]).toBeLessThan(1);
  });

  it('steps: an easy loop that the program does not go round does not pay', async () => {
    const source = 'def f():\n    n = 3\n    a = n * 7 % 5\n    while n > 0:\n        n -= 1\n    return a\n';
    const program: Program = { source, entry: { call: 'f()' }, python: '3.10' };
    const loops = source.replace('n = 3', 'n = 60');
    const { frames = [] } = await assay.trace({ program: { ...program, source: loops } });
    const { frames: real = [] } = await assay.trace({ program });
    const [easy, honest] = await rewardsOf(
      [claimOf(program, frames), claimOf(program, spoil(real, new Set([4])))],
      'steps',
    );
    expect(easy).toBeLessThan(0.2);
    expect(honest).toBeGreaterThan(0.7);
  });

  it('steps: a first mistake is punished once, its echoes are not', async () => {
    const { program, frames } = cases[1] as Case;
    const echo = frames.map((frame) =>
      frame.locals?.s === "'a'" ? { ...frame, locals: { ...frame.locals, s: "'x'" } } : frame,
    );
    const [withEchoes] = await rewardsOf([claimOf(program, echo)], 'steps');
    const [prefix] = await rewardsOf([claimOf(program, echo)], 'prefix');
    expect(withEchoes).toBeGreaterThan(prefix as number);
  });

  it('is the same in any order, in one batch as alone, and after a restart', async () => {
    const items = Array.from({ length: 256 }, (_, index): RewardItem => {
      const { program, frames } = cases[index % cases.length] as Case;
      return claimOf(program, spoil(frames, new Set([(index * 7) % 40, (index * 11) % 90])));
    });
    for (const scheme of ['frames', 'steps'] as const) {
      const batch = await rewarder.score(items, { scheme });
      const order = items.map((_, index) => (index * 101) % items.length);
      const permuted = await rewarder.score(
        order.map((index) => items[index] as RewardItem),
        { scheme },
      );
      expect(permuted.rewards).toEqual(order.map((index) => batch.rewards[index]));
      expect(permuted.metrics).toEqual(order.map((index) => batch.metrics[index]));
      const singles = await Promise.all(items.map((item) => rewarder.score([item], { scheme })));
      expect(singles.map(({ rewards }) => rewards[0])).toEqual(batch.rewards);
      await assay.close();
      assay = openEngine();
      rewarder = createRewarder(assay);
      const { stamp: _, ...after } = await rewarder.score(items, { scheme });
      expect(after).toEqual({ ...batch, stamp: undefined });
    }
  });

  it('has the same numeric metrics for every item in every outcome', async () => {
    const { program, frames } = cases[0] as Case;
    const missing: Program = { ...program, source: 'import no_such_module\n' };
    const { metrics, statuses } = await rewarder.score([
      claimOf(program, frames),
      claimOf(program, frames.slice(0, 3)),
      claimOf(program, []),
      { program, completion: 'no' },
      claimOf(missing, frames),
      { program, claim: { kind: 'halts', halts: false } },
      { program, claim: { kind: 'output', raises: 'ValueError' } },
    ]);
    expect(statuses).toEqual(['verified', 'incomplete', 'refuted', 'refuted', 'inconclusive', 'refuted', 'refuted']);
    for (const one of metrics) {
      expect(Object.keys(one)).toEqual(Object.keys(NO_REWARD_METRICS));
      for (const value of Object.values(one)) expect(value).toBeTypeOf('number');
    }
  });

  it('items that get no verdict have null, and harm no other', async () => {
    const { program, frames } = cases[0] as Case;
    const late = await rewarder.score([claimOf(program, frames)], { deadlineMs: 0 });
    expect(late).toMatchObject({ rewards: [null], statuses: ['failed'], failures: [{ failure_class: 'deadline' }] });
    const closed = openEngine();
    await closed.close();
    const { rewards, failures } = await createRewarder(closed).score([
      claimOf({ ...program, source: `${program.source}# new` }, frames),
      { program, completion: '' },
    ]);
    expect(rewards).toEqual([null, 0]);
    expect(failures).toMatchObject([{ index: 0, failure_class: 'shutting-down' }]);
  });

  it('gives the request up when its caller does', async () => {
    const { program, frames } = cases[0] as Case;
    const items = Array.from({ length: 200 }, () => claimOf(program, frames));
    await expect(rewarder.score(items, { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
  });
});
