import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostFailing } from '../../../src/gate/error-bound.ts';

function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

/** P(X ≤ failed) ≥ numerator / 1000, in whole numbers. */
function isPossible(population: number, failing: number, sample: number, failed: number, perMille: number): boolean {
  let ways = 0n;
  for (let k = 0; k <= failed; k++) ways += choose(failing, k) * choose(population - failing, sample - k);
  return ways * 1000n >= choose(population, sample) * BigInt(perMille);
}

const samples = fc
  .integer({ min: 1, max: 60 })
  .chain((population) => fc.tuple(fc.constant(population), fc.integer({ min: 1, max: population })))
  .chain(([population, sample]) =>
    fc.tuple(fc.constant(population), fc.constant(sample), fc.integer({ min: 0, max: sample })),
  );

describe('the bound of a spot check', () => {
  it('is the largest number that is possible, by exact arithmetic', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 500 }), ([population, sample, failed], perMille) => {
        let expected = failed;
        for (let failing = failed; failing <= population - sample + failed; failing++) {
          if (isPossible(population, failing, sample, failed, perMille)) expected = failing;
        }
        expect(mostFailing(population, sample, failed, 1 - perMille / 1000)).toBe(expected);
      }),
    );
  });

  it('knows everything where everything was checked, and nothing where almost nothing was', () => {
    expect(mostFailing(50, 50, 3, 0.95)).toBe(3);
    expect(mostFailing(1000, 1, 0, 0.95)).toBe(950);
  });

  it('comes near the rule of three where the population is large', () => {
    // 3 / n for no failure in n, at 95 % (Hanley and Lippman-Hand, JAMA 249, 1983); -ln 0.05 = 2.996.
    const share = mostFailing(10_000, 300, 0, 0.95) / 10_000;
    expect(share).toBeGreaterThan(0.0094);
    expect(share).toBeLessThan(0.01);
  });

  it('grows with the confidence and with what failed', () => {
    const bounds = [0.5, 0.9, 0.95, 0.99].map((confidence) => mostFailing(500, 50, 1, confidence));
    expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    expect(mostFailing(500, 50, 2, 0.95)).toBeGreaterThan(mostFailing(500, 50, 1, 0.95));
  });
});
