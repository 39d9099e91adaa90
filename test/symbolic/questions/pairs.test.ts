import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VerifyRequest } from '../../../core/verdict.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import { loadPairs } from './pairs.ts';

const pairs = loadPairs();
/** Enough for most, and an honest `inconclusive` for the others. */
const budget = { ms: 1_500, rlimit: 1_000_000 };

describe('pairs of versions', () => {
  let assay: Assay;
  beforeAll(async () => {
    assay = createAssay({ workers: 2, python: ['3.14'] });
    await assay.ready();
  });
  afterAll(() => assay.close());

  it('are many of both kinds', () => {
    expect(pairs.filter(({ same }) => same).length).toBeGreaterThanOrEqual(35);
    expect(pairs.filter(({ same }) => !same).length).toBeGreaterThanOrEqual(35);
  });

  it.each(pairs)('$name', { timeout: 60_000 }, async ({ source, other, params, same }) => {
    const claim = { kind: 'equivalent', function: 'f', params, other };
    const program = { source, python: '3.14' };
    const request = VerifyRequest.parse({ program, claim, options: { budget } });
    const { status, witness } = await assay.verify(request);
    expect(['inconclusive', same ? 'verified' : 'refuted']).toContain(status);
    if (status === 'refuted') expect(witness?.observed).not.toBe(witness?.other);
  });
});
