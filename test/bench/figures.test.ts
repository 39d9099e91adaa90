import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AIMS, meets, valuesOf } from '../../bench/aims.ts';
import { thinOut } from '../../bench/programs.ts';
import { comparisonsOf, figuresOf } from '../../bench/result.ts';
import { runRounds, sampleOf } from '../../bench/rounds.ts';
import { figureName, type Scenario } from '../../bench/scenario.ts';
import { SCENARIOS } from '../../bench/scenarios/list.ts';
import { median, percentile, slope, summarize } from '../../bench/statistics.ts';
import type { Item, Workload } from '../../bench/workload.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

const ITEM: Item = {
  name: 'p',
  source: '',
  call: 'f()',
  request: { claim: { kind: 'output', returns: '1' } },
  line: '{}',
  answer: null,
};
const WORKLOAD: Workload = { items: [ITEM], leftOut: [], cpython: null };

describe('statistics', () => {
  it('takes medians and nearest ranks', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.5)).toBe(5);
    expect(percentile(upTo(100), 0.99)).toBe(98);
    expect(() => median([])).toThrow(RangeError);
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });

  it('fits a straight line', () => {
    expect(
      slope([
        [0, 5],
        [1, 7],
        [3, 11],
      ]),
    ).toBeCloseTo(2);
    expect(
      slope([
        [0, 1],
        [1, 0],
        [2, 1],
      ]),
    ).toBeCloseTo(0);
    expect(() =>
      slope([
        [1, 1],
        [1, 2],
      ]),
    ).toThrow(RangeError);
  });

  it('orders least, median and greatest', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true }), { minLength: 1 }), (values) => {
        const { min, max, median: middle } = summarize(values);
        expect(min).toBe(percentile(values, 0));
        expect(values.every((value) => value >= min && value <= max)).toBe(true);
        expect(middle >= min && middle <= max).toBe(true);
      }),
    );
  });
});

describe('samples', () => {
  it('go through all programs, each once, where they fit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 800 }), (count) => {
        const seen = upTo(5).flatMap((round) => sampleOf(upTo(count), round, 5));
        expect(seen.sort((a, b) => a - b)).toEqual(upTo(count));
      }),
    );
  });

  it('stay small, and are never empty', () => {
    expect(sampleOf(upTo(10_000), 0, 5)).toHaveLength(159);
    expect(sampleOf([7], 3, 9)).toEqual([7]);
  });

  it('are thinned out evenly', () => {
    expect(thinOut(upTo(10), 5)).toEqual([0, 2, 4, 6, 8]);
    expect(thinOut(upTo(3), 100)).toEqual([0, 1, 2]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), (all, wanted) => {
        expect(thinOut(upTo(all), wanted)).toHaveLength(Math.min(all, wanted));
      }),
    );
  });
});

describe('rounds', () => {
  it('take the rows in turn, do not count the first, and drop a figure that a round lacks', async () => {
    const order: string[] = [];
    const row = (name: string): Scenario => ({
      name,
      about: '',
      units: { rate: '1/s', absent: 'ms' },
      open: () => ({
        round() {
          order.push(name);
          return Promise.resolve({ rate: order.length });
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
    });
    const rows = [row('a'), row('b')];
    const entrants = await Promise.all(
      rows.map(async (scenario) => ({ scenario, runner: await scenario.open(WORKLOAD) })),
    );
    const series = await runRounds(entrants, [ITEM], { rounds: 2, seconds: 0 }, () => {});
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(figuresOf(rows, series)).toEqual([
      { name: 'a.rate', about: '', unit: '1/s', median: 4, min: 3, max: 5, values: [3, 5] },
      { name: 'b.rate', about: '', unit: '1/s', median: 5, min: 4, max: 6, values: [4, 6] },
    ]);
  });
});

describe('aims', () => {
  it('speak of figures that some row measures', () => {
    const known = SCENARIOS.flatMap(({ name, units }) => Object.keys(units).map((figure) => figureName(name, figure)));
    for (const { figure, per } of AIMS) {
      expect(known).toContain(figure);
      if (per !== undefined) expect(known).toContain(per);
    }
  });

  it('divide round by round, and leave out what was not measured', () => {
    const series = new Map([
      ['a', [6, 8, Number.NaN]],
      ['b', [2, 0.5, 1]],
    ]);
    expect(valuesOf({ figure: 'a', per: 'b' }, series)).toEqual([3, 16]);
    expect(valuesOf({ figure: 'a' }, series)).toEqual([6, 8]);
    expect(valuesOf({ figure: 'a', per: 'c' }, series)).toEqual([]);
    expect(comparisonsOf(series)).toEqual([]);
  });

  it('are met at the bound and missed beyond it', () => {
    expect([0.99, 1, 1.01].map((value) => meets({ atLeast: 1 }, value))).toEqual([false, true, true]);
    expect([349, 350, 351].map((value) => meets({ atMost: 350 }, value))).toEqual([true, true, false]);
    expect(meets({}, 1)).toBeNull();
  });
});
