import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRewarder } from '../../src/reward/rewarder.ts';
import { type Assay, createAssay } from '../../src/verify/assay.ts';
import { loadAttacks } from './corpus.ts';
import { gainOf } from './reward-trial.ts';

/** All of them take minutes: `npm run attacks`. The classes P1 to P10 are those of the claims. */
const sample = loadAttacks().filter(
  ({ kind, python }, index) => python.includes('3.10') && (kind[0] === 'P' || index % 12 === 0),
);

describe('attacks in training', () => {
  let assay: Assay;
  beforeAll(async () => {
    assay = createAssay({ workers: 2, python: ['3.10'], queue: 16, sharing: {} });
    await assay.ready();
  });
  afterAll(() => assay.close());

  it.each(sample)('$name earns no more than an honest mistake', async (attack) => {
    expect(await gainOf(createRewarder(assay), attack, '3.10')).toBeUndefined();
  });
});
