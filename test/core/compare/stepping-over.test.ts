import { describe, expect, it } from 'vitest';
import { compareTraces } from '../../../core/compare/trace.ts';
import type { ClaimedFrame } from '../../../core/frame.ts';
import type { Outcome } from '../../../core/trace.ts';
import { claimOf, traceOf } from './runs.ts';
import { frame } from './written-run.ts';

const LINES = ['def g(x):', '    return x', 'def f():', '    a = g(1) + g(2)', '    return a'];
const first = { function: 'g', scope: 1, depth: 1 };
const second = { function: 'g', scope: 2, depth: 1 };
const FRAMES = [
  frame('call', 3, {}),
  frame('line', 4, { k: '0' }),
  frame('call', 1, { x: '1' }, first),
  frame('line', 2, { x: '1' }, first),
  frame('return', 2, '1', first),
  frame('call', 1, { x: '2' }, second),
  frame('line', 2, { x: '2' }, second),
  frame('return', 2, '2', second),
  frame('line', 5, { k: '0', a: '3' }),
  frame('return', 5, '3'),
];
const TRUTH = traceOf(FRAMES, { kind: 'returned', value: '3' });
const CLAIMED = claimOf(FRAMES, LINES).frames;

const compare = (frames: readonly ClaimedFrame[], truth = TRUTH) =>
  compareTraces({ frames, ended: true }, truth, LINES);
const over = CLAIMED.toSpliced(2, 6);

describe('calls without a frame of theirs', () => {
  it('are stepped over, all those of one line', () => {
    const { result, steppedOver, alignment, matched } = compare(over);
    expect({ result, steppedOver, matched }).toEqual({ result: 'agrees', steppedOver: 6, matched: 4 });
    expect([...alignment]).toEqual([0, 1, 8, 9]);
  });

  it('reset `..` or not, as the claim has it', () => {
    const unchanged = over.with(2, {
      ...over[2],
      events: ['line'],
      locals: new Map([
        ['k', '..'],
        ['a', '3'],
      ]),
    });
    expect(compare(unchanged).result).toBe('agrees');
  });

  it('hide no error behind them', () => {
    const wrong = over.with(2, {
      ...over[2],
      events: ['line'],
      locals: new Map([
        ['k', '0'],
        ['a', '4'],
      ]),
    });
    expect(compare(wrong).divergence).toMatchObject({
      kind: 'value',
      frame: 2,
      line: 5,
      message: 'after line 4 `a` is 3, predicted 4',
    });
    const elsewhere = over.with(2, { ...over[2], events: ['line'], source: '    pass' });
    expect(compare(elsewhere).divergence).toMatchObject({ kind: 'event', frame: 2, line: 1 });
  });

  it('are not left out in part', () => {
    for (const kept of [[2, 3, 4], [5, 6, 7], [2], [4], [7]]) {
      const partly = CLAIMED.filter((_, index) => index < 2 || index > 7 || kept.includes(index));
      expect(compare(partly).result).not.toBe('agrees');
    }
  });

  it('may end in an exception of the caller', () => {
    const frames = [...FRAMES.slice(0, 5), frame('exception', 4, 'E'), frame('return', 4, 'None')];
    const truth = traceOf(frames, { kind: 'raised', type: 'E', message: '' });
    expect(compare(claimOf(frames, LINES).frames.toSpliced(2, 3), truth)).toMatchObject({
      result: 'agrees',
      steppedOver: 3,
    });
  });

  it('that never end decide nothing', () => {
    const halted: Outcome = { kind: 'halted', reason: 'steps', detail: '' };
    expect(compare(over, traceOf(FRAMES.slice(0, 4), halted)).result).toBe('unfinished');
  });
});

describe('a call that returns at once', () => {
  const hollow = CLAIMED.toSpliced(3, 1);

  it('is incomplete at best: a lost line looks the same', () => {
    const { result, divergence, steppedOver, matched } = compare(hollow);
    expect({ result, steppedOver, matched }).toEqual({ result: 'incomplete', steppedOver: 1, matched: 3 });
    expect(divergence).toMatchObject({ kind: 'short', frame: 3, line: 2, function: 'g' });
  });

  it('must return the right value', () => {
    const wrong = hollow.with(3, { events: ['return'], source: '    return x', arg: '9' });
    expect(compare(wrong)).toMatchObject({ result: 'differs', divergence: { kind: 'argument', frame: 3 } });
  });

  it('does not excuse what follows', () => {
    expect(compare(hollow.slice(0, 5))).toMatchObject({ result: 'incomplete', divergence: { frame: 3 } });
    const wrong = hollow.with(8, { events: ['return'], source: '    return a', arg: '9' });
    expect(compare(wrong)).toMatchObject({ result: 'differs', matched: 8, divergence: { kind: 'argument', frame: 8 } });
  });
});

describe('a generator', () => {
  it('keeps its scope when it is resumed', () => {
    const generator = { function: 'g', scope: 1, depth: 1 };
    const frames = [
      frame('call', 3, {}),
      frame('line', 4, {}),
      frame('call', 1, {}, generator),
      frame('line', 2, {}, generator),
      frame('return', 2, '1', generator),
      frame('line', 4, { a: '1' }),
      frame('call', 2, {}, generator),
      frame('return', 2, 'None', generator),
      frame('line', 5, { a: '1' }),
      frame('return', 5, '1'),
    ];
    const truth = traceOf(frames, { kind: 'returned', value: '1' });
    const claimed = claimOf(frames, LINES).frames;
    expect(compare(claimed, truth)).toMatchObject({ result: 'agrees', steppedOver: 0 });
    expect(compare(claimed.toSpliced(6, 2), truth)).toMatchObject({ result: 'agrees', steppedOver: 2 });
    expect(compare(claimed.toSpliced(6, 1), truth).result).toBe('differs');
  });
});
