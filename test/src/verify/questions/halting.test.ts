import { describe, expect, it } from 'vitest';
import { VerifyRequest } from '../../../../core/verdict.ts';
import { haltsCases } from '../../../symbolic/halts/cases.ts';
import { useEngine } from '../engine.ts';

const engine = useEngine();
const budget = { steps: 20_000, ms: 10_000 };

const judge = async (source: string, call: string, halts: boolean) =>
  await engine.assay.verify(
    VerifyRequest.parse({ program: { source, entry: { call } }, claim: { kind: 'halts', halts }, options: { budget } }),
  );

describe('a claim that a run ends', () => {
  it.each(haltsCases().filter(({ entry, halts }) => entry.includes('(') && halts !== 'unknown'))(
    '$name: $halts',
    async ({ source, entry, halts }) => {
      const { status } = await judge(source, entry, true);
      expect(['inconclusive', halts === 'yes' ? 'verified' : 'refuted']).toContain(status);
    },
  );

  it('is settled by a measure that goes down where the run is too long', async () => {
    const source = 'def f(n):\n    while n > 0:\n        n -= 1\n    return n\n';
    const { status, message, proof } = await judge(source, 'f(10**6)', true);
    expect({ status, message }).toMatchObject({ status: 'inconclusive' });
    const literal = await judge(source, 'f(1000000)', true);
    expect(literal).toMatchObject({ status: 'verified', reason: null, proof: { complete: true, bounds: [] } });
    expect(literal.proof?.certificate).toContain('line 2');
    expect(proof).toBeNull();
  });

  it('is settled by states that are never left', async () => {
    const source = 'def f(n):\n    while n != 0:\n        n -= 2\n    return n\n';
    const { status, message, proof } = await judge(source, 'f(7)', false);
    expect(status).toBe('verified');
    expect(message).toMatch(/^the run never ends: line 2 is reached with/);
    expect(proof?.smtlib).toContain('; expected: unsat');
  });

  it.each([
    ['a module that does more', 'x = 1\ndef f(n):\n    while True:\n        n += x\n'],
    ['a list', 'def f(n):\n    items = []\n    while True:\n        items = [n]\n'],
    ['a call of another function', 'def g(n):\n    return n\ndef f(n):\n    while True:\n        n = g(n)\n'],
  ])('stays open where no proof is looked for: %s', async (_, source) => {
    expect(await judge(source, 'f(1)', false)).toMatchObject({ status: 'inconclusive', reason: 'budget' });
  });
});
