import { describe, expect, it } from 'vitest';
import { compareTraces } from '../../../core/compare/trace.ts';
import type { ClaimedFrame, Frame } from '../../../core/frame.ts';
import type { ClaimedTrace, Outcome } from '../../../core/trace.ts';
import { claimOf, traceOf } from './runs.ts';
import { frame } from './written-run.ts';

const LINES = ['def f(n):  # << START_OF_TRACE', '    s = n', '    s += 1', '    return s', '    raise E'];

const FRAMES: readonly Frame[] = [
  frame('call', 1, { n: '2' }),
  frame('line', 2, { n: '2' }),
  frame('line', 3, { n: '2', s: '2' }),
  frame('line', 4, { n: '2', s: '3' }),
  frame('return', 4, '3'),
];
const TRUTH = traceOf(FRAMES, { kind: 'returned', value: '3' });
const { frames: CLAIMED } = claimOf(FRAMES, LINES);

function compare(frames: readonly ClaimedFrame[], truth = TRUTH, rest: Partial<ClaimedTrace> = {}) {
  return compareTraces({ frames, ended: true, ...rest }, truth, LINES);
}

function withChange(index: number, change: Partial<ClaimedFrame>): ClaimedFrame[] {
  return CLAIMED.map((claimed, at) => (at === index ? { ...claimed, ...change } : claimed));
}

const locals = (entries: Record<string, string>) => new Map(Object.entries(entries));

describe('one frame', () => {
  it.each<[string, number, Partial<ClaimedFrame>, string, string]>([
    ['value', 2, { locals: locals({ n: '2', s: '1' }) }, 'value', 'after line 2 `s` is 2, predicted 1'],
    [
      'value of another type',
      2,
      { locals: locals({ n: '2', s: 'True' }) },
      'value',
      'after line 2 `s` is 2, predicted True',
    ],
    ['argument of the call', 0, { locals: locals({ n: '1' }) }, 'value', 'when `f` is called `n` is 2, predicted 1'],
    ['first state', 1, { locals: locals({ n: '1' }) }, 'value', 'at the start of `f` `n` is 2, predicted 1'],
    ['name too few', 2, { locals: locals({ n: '2' }) }, 'keys', 'after line 2 `s` is 2, and the claim lacks it'],
    [
      'name too many',
      1,
      { locals: locals({ n: '2', t: '7' }) },
      'keys',
      'at the start of `f` there is no `t`, predicted 7',
    ],
    ['line by its text', 2, { source: '    return s' }, 'action', 'line 3 runs next: `s += 1`, predicted `return s`'],
    ['line by its number', 2, { line: 4 }, 'action', 'line 3 runs next, predicted line 4'],
    ['function', 2, { line: 3, function: 'g' }, 'action', 'line 3 runs next in `f`, predicted `g`'],
    ['event', 3, { events: ['return'], arg: '9' }, 'event', 'line 4 runs next, predicted a return of 9'],
    ['returned value', 4, { arg: '4' }, 'argument', '`f` returns 3, predicted 4'],
  ])('differs in its %s', (_, index, change, kind, message) => {
    const { result, matched, divergence } = compare(withChange(index, change));
    expect({ result, matched }).toEqual({ result: 'differs', matched: index });
    expect(divergence).toMatchObject({ frame: index, kind, message, line: FRAMES[index]?.line, function: 'f' });
  });

  it.each([
    [1, 'locals', 'keys', 'at the start of `f` the claim gives no locals'],
    [4, 'arg', 'argument', '`f` returns 3, predicted no value'],
    [1, 'source', 'action', 'line 2 runs next: `s = n`, predicted no line'],
  ] as const)('at %i must tell its %s', (index, part, kind, message) => {
    const { [part]: _, ...rest } = CLAIMED[index] ?? { events: [] };
    expect(compare(CLAIMED.with(index, rest)).divergence).toMatchObject({ frame: index, kind, message });
  });

  it('is checked for its event, its line, its names and its values, in this order', () => {
    const wrongState = { locals: locals({ m: '1' }) };
    const wrongLine = { ...wrongState, source: 'pass' };
    expect(compare(withChange(2, { ...wrongLine, events: ['return'] })).divergence?.kind).toBe('event');
    expect(compare(withChange(2, wrongLine)).divergence?.kind).toBe('action');
    expect(compare(withChange(2, { locals: locals({ n: '1', t: '1' }) })).divergence?.kind).toBe('keys');
  });

  it('reports every name that differs, sorted, with the type of the true value', () => {
    const { divergence } = compare(withChange(2, { locals: locals({ t: '1', n: "'2'" }) }));
    expect(divergence?.variables).toEqual([
      { name: 'n', type: 'int', predicted: "'2'", observed: '2' },
      { name: 's', type: 'int', predicted: null, observed: '2' },
      { name: 't', type: null, predicted: '1', observed: null },
    ]);
  });

  it('cuts long values, and a long list of names', () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`v${index}`, `'${'x'.repeat(5_000)}'`]));
    const divergence = compare(withChange(1, { locals: locals(many) })).divergence;
    expect(divergence?.variables).toHaveLength(50);
    expect(divergence?.variables[1]?.predicted).toHaveLength(2_001);
    expect(divergence?.message.length).toBeLessThan(500);
  });

  it('never cuts a character in two', () => {
    const { divergence } = compare(withChange(4, { arg: `'${'😀'.repeat(2_000)}'` }));
    expect(divergence?.predicted?.isWellFormed()).toBe(true);
    expect(divergence?.message.isWellFormed()).toBe(true);
  });

  it.each([
    'def f(n):',
    'def f(n):  # << START_OF_TRACE',
    'def f(n): #<<START_OF_TRACE\n',
    'def f(n):\t# <<  START_OF_TRACE  ',
  ])('may repeat the entry mark or not: %j', (source) => {
    expect(compare(withChange(0, { source })).result).toBe('agrees');
  });

  it('leaves the true event to decide between two', () => {
    expect(compare(withChange(1, { events: ['call', 'line'] })).result).toBe('agrees');
    expect(compare(withChange(4, { events: ['return', 'exception'] })).result).toBe('agrees');
    expect(compare(withChange(1, { events: ['return', 'exception'] })).divergence?.kind).toBe('event');
  });

  it('has names that objects inherit like any other', () => {
    const odd = new Map([['__proto__', '1']]);
    const truth = traceOf([{ ...frame('call', 1, {}), locals: odd }], { kind: 'returned', value: '1' });
    expect(compare([{ events: ['call'], source: LINES[0] ?? '', locals: odd }], truth).result).toBe('agrees');
    expect(compare([{ events: ['call'], source: LINES[0] ?? '', locals: new Map() }], truth).divergence?.kind).toBe(
      'keys',
    );
  });
});

describe('`..`', () => {
  const inner = { function: 'g', scope: 1, depth: 1 };
  const frames = [
    frame('call', 1, { n: '2' }),
    frame('line', 2, { n: '2' }),
    frame('call', 1, { n: '2' }, inner),
    frame('line', 3, { n: '2' }, inner),
    frame('exception', 3, 'E', inner),
    frame('line', 4, { n: '2' }, inner),
    frame('return', 4, '2', inner),
    frame('line', 3, { n: '2' }),
    frame('line', 4, { n: '3' }),
    frame('return', 4, '2'),
  ];
  const truth = traceOf(frames, { kind: 'returned', value: '2' });
  const { frames: claimed } = claimOf(frames, LINES);
  const unchangedAt = (index: number) =>
    compare(
      claimed.map((one, at) => (at === index ? { ...one, locals: locals({ n: '..' }) } : one)),
      truth,
    );

  it.each([
    [1, 'in the frame after a call', 'agrees'],
    [5, 'over an exception', 'agrees'],
    [0, 'in the first frame', 'differs'],
    [2, 'in a call frame', 'differs'],
    [7, 'after a return', 'differs'],
    [8, 'of a value that changed', 'differs'],
  ])('at frame %i, %s: %s', (index, _, result) => {
    const comparison = unchangedAt(index);
    expect(comparison.result).toBe(result);
    if (result === 'differs') {
      expect(comparison.divergence).toMatchObject({
        kind: 'value',
        frame: index,
        variables: [{ name: 'n', predicted: '..' }],
      });
    }
  });
});

describe('the end of a trace', () => {
  it('too early is incomplete, and short', () => {
    const { result, divergence, matched } = compare(CLAIMED.slice(0, 3));
    expect({ result, matched }).toEqual({ result: 'incomplete', matched: 3 });
    expect(divergence).toMatchObject({ kind: 'short', family: 'control', frame: 3, line: 4 });
    expect(divergence?.message).toBe('the trace stops after 3 frames, all right so far; line 4 runs next');
  });

  it('too late is extra', () => {
    const { result, divergence } = compare([...CLAIMED, ...CLAIMED.slice(-1)]);
    expect(result).toBe('differs');
    expect(divergence).toMatchObject({ kind: 'extra', frame: 5, line: null });
  });

  it('never reached is a fault of the format', () => {
    expect(compare([]).divergence).toMatchObject({ kind: 'format', frame: 0, message: 'the trace is empty' });
    const fault = { frame: 2, message: 'no JSON', span: { start: 7, end: 9 } };
    const { result, divergence, matched } = compare(CLAIMED.slice(0, 2), TRUTH, { fault });
    expect({ result, matched }).toEqual({ result: 'differs', matched: 2 });
    expect(divergence).toMatchObject({
      kind: 'format',
      family: 'format',
      frame: 2,
      message: 'no JSON',
      span: { start: 7, end: 9 },
    });
  });

  it('does not hide a difference before a fault', () => {
    const fault = { frame: 2, message: 'no JSON' };
    const { divergence } = compare(withChange(1, { line: 9 }).slice(0, 2), TRUTH, { fault });
    expect(divergence).toMatchObject({ kind: 'action', frame: 1 });
  });
});

describe('an exception that leaves the entry', () => {
  const raised = "(<class 'E'>, E('x'), <traceback object at 0x7f>)";
  const frames = [
    frame('call', 1, {}),
    frame('line', 5, {}),
    frame('exception', 5, raised),
    frame('return', 5, 'None'),
  ];
  const truth = traceOf(frames, { kind: 'raised', type: 'E', message: 'x' });
  const claimed = claimOf(frames, LINES).frames.with(2, {
    events: ['exception'],
    source: LINES[4] ?? '',
    arg: "(<class 'E'>, E('x'), <traceback object>)",
  });

  it('may be the last word', () => {
    expect(compare(claimed, truth).result).toBe('agrees');
    expect(compare(claimed.slice(0, 3), truth)).toMatchObject({ result: 'agrees', matched: 3 });
  });

  it('is not the last word of a text that was cut', () => {
    expect(compare(claimed.slice(0, 3), truth, { ended: false })).toMatchObject({
      result: 'incomplete',
      divergence: { frame: 3 },
    });
  });

  it('is not left out', () => {
    expect(compare(claimed.slice(0, 2), truth).result).toBe('incomplete');
  });

  it('is told from a return', () => {
    const returns = claimed.with(2, { events: ['return'], source: LINES[4] ?? '', arg: '4' });
    expect(compare(returns, truth).divergence).toMatchObject({
      kind: 'event',
      message: "raises E('x') at line 5, predicted a return of 4",
    });
    const other = claimed.with(2, {
      events: ['exception'],
      source: LINES[4] ?? '',
      arg: "(<class 'K'>, K('y'), <traceback object>)",
    });
    expect(compare(other, truth).divergence).toMatchObject({
      kind: 'argument',
      message: "raises E('x') at line 5, predicted K('y')",
      variables: [{ name: 'exception' }],
    });
  });

  it('does not excuse a missing return of a run that returns', () => {
    const plain = traceOf(frames, { kind: 'returned', value: 'None' });
    expect(compare(claimed.slice(0, 3), plain).result).toBe('incomplete');
  });
});

describe('a run that was stopped', () => {
  const halted: Outcome = { kind: 'halted', reason: 'steps', detail: '100 steps' };
  const truth = traceOf(FRAMES.slice(0, 3), halted);

  it.each([3, 5])('decides nothing about %i right frames, as many as it has or more', (count) => {
    const { result, divergence } = compare(CLAIMED.slice(0, count), truth);
    expect({ result, divergence }).toEqual({ result: 'unfinished', divergence: null });
  });

  it('still shows that a claim stops before it', () => {
    expect(compare(CLAIMED.slice(0, 2), truth)).toMatchObject({
      result: 'incomplete',
      matched: 2,
      divergence: { kind: 'short', frame: 2, line: 3 },
    });
  });

  it('still shows a difference before it', () => {
    expect(compare(withChange(1, { line: 9 }), truth)).toMatchObject({
      result: 'differs',
      divergence: { kind: 'action' },
    });
  });

  it('without a frame decides nothing', () => {
    expect(compare(CLAIMED, traceOf([], halted)).result).toBe('unfinished');
  });
});

describe('a program that never comes to its entry', () => {
  it('differs in the first event, and the message says why', () => {
    const outcome: Outcome = {
      kind: 'raised',
      type: 'SyntaxError',
      message: 'invalid syntax',
      line: 2,
      atImport: true,
    };
    const { result, divergence } = compare(CLAIMED, traceOf([], outcome));
    expect(result).toBe('differs');
    expect(divergence).toMatchObject({ kind: 'event', frame: 0, line: null });
    expect(divergence?.message).toContain('raises SyntaxError at line 2 before its entry is called: invalid syntax');
  });
});
