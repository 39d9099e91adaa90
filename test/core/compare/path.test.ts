import { describe, expect, it } from 'vitest';
import { comparePath } from '../../../core/compare/path.ts';
import { HALTED, shortRun } from './written-run.ts';

describe('comparePath', () => {
  const path = (claim: object, truth = shortRun()) => comparePath({ kind: 'path', ...claim }, truth);

  it.each([
    [6, true, 'agrees'],
    [5, true, 'agrees'],
    [7, false, 'agrees'],
    [7, true, 'differs'],
    [6, false, 'differs'],
  ])('line %i reached: %s', (line, reached, result) => {
    expect(path({ line, reached }).result).toBe(result);
  });

  it('cannot say that a line is not reached after a run was stopped', () => {
    const truth = shortRun({ outcome: HALTED });
    expect(path({ line: 7, reached: false }, truth).result).toBe('unfinished');
    expect(path({ line: 7, reached: true }, truth).result).toBe('unfinished');
    expect(path({ line: 6, reached: false }, truth).result).toBe('differs');
  });

  it.each([
    [[2, 6, 3, 2, 4], 'agrees', undefined, undefined],
    [[2, 6, 3, 4], 'differs', 'action', 3],
    [[2, 6, 3, 2], 'differs', 'short', 4],
    [[2, 6, 3, 2, 4, 4], 'differs', 'extra', 5],
  ])('lines %j: %s', (lines, result, kind, index) => {
    const comparison = path({ lines });
    expect(comparison.result).toBe(result);
    expect(comparison.divergence?.kind).toBe(kind);
    expect(comparison.divergence?.frame).toBe(index);
  });

  it('of a run that was stopped decides up to there', () => {
    const truth = shortRun({ outcome: HALTED });
    expect(path({ lines: [2, 6, 3, 2, 4, 9] }, truth).result).toBe('unfinished');
    expect(path({ lines: [2, 6, 3, 2, 4] }, truth).result).toBe('unfinished');
    expect(path({ lines: [2, 7] }, truth).result).toBe('differs');
  });
});
