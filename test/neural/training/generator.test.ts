import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../neural/training/generator/fingerprint.ts';
import { generateProgram } from '../../../neural/training/generator/program.ts';
import { Random } from '../../../neural/training/generator/random.ts';

describe('generateProgram', () => {
  it('gives the same text for the same seed, and others for others', () => {
    const texts = Array.from({ length: 50 }, (_, seed) => generateProgram(seed, 0.6));
    expect(Array.from({ length: 50 }, (_, seed) => generateProgram(seed, 0.6))).toEqual(texts);
    expect(new Set(texts).size).toBe(50);
  });

  it('grows with the grade', () => {
    const lines = (grade: number) =>
      Array.from({ length: 40 }, (_, seed) => generateProgram(seed, grade).split('\n').length).reduce((a, b) => a + b);
    expect(lines(1)).toBeGreaterThan(2 * lines(0));
  });
});

describe('fingerprint', () => {
  const source = 'def f(a, b):\n    total = a + 12  # sum\n    return b.strip("x") + total\n';

  it('is the same for twins', () => {
    const twin = "def g(one, two):\n    x = one + 3\n    return two.strip( 'y' ) + x\n";
    expect(fingerprint(twin)).toBe(fingerprint(source));
  });

  it.each([
    ['another operator', source.replace('a + 12', 'a - 12')],
    ['another method', source.replace('strip', 'lstrip')],
    ['names in other places', source.replace('a + 12', 'b + 12')],
    ['other nesting', source.replace('    return', '        return')],
    ['a literal in place of a name', source.replace('a + 12', '1 + 12')],
  ])('differs for %s', (_what, other) => {
    expect(fingerprint(other)).not.toBe(fingerprint(source));
  });
});

describe('Random', () => {
  it('keeps to bounds and weights', () => {
    const random = new Random(7);
    const rolls = random.times(2000, () => random.integer(1, 6));
    expect(new Set(rolls)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    const heavy = random
      .times(2000, () =>
        random.weighted([
          [9, 'a'],
          [1, 'b'],
          [0, 'c'],
        ]),
      )
      .filter((x) => x === 'a');
    expect(heavy.length).toBeGreaterThan(1650);
    expect(heavy.length).toBeLessThan(1950);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
