import { describe, expect, it } from 'vitest';
import { SparseClaim } from '../../../core/claim.ts';
import { compareSparse } from '../../../core/compare/sparse.ts';
import type { PlatformUse } from '../../../core/trace.ts';
import { HALTED, shortRun } from './written-run.ts';

describe('compareSparse', () => {
  const sparse = (states: readonly object[], truth = shortRun()) =>
    compareSparse(SparseClaim.parse({ kind: 'sparse', states }), truth);

  it('agrees where every state does, whatever the other locals are', () => {
    const states = [
      { line: 2, locals: { n: '2' } },
      { line: 2, hit: 2, locals: { n: '3' } },
      { line: 6, locals: { x: '2' } },
      { line: 4, locals: {} },
    ];
    expect(sparse(states)).toMatchObject({ result: 'agrees', divergence: null, checked: 4, matched: 4 });
  });

  it('takes the calls of a def line that never runs itself', () => {
    expect(sparse([{ line: 5, locals: { x: '2' } }]).result).toBe('agrees');
  });

  it('names the first state that differs', () => {
    const comparison = sparse([
      { line: 2, locals: { n: '2' } },
      { line: 2, hit: 2, locals: { n: '4', s: '[]' } },
      { line: 3, locals: { n: '2' } },
    ]);
    expect(comparison).toMatchObject({ result: 'differs', checked: 3, matched: 2 });
    expect(comparison.divergence).toMatchObject({
      frame: 1,
      kind: 'value',
      line: 2,
      message: 'before line 2, time 2, `n` is 3, predicted 4',
      variables: [{ name: 'n', type: 'int', predicted: '4', observed: '3' }, { name: 's' }],
    });
  });

  it('misses a name that is not there', () => {
    expect(sparse([{ line: 3, locals: { t: '1' } }]).divergence).toMatchObject({
      kind: 'keys',
      message: 'before line 3 there is no `t`, predicted 1',
    });
  });

  it.each([
    [7, 1, 'line 7 never runs'],
    [2, 3, 'line 2 runs 2 times, not 3'],
  ])('differs where line %i is not hit a %ith time', (line, hit, message) => {
    expect(sparse([{ line, hit, locals: {} }])).toMatchObject({
      result: 'differs',
      divergence: { kind: 'action', message },
    });
    expect(sparse([{ line, hit, locals: {} }], shortRun({ outcome: HALTED }))).toMatchObject({
      result: 'unfinished',
      matched: 0,
    });
  });

  it('shows a difference that was seen before the run was stopped', () => {
    const states = [
      { line: 7, locals: {} },
      { line: 2, locals: { n: '0' } },
    ];
    expect(sparse(states, shortRun({ outcome: HALTED }))).toMatchObject({
      result: 'differs',
      divergence: { frame: 1 },
    });
  });

  it('excuses the order of a set, and nothing beside it', () => {
    const platform: PlatformUse = { sets: true, words: false };
    const reordered = { line: 3, locals: { s: "['b', 'a']", n: '2' } };
    expect(sparse([reordered], shortRun({ platform })).result).toBe('platform');
    expect(sparse([reordered]).result).toBe('differs');
    expect(sparse([{ line: 3, locals: { s: "['b', 'a']", n: '1' } }], shortRun({ platform })).result).toBe('differs');
    expect(sparse([reordered, { line: 7, locals: {} }], shortRun({ platform })).result).toBe('differs');
  });
});
