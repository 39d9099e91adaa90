import { describe, expect, it } from 'vitest';
import { loadCruxeval, WITHOUT_CRUXEVAL } from '../../../src/verify/cruxeval.ts';
import { randomFrom } from './mutated-inputs.ts';
import { checkPath, type PathReport } from './path-exactness.ts';
import { useShadowRuns } from './shadow-runs.ts';

describe('path conditions of programs of CRUXEval', () => {
  const runs = useShadowRuns('3.14');

  it('hold for other arguments exactly where these take the same path', { timeout: 120_000 }, async ({ skip }) => {
    if (WITHOUT_CRUXEVAL !== undefined) return skip(WITHOUT_CRUXEVAL);
    const random = randomFrom(3);
    const reports: PathReport[] = [];
    for (const { code, input } of loadCruxeval().filter((_, index) => index % 16 === 5)) {
      reports.push(await checkPath(runs, { source: `${code}\n`, input }, 8, random));
    }
    expect(reports.flatMap(({ wrong, violations }) => [...wrong, ...violations])).toEqual([]);
    const followed = reports.filter(({ tag }) => tag === 'exact' || tag === 'restricted');
    expect(followed.length).toBeGreaterThan(0.9 * reports.length);
    expect(reports.reduce((sum, { met }) => sum + met, 0)).toBeGreaterThan(20);
  });
});
