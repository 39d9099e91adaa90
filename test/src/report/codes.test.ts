import { describe, expect, it } from 'vitest';
import { DIVERGENCE_KINDS } from '../../../core/divergence.ts';
import { INCONCLUSIVE_REASONS } from '../../../core/verdict.ts';
import { DIVERGENCE_CODES, INCONCLUSIVE_CODE, INCONCLUSIVE_CODES, REFUTED_CODE } from '../../../src/report/codes.ts';
import { diagnose } from '../../../src/report/diagnostic.ts';
import { closingLine, count, NO_RESULTS } from '../../../src/report/summary.ts';
import { CORRECTED, INCONCLUSIVE, VERIFIED } from './verdicts.ts';

describe('codes', () => {
  it('gives each kind and each reason a code of its own', () => {
    const codes = [
      ...DIVERGENCE_KINDS.map((kind) => DIVERGENCE_CODES[kind]),
      REFUTED_CODE,
      INCONCLUSIVE_CODE,
      ...INCONCLUSIVE_REASONS.map((reason) => INCONCLUSIVE_CODES[reason]),
    ];
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^AS\d{3}$/);
  });
});

describe('diagnostic', () => {
  it('is null for a verified claim only', () => {
    expect(diagnose(VERIFIED, 40)).toBeNull();
    expect(diagnose({ ...VERIFIED, status: 'refuted', message: 'f(-1) gives -1' }, 40)).toMatchObject({
      code: REFUTED_CODE,
      headline: 'f(-1) gives -1',
    });
    expect(diagnose({ ...INCONCLUSIVE, reason: null }, 40)?.code).toBe(INCONCLUSIVE_CODE);
  });

  it.each(DIVERGENCE_KINDS)(
    '%s has its code, and the message as its headline where there is no one variable',
    (kind) => {
      const { divergence } = CORRECTED;
      if (divergence === null) throw new Error('the verdict has a divergence');
      const found = diagnose({ ...CORRECTED, divergence: { ...divergence, kind, variables: [] } }, 40);
      expect(found).toMatchObject({ code: DIVERGENCE_CODES[kind], headline: divergence.message });
    },
  );

  it('counts the variables that it does not show', () => {
    const { divergence } = CORRECTED;
    if (divergence === null) throw new Error('the verdict has a divergence');
    const variables = Array.from({ length: 50 }, (_, i) => ({
      name: `v${i}`,
      type: 'int',
      predicted: '1',
      observed: '2',
    }));
    expect(diagnose({ ...CORRECTED, divergence: { ...divergence, variables } }, 40)?.labels.at(-1)).toBe('and 44 more');
  });
});

describe('closing line', () => {
  it('counts what there is', () => {
    const summary = count(count(count(NO_RESULTS, 'verified'), 'verified'), 'corrected');
    expect(closingLine(summary, 184.3)).toBe('Checked 3 claims: 2 verified, 1 corrected in 184 ms.');
    expect(closingLine(count(NO_RESULTS, 'errors'), 12_345)).toBe('Checked 1 claim: 1 without a verdict in 12.3 s.');
    expect(closingLine(NO_RESULTS, 0)).toBe('Checked 0 claims in 0 ms.');
  });
});
