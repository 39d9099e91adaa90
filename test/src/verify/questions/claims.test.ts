import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim } from '../../../../core/claim.ts';
import type { VerifyOptions } from '../../../../core/verdict.ts';
import { createAssay } from '../../../../src/verify/assay.ts';

const assay = createAssay({ workers: 2, python: ['3.14'] });
// A first start ever makes the interpreter’s image.
beforeAll(() => assay.ready(), 120_000);
afterAll(() => assay.close());

function ask(source: string, claim: Claim, options: Partial<VerifyOptions> = {}, call?: string) {
  const program = { source, ...(call !== undefined && { entry: { call } }) };
  return assay.verify({ program, claim, options: options as VerifyOptions });
}

const always = (ensures: string, params: Record<string, string> = { x: 'int' }, requires?: string): Claim => ({
  kind: 'always',
  function: 'f',
  params,
  ensures,
  ...(requires !== undefined && { requires }),
});
const equivalent = (other: string, params: Record<string, string> = { x: 'int' }, except?: string): Claim => ({
  kind: 'equivalent',
  function: 'f',
  other,
  params,
  ...(except !== undefined && { except }),
});

describe('a property for all inputs', () => {
  it('is proved where every path keeps it', async () => {
    const verdict = await ask(
      'def f(x):\n    if x < 0:\n        return -x\n    return x\n',
      always('result >= 0 and (result == x or result == -x)'),
    );
    expect(verdict).toMatchObject({ status: 'verified', witness: null });
    expect(verdict.proof).toMatchObject({ bounds: [], restrictions: [], paths: 2, complete: true });
    expect(verdict.proof?.smtlib).toContain('(check-sat)');
  });

  it('is refuted by an input that no seed is near', async () => {
    const source = 'def f(x):\n    if x * 7 - 3 == 86_419_751:\n        return -1\n    return 1\n';
    // 7 does not divide 86419754, so that no input gets there.
    expect(await ask(source, always('result > 0'))).toMatchObject({ status: 'verified' });
    const verdict = await ask(source.replace('86_419_751', '86_419_750'), always('result > 0'));
    expect(verdict).toMatchObject({ status: 'refuted', witness: { call: 'f(12345679)' } });
  });

  it('is bounded where lengths are', async () => {
    const claim = always('result >= 0', { s: 'str' });
    const source = 'def f(s):\n    return len(s)\n';
    expect(await ask(source, claim)).toMatchObject({ status: 'inconclusive', reason: 'bounded' });
    const accepted = await ask(source, claim, { bounded: 'accept' });
    expect(accepted).toMatchObject({ status: 'verified', proof: { bounds: ['len(s) <= 6'] } });
  });

  it.each(['False', 'len([x]) > 3', 'x != x'])('is vacuous where the precondition is %s', async (requires) => {
    const verdict = await ask('def f(x):\n    return x\n', always('True', { x: 'int' }, requires));
    expect(verdict).toMatchObject({ status: 'inconclusive', reason: 'vacuous' });
  });

  it('is vacuous where no input meets the precondition', async () => {
    const verdict = await ask('def f(x):\n    return x\n', always('False', { x: 'int' }, 'x > 3 and x < 2'));
    expect(verdict).toMatchObject({ status: 'inconclusive', reason: 'vacuous' });
  });

  it('is broken by an exception', async () => {
    const verdict = await ask('def f(x):\n    return 10 // (x - 7)\n', always('True'));
    expect(verdict).toMatchObject({
      status: 'refuted',
      witness: { call: 'f(7)', observed: 'raises ZeroDivisionError' },
    });
  });

  it.each([
    ['a function that is not there', 'def g(x):\n    return x\n', always('True')],
    ['text that is no Python', 'def f(x:\n', always('True')],
    ['a type that nobody knows', 'def f(x):\n    return x\n', always('True', { x: 'Widget' })],
    ['parameters of other names', 'def f(x):\n    return x\n', always('True', { y: 'int' })],
  ])('is inconclusive for %s', async (_, source, claim) => {
    expect(await ask(source, claim)).toMatchObject({ status: 'inconclusive', reason: 'unsupported' });
  });

  it('ends within its budget on a program with more paths than anybody can run', async () => {
    const source = `def f(x):\n    n = 0\n${Array.from({ length: 40 }, (_, bit) => `    if x // ${2 ** bit} % 2 == 1:\n        n += 1\n`).join('')}    return n\n`;
    const verdict = await ask(source, always('result <= 40', { x: 'int' }), {
      budget: { ms: 4000, steps: 100_000 },
    });
    expect(verdict).toMatchObject({ status: 'inconclusive' });
    expect(verdict.timings_ms.total).toBeLessThan(40_000);
  });
});

/** What other tools of this kind have got wrong. Each has the answers that are right; anything else is a wrong verdict. */
describe('traps', () => {
  const refuted = ['refuted'];
  const neverProved = ['refuted', 'inconclusive'];
  it.each<[string, string, Claim, readonly string[]]>([
    [
      '2**x is a float for x = -1',
      'def f(x):\n    return 2 ** x\n',
      always('type(result) is int', { x: 'int' }, '-9 < x < 9'),
      refuted,
    ],
    [
      'float(x) == x fails at 2**53+1',
      'def f(x):\n    return float(x) == x\n',
      always('result', { x: 'int' }),
      neverProved,
    ],
    ['x**-1 raises at 0', 'def f(x):\n    return x ** -1\n', always('True'), refuted],
    [
      '2**53+1 is no float',
      'def f(x):\n    return x == 2.0 ** 53\n',
      always('not result', { x: 'int' }, 'x > 2**53 - 1'),
      neverProved,
    ],
    [
      '| is not +',
      'def f(x, y):\n    return x | y\n',
      equivalent('def f(x, y):\n    return x + y\n', { x: 'int', y: 'int' }),
      refuted,
    ],
    [
      '// is not truncation',
      'def f(x):\n    return x // 3\n',
      equivalent('def f(x):\n    return int(x / 3)\n'),
      refuted,
    ],
    [
      '% has the sign of the divisor',
      'def f(x):\n    return x % 5\n',
      always('-5 < result < 5 and result >= 0'),
      ['verified', 'inconclusive'],
    ],
    [
      'negative indices',
      'def f(xs):\n    return xs[-1]\n',
      equivalent('def f(xs):\n    return xs[len(xs) - 1]\n', { xs: 'list[int]' }),
      ['inconclusive'],
    ],
    [
      'an index before the start',
      'def f(xs):\n    return xs[-2]\n',
      equivalent('def f(xs):\n    return xs[len(xs) - 2]\n', { xs: 'list[int]' }),
      refuted,
    ],
    [
      'a negative step',
      'def f(s):\n    return s[::-1]\n',
      equivalent('def f(s):\n    return s[len(s)::-1]\n', { s: 'str' }),
      ['inconclusive'],
    ],
    [
      'replace with an empty pattern',
      "def f(s):\n    return s.replace('', '-')\n",
      equivalent("def f(s):\n    return s if s else '-'\n", { s: 'str' }),
      refuted,
    ],
    ['ß grows', 'def f(s):\n    return len(s.upper())\n', always('result == len(s)', { s: 'str' }), neverProved],
    [
      'digits of other scripts',
      'def f(s):\n    return int(s) if s.isdigit() else -1\n',
      equivalent("def f(s):\n    return int(s) if s and all(c in '0123456789' for c in s) else -1\n", { s: 'str' }),
      neverProved,
    ],
    [
      'True is not 1 to look at',
      'def f(x):\n    return x == 1\n',
      equivalent('def f(x):\n    return 1 if x == 1 else 0\n'),
      refuted,
    ],
    ['-0.0 is not 0.0', 'def f(x):\n    return 0.0 * x\n', equivalent('def f(x):\n    return 0.0\n'), neverProved],
    ['nan is not itself', 'def f(x):\n    return x == x\n', always('result', { x: 'float' }), refuted],
    [
      'a chain asks its middle once',
      'def f(x):\n    seen = []\n    def m():\n        seen.append(1)\n        return x\n    0 < m() < 9\n    return len(seen)\n',
      always('result == 1'),
      ['verified', 'inconclusive'],
    ],
    ['`is` on small ints', 'def f(x):\n    return (x + 0) is x\n', always('result'), neverProved],
    [
      'a default that is changed',
      'def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)\n',
      equivalent('def f(x, seen=None):\n    return 1\n'),
      ['verified', 'inconclusive', 'refuted'],
    ],
  ])('%s', async (_, source, claim, right) => {
    const { status, reason } = await ask(source, claim);
    expect(right, `${status} ${reason ?? ''}`).toContain(status);
  });
});

describe('two versions', () => {
  it('are equivalent where every pair of paths agrees', async () => {
    const verdict = await ask(
      'def f(x):\n    return x * 2 if x > 3 else x + x\n',
      equivalent('def f(x):\n    return x << 1\n'),
    );
    expect(verdict).toMatchObject({ status: 'verified', proof: { complete: true, bounds: [] } });
  });

  it.each([
    ['the value', 'def f(x):\n    return x + 1\n', 'def f(x):\n    return x + (2 if x == 77_123 else 1)\n'],
    ['its type', 'def f(x):\n    return x // 1\n', 'def f(x):\n    return x / 1 if x == 5 else x\n'],
    [
      'the exception',
      "def f(x):\n    if x > 1000:\n        raise ValueError('x')\n    return x\n",
      "def f(x):\n    if x > 1000:\n        raise KeyError('x')\n    return x\n",
    ],
    ['what is printed', 'def f(x):\n    if x == 4321:\n        print(x)\n    return x\n', 'def f(x):\n    return x\n'],
  ])('differ in %s', async (_, first, second) => {
    const verdict = await ask(first, equivalent(second));
    expect(verdict.status).toBe('refuted');
    expect(verdict.witness?.observed).not.toBe(verdict.witness?.other);
  });

  it('differ in what they do to an argument', async () => {
    const verdict = await ask(
      'def f(xs):\n    return sorted(xs)\n',
      equivalent('def f(xs):\n    xs.sort()\n    return list(xs)\n', { xs: 'list[int]' }),
    );
    expect(verdict).toMatchObject({ status: 'refuted' });
  });

  it('may differ where the claim says so', async () => {
    const claim = equivalent('def f(x):\n    return 0 if x < 0 else x\n', { x: 'int' }, 'x < 0');
    expect(await ask('def f(x):\n    return x\n', claim)).toMatchObject({ status: 'verified' });
  });
});

describe('an input that is searched for', () => {
  it('is found and replayed', async () => {
    const verdict = await ask('def f(x: int):\n    return x * 3 + 4\n', { kind: 'input', returns: '370375' });
    expect(verdict).toMatchObject({ status: 'verified', witness: { call: 'f(123457)', observed: '370375' } });
  });

  it('is refuted where the function declares its types and no input gives the output', async () => {
    const verdict = await ask('def f(x: int):\n    return x * 3 + 4\n', { kind: 'input', returns: '6' });
    expect(verdict).toMatchObject({ status: 'refuted', proof: { complete: true, bounds: [] } });
  });

  it('is not refuted where types were guessed', async () => {
    const verdict = await ask('def f(x):\n    return x * 3 + 4\n', { kind: 'input', returns: '6' });
    expect(verdict).toMatchObject({ status: 'inconclusive' });
  });
});

describe('the path of a claim', () => {
  const check = { path: 'check' as const };
  const source =
    'def f(n):\n    if n % 3 == 0:\n        return 1\n    if n > 5 and n < 3:\n        return 2\n    return 3\n';

  it('is taken', async () => {
    const { path } = await ask(source, { kind: 'path', line: 6, reached: true }, check, 'f(5)');
    expect(path).toMatchObject({ status: 'taken', exact: true });
    expect(path?.conditions[0]).toEqual({ line: 2, text: 'n % 3 == 0', taken: false });
  });

  it('is possible for another input, which is given', async () => {
    const { status, path } = await ask(source, { kind: 'path', line: 3, reached: true }, check, 'f(5)');
    expect(status).toBe('refuted');
    expect(path?.status).toBe('feasible');
    const n = Number(/^f\((-?\d+)\)$/.exec(path?.witness?.call ?? '')?.[1]);
    expect(n % 3).toBeCloseTo(0);
    expect(path?.explanation).toContain('line 2');
  });

  it('is that of the nearest input', async () => {
    const far = 'def f(n, m):\n    if n % 100 == 7 and m > 3:\n        return 1\n    return 0\n';
    const { path } = await ask(far, { kind: 'path', line: 3, reached: true }, check, 'f(5, 9)');
    expect(path).toMatchObject({ status: 'feasible', witness: { call: 'f(7, 9)' } });
  });

  it('may need an input of another length', async () => {
    const counting = 'def f(s):\n    n = 0\n    for c in s:\n        n += 1\n    return n\n';
    const { path } = await ask(counting, { kind: 'path', lines: [2, 3, 4, 3, 4, 3, 5] }, check, "f('x')");
    expect(path).toMatchObject({ status: 'feasible', explanation: expect.stringContaining('shape') });
    const endless = await ask(counting, { kind: 'path', lines: [2, 3, 4, 5] }, check, "f('x')");
    expect(endless.path).toMatchObject({ status: 'unknown', reason: expect.stringContaining('len(s) <= ') });
  });

  it('is unknown where inputs of the kind cannot be made', async () => {
    const bytes = 'def f(b):\n    if len(b) == 3:\n        return 1\n    return 0\n';
    const { path } = await ask(bytes, { kind: 'path', line: 3, reached: true }, check, "f(b'x')");
    expect(path?.status).toBe('unknown');
  });

  it('is impossible, and the clash is named', async () => {
    const { path } = await ask(source, { kind: 'path', line: 5, reached: true }, check, 'f(5)');
    expect(path).toMatchObject({ status: 'infeasible', core: [4] });
  });

  it('of a wrong trace is told from a wrong value', async () => {
    const { frames = [] } = await assay.trace({ program: { source, entry: { call: 'f(5)' } } });
    const wrong = frames.map((frame) => (frame.event === 'return' ? { ...frame, arg: '4' } : frame));
    const { status, path } = await ask(source, { kind: 'trace', format: 'json', frames: wrong }, check, 'f(5)');
    expect([status, path?.status]).toEqual(['corrected', 'taken']);
  });
});

describe('halting', () => {
  it('is shown by a run that ends', async () => {
    const source = 'def f(n):\n    while n > 0:\n        n -= 1\n';
    expect(await ask(source, { kind: 'halts', halts: true }, {}, 'f(9)')).toMatchObject({ status: 'verified' });
    expect(await ask(source, { kind: 'halts', halts: false }, {}, 'f(9)')).toMatchObject({ status: 'refuted' });
  });
});
