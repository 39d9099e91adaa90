import { describe, expect, it } from 'vitest';
import { VerifyRequest } from '../../../../core/verdict.ts';
import { useEngine } from '../engine.ts';

const engine = useEngine();

const judge = async (source: string, claim: object, world: object, call = 'f()') =>
  await engine.assay.verify(
    VerifyRequest.parse({ program: { source, entry: { call }, world }, claim, options: { budget: { ms: 8_000 } } }),
  );
const returns = (repr: string) => ({ kind: 'output', returns: repr });

const DICE = 'import random\ndef f():\n    return random.randint(1, 6) + random.randint(1, 6)\n';
const chance = { unknown: ['random'] };

describe('a claim in a world where chance is unknown', () => {
  it('is verified where some seed makes it right, which is given', async () => {
    const verdict = await judge(DICE, returns('7'), chance);
    expect(verdict.status).toBe('verified');
    const world = verdict.witness?.world ?? {};
    expect(world.unknown).toBeUndefined();
    const again = await judge(DICE, returns('7'), world);
    expect(again).toMatchObject({ status: 'verified', witness: null });
  });

  it('is refuted where no value makes it right', async () => {
    const verdict = await judge(DICE, returns('13'), chance);
    expect(verdict).toMatchObject({ status: 'refuted', proof: { complete: true, bounds: [], restrictions: [] } });
  });

  it('is refuted on every path', async () => {
    const source =
      "import random\ndef f():\n    if random.randint(0, 9) > 4:\n        return 'high'\n    return 'low'\n";
    expect(await judge(source, returns("'middle'"), chance)).toMatchObject({ status: 'refuted' });
    expect(await judge(source, returns("'high'"), chance)).toMatchObject({ status: 'verified' });
    expect(await judge(source, returns("'low'"), chance)).toMatchObject({ status: 'verified' });
    expect(await judge(source, { kind: 'output', raises: 'ValueError' }, chance)).toMatchObject({ status: 'refuted' });
  });

  it.each([
    ['a float', 'import random\ndef f():\n    return random.random() > 0.999999\n', 'True'],
    ['a generator of its own', 'import random\ndef f():\n    return random.Random().randint(1, 10**9)\n', '5'],
    ['an argument by name', 'import random\ndef f():\n    return random.randint(a=1, b=10**9)\n', '5'],
    ['bytes', 'import random\ndef f():\n    return random.randbytes(4)\n', "b'abcd'"],
    ['a rare value', 'import random\ndef f():\n    return random.randint(1, 10**9)\n', '5'],
  ])('is not refuted where it rests on %s', async (_, source, repr) => {
    expect(await judge(source, returns(repr), chance)).toMatchObject({ status: 'inconclusive' });
  });

  it('of the lines that run is verified in another world, and never refuted', async () => {
    const source = 'import random\ndef f():\n    if random.randint(0, 9) > 4:\n        return 1\n    return 0\n';
    for (const line of [4, 5]) {
      expect(await judge(source, { kind: 'path', line, reached: true }, chance)).toMatchObject({ status: 'verified' });
    }
    const impossible = await judge(source, { kind: 'path', lines: [5] }, chance);
    expect(impossible).toMatchObject({ status: 'inconclusive', reason: 'nondeterministic' });
  });
});

describe('a claim in a world where standard input is unknown', () => {
  const source = "def f():\n    name = input()\n    return 'hello' if name == 'ab' else 'who?'\n";

  it('is verified by a text that was replayed', async () => {
    const verdict = await judge(source, returns("'hello'"), { stdin: 'xy\n', unknown: ['stdin'] });
    expect(verdict).toMatchObject({ status: 'verified', witness: { world: { stdin: 'ab\n' } } });
  });

  it('is never refuted: other inputs may be longer', async () => {
    const verdict = await judge(source, returns("'bye'"), { stdin: 'xy\n', unknown: ['stdin'] });
    expect(verdict).toMatchObject({ status: 'inconclusive', reason: 'bounded' });
  });
});

describe('a claim in a world where the clock is unknown', () => {
  const source = 'import time\ndef f():\n    return time.time_ns() // 10**9 > 2_000_000_000\n';

  it('is verified at a time that was replayed', async () => {
    const verdict = await judge(source, returns('True'), { unknown: ['clock'] });
    expect(verdict.status).toBe('verified');
    expect(Date.parse(verdict.witness?.world?.clock ?? '')).toBeGreaterThan(2e12 - 1000);
  });

  it('is not refuted where the clock is read in another way', async () => {
    const dates = 'import datetime\ndef f():\n    return datetime.datetime.now().year\n';
    expect(await judge(dates, returns('1999'), { unknown: ['clock'] })).toMatchObject({ status: 'inconclusive' });
  });
});
