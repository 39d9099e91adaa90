import { describe, expect, it } from 'vitest';
import { resolveClaimedStates, scoreTrace } from '../../../core/compare/score.ts';
import { compareTraces } from '../../../core/compare/trace.ts';
import type { ClaimedFrame } from '../../../core/frame.ts';
import type { ClaimedTrace, Outcome } from '../../../core/trace.ts';
import { claimOf, traceOf } from './runs.ts';
import { frame } from './written-run.ts';

const LINES = ['def f(n):', '    a = n', '    b = a', '    c = b', '    return c'];
const FRAMES = [
  frame('call', 1, { n: '1' }),
  frame('line', 2, { n: '1' }),
  frame('line', 3, { n: '1', a: '1' }),
  frame('line', 4, { n: '1', a: '1', b: '1' }),
  frame('line', 5, { n: '1', a: '1', b: '1', c: '1' }),
  frame('return', 5, '1'),
];
const TRUTH = traceOf(FRAMES, { kind: 'returned', value: '1' });
const CLAIMED = claimOf(FRAMES, LINES, { unchanged: true }).frames;

function score(frames: readonly ClaimedFrame[], stepsValid = 0.5, truth = TRUTH, rest: Partial<ClaimedTrace> = {}) {
  const claim = { frames, ended: true, ...rest };
  return scoreTrace(claim, truth, compareTraces(claim, truth, LINES), stepsValid);
}

const withLocals = (index: number, entries: readonly (readonly [string, string])[]) =>
  CLAIMED.map((claimed, at) => (at === index ? { ...claimed, locals: new Map(entries) } : claimed));

describe('scoreTrace', () => {
  it('gives a verified claim 1 everywhere', () => {
    expect(score(CLAIMED)).toEqual({
      frames_claimed: 6,
      frames_true: 6,
      frames_matched: 6,
      prefix: 1,
      state_exact: 1,
      action_exact: 1,
      frames_exact: 1,
      steps_valid: 1,
      output_exact: 1,
    });
  });

  it('follows `..` behind the divergence in the claim’s own memory', () => {
    const wrong = withLocals(2, [
      ['n', '..'],
      ['a', '7'],
    ]);
    // Frame 2 and, by `..`, frames 3 and 4 have the wrong `a`.
    expect(score(wrong)).toMatchObject({
      frames_matched: 2,
      prefix: 2 / 6,
      state_exact: 3 / 6,
      action_exact: 1,
      steps_valid: 0.5,
      output_exact: 1,
    });
  });

  it('goes on position by position behind a wrong line', () => {
    const wrong = CLAIMED.map((claimed, index) => (index === 3 ? { ...claimed, source: '    pass' } : claimed));
    expect(score(wrong)).toMatchObject({ frames_matched: 3, state_exact: 1, action_exact: 5 / 6, output_exact: 1 });
  });

  it('counts missing and superfluous frames', () => {
    expect(score(CLAIMED.slice(0, 3))).toMatchObject({
      frames_claimed: 3,
      prefix: 0.5,
      state_exact: 0.5,
      action_exact: 0.5,
      output_exact: 0,
    });
    expect(score([...CLAIMED, ...CLAIMED.slice(-1)])).toMatchObject({ frames_claimed: 7, prefix: 1, state_exact: 1 });
  });

  it('is 0 for a trace without frames, and for a run without any', () => {
    const none = { prefix: 0, state_exact: 0, action_exact: 0, output_exact: 0 };
    expect(score([], 0)).toMatchObject({ ...none, frames_true: 6, steps_valid: 0 });
    const unstarted = traceOf([], { kind: 'raised', type: 'SyntaxError', message: '', atImport: true });
    expect(score(CLAIMED, 0, unstarted)).toMatchObject({ ...none, frames_claimed: 6, frames_true: 0 });
  });

  it.each([
    [Number.NaN, 0],
    [-1, 0],
    [2, 1],
  ])('keeps %d valid steps within its range', (stepsValid, expected) => {
    expect(score(CLAIMED.slice(0, 3), stepsValid).steps_valid).toBe(expected);
  });

  it('does not count the frames of a call that is stepped over', () => {
    const inner = { function: 'g', scope: 1, depth: 1 };
    const frames = FRAMES.toSpliced(2, 0, frame('call', 1, {}, inner), frame('return', 1, '1', inner));
    const truth = traceOf(frames, { kind: 'returned', value: '1' });
    expect(score(CLAIMED, 0.5, truth)).toMatchObject({ frames_true: 8, prefix: 1, state_exact: 1 });
    expect(score(CLAIMED.slice(0, 3), 0.5, truth)).toMatchObject({ frames_true: 8, prefix: 0.5, state_exact: 0.5 });
  });

  describe('output_exact', () => {
    const wrongState = withLocals(2, [
      ['n', '..'],
      ['a', '7'],
    ]);

    it('is the last word of the claim', () => {
      expect(score(wrongState).output_exact).toBe(1);
      expect(score(wrongState.with(5, { events: ['return'], source: '    return c', arg: '7' })).output_exact).toBe(0);
    });

    it('needs a claim that leaves the entry', () => {
      expect(score(wrongState, 0, TRUTH, { ended: false }).output_exact).toBe(0);
      expect(score(wrongState, 0, TRUTH, { fault: { frame: 6, message: '' } }).output_exact).toBe(0);
      const open = [
        ...wrongState.slice(0, 4),
        { events: ['call' as const], locals: new Map(), source: 'def g():' },
        ...wrongState.slice(5),
      ];
      expect(score(open).output_exact).toBe(0);
    });

    it('needs a claim that leaves the entry once', () => {
      const last = wrongState.at(-1) as ClaimedFrame;
      expect(score([...wrongState, last]).output_exact).toBe(0);
      expect(score([...wrongState, ...wrongState]).output_exact).toBe(0);
    });

    it('is the exception where one leaves the entry', () => {
      const raised = "(<class 'E'>, E('x'), <traceback object>)";
      const frames = [...FRAMES.slice(0, 3), frame('exception', 3, raised), frame('return', 3, 'None')];
      const outcome: Outcome = { kind: 'raised', type: 'E', message: 'x' };
      const claimed = claimOf(frames, LINES).frames.with(2, {
        events: ['line'],
        source: '    b = a',
        locals: new Map([['n', '7']]),
      });
      expect(score(claimed, 0, traceOf(frames, outcome)).output_exact).toBe(1);
      expect(score(claimed.slice(0, 4), 0, traceOf(frames, outcome)).output_exact).toBe(1);
      expect(score(claimed.toSpliced(3, 1), 0, traceOf(frames, outcome)).output_exact).toBe(0);
    });

    it('is never 1 for a run that was stopped', () => {
      const halted = traceOf(FRAMES, { kind: 'halted', reason: 'steps', detail: '' });
      expect(score(wrongState, 0, halted).output_exact).toBe(0);
    });
  });
});

describe('resolveClaimedStates', () => {
  const states = (frames: readonly ClaimedFrame[]) =>
    resolveClaimedStates({ frames, ended: true }).map((state) => state && Object.fromEntries(state));
  const line = (entries: Record<string, string>): ClaimedFrame => ({
    events: ['line'],
    source: 'x',
    locals: new Map(Object.entries(entries)),
  });

  it('gives the whole state of each frame that has one', () => {
    expect(states(CLAIMED)).toEqual([
      ...FRAMES.map(({ locals }) => (locals === undefined ? null : Object.fromEntries(locals))),
    ]);
  });

  it('looks over an exception, and not over a return or into a call', () => {
    const open = { source: 'x', arg: "(<class 'E'>, E(), <traceback object>)" };
    expect(states([line({ a: '1' }), { ...open, events: ['exception'] }, line({ a: '..' })]).at(-1)).toEqual({
      a: '1',
    });
    expect(states([line({ a: '1' }), { ...open, events: ['return', 'exception'] }, line({ a: '..' })]).at(-1)).toEqual({
      a: '1',
    });
    expect(states([line({ a: '1' }), { ...open, events: ['return'] }, line({ a: '..' })]).at(-1)).toBeNull();
    expect(states([line({ a: '1' }), { ...line({ a: '..' }), events: ['call'] }]).at(-1)).toBeNull();
  });

  it('knows nothing from `..` for a name that was not there', () => {
    expect(states([line({ a: '1' }), line({ b: '..' }), line({ b: '..' })])).toEqual([{ a: '1' }, null, null]);
  });
});
