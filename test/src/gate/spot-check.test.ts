import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseForSpotCheck } from '../../../src/gate/spot-check.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `result-${index}`);

describe('the choice of a spot check', () => {
  it('depends on ids and seed alone, not on their order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.string({ minLength: 8 }),
        (names, share, seed) => {
          const chosen = chooseForSpotCheck(names, share, seed);
          expect(chosen).toEqual(chooseForSpotCheck([...names].reverse(), share, seed));
          expect(chosen.size).toBe(Math.max(1, Math.ceil(share * names.length - 1e-9)));
        },
      ),
    );
  });

  it('takes no more than the share where a product of floats lies above it', () => {
    expect(chooseForSpotCheck(ids(100), 0.07, 'a fixed seed').size).toBe(7);
  });

  it('another seed chooses others, and each result is chosen about as often', () => {
    const names = ids(40);
    const counts = new Map(names.map((name) => [name, 0]));
    const rounds = 2000;
    for (let round = 0; round < rounds; round++) {
      for (const id of chooseForSpotCheck(names, 0.25, `seed number ${round}`)) {
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    // 500 expected with a standard deviation of 19.4: six of them on either side.
    for (const count of counts.values()) expect(Math.abs(count - rounds / 4)).toBeLessThan(117);
  });
});
