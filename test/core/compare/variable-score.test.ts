import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreTrace } from '../../../core/compare/score.ts';
import { compareTraces } from '../../../core/compare/trace.ts';
import { countVariables } from '../../../core/compare/variable-score.ts';
import type { ClaimedFrame } from '../../../core/frame.ts';
import type { ClaimedTrace, Trace } from '../../../core/trace.ts';
import { claimOf, runs, traceOf } from './runs.ts';
import { frame } from './written-run.ts';

const LINES = ['def f(n):', '    a = n', '    b = a', '    return b'];
const FRAMES = [
  frame('call', 1, { n: '1' }),
  frame('line', 2, { n: '1' }),
  frame('line', 3, { n: '1', a: '1' }),
  frame('line', 4, { n: '1', a: '1', b: '1' }),
  frame('return', 4, '1'),
];
const TRUTH = traceOf(FRAMES, { kind: 'returned', value: '1' });
const CLAIMED = claimOf(FRAMES, LINES, { unchanged: true }).frames;

function count(claim: ClaimedTrace, truth: Trace = TRUTH, lines: readonly string[] = LINES) {
  return countVariables(claim, truth, compareTraces(claim, truth, lines));
}
const ofFrames = (frames: readonly ClaimedFrame[]) => count({ frames, ended: true });
const withLocals = (index: number, locals: Record<string, string>) =>
  CLAIMED.map((claimed, at) => (at === index ? { ...claimed, locals: new Map(Object.entries(locals)) } : claimed));

describe('countVariables', () => {
  it('finds every variable of a right claim', () => {
    expect(ofFrames(CLAIMED)).toEqual({ variables: 7, named: 7, right: 7 });
  });

  it('counts a wrong value as named, and where `..` carries it on too', () => {
    expect(ofFrames(withLocals(2, { n: '..', a: '7' }))).toEqual({ variables: 7, named: 7, right: 5 });
  });

  it('counts a missing name as neither, and a superfluous one not at all', () => {
    expect(ofFrames(withLocals(3, { n: '1', a: '1' }))).toEqual({ variables: 7, named: 6, right: 6 });
    expect(ofFrames(withLocals(3, { n: '1', a: '1', b: '1', c: '1' }))).toEqual({ variables: 7, named: 7, right: 7 });
  });

  it('counts what a claim lacks at its end', () => {
    expect(ofFrames(CLAIMED.slice(0, 2))).toEqual({ variables: 7, named: 2, right: 2 });
    expect(ofFrames([])).toEqual({ variables: 7, named: 0, right: 0 });
  });

  it('says that a `..` which refers to nothing names a variable without a value', () => {
    expect(ofFrames(withLocals(0, { n: '..' }))).toEqual({ variables: 7, named: 7, right: 2 });
  });

  it('is everything exactly where all states are exact', () => {
    void fc.assert(
      fc.property(runs, fc.nat(), ({ truth, lines }, at) => {
        const { frames } = claimOf(truth.frames, lines, { unchanged: true });
        const left = at % (frames.length + 1);
        const claim = { frames: frames.filter((_, index) => index !== left), ended: true };
        const comparison = compareTraces(claim, truth, lines);
        const { variables, named, right } = countVariables(claim, truth, comparison);
        expect(right).toBeLessThanOrEqual(named);
        expect(named).toBeLessThanOrEqual(variables);
        if (scoreTrace(claim, truth, comparison, 0).state_exact === 1) expect(right).toBe(variables);
      }),
      { numRuns: 200 },
    );
  });
});
