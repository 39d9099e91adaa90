import { describe, expect, it } from 'vitest';
import type { Event, Frame } from '../../../../core/frame.ts';
import { dumpLocals, dumpString } from '../../../../neural/formats/cwm/python-json.ts';
import { renderIds, renderTagged } from '../../../../neural/formats/cwm/render.ts';
import { renderJsonFrames } from '../../../../neural/formats/json.ts';

const LINES = ['def g(n):', '    return n', 'def main():  # << START_OF_TRACE', '    x = g(1)', '    return x'];

function state(event: Event, scope: number, line: number, locals: Record<string, string>): Frame {
  return {
    event,
    line,
    function: scope === 0 ? 'main' : 'g',
    locals: new Map(Object.entries(locals)),
    scope,
    depth: scope,
  };
}

function value(event: Event, scope: number, line: number, arg: string): Frame {
  return { event, line, function: scope === 0 ? 'main' : 'g', arg, scope, depth: scope };
}

const RUN = [
  state('call', 0, 3, {}),
  state('line', 0, 4, { k: '7' }),
  state('call', 1, 1, { n: '1' }),
  state('line', 1, 2, { n: '1' }),
  value('return', 1, 2, '1'),
  state('line', 0, 5, { k: '7', x: '1' }),
  value('return', 0, 5, '1'),
];

describe('renderTagged', () => {
  it('prints all locals in a call and after a return, and `..` in between', () => {
    expect(renderTagged(RUN, LINES).split('<|frame_sep|>')).toEqual([
      '<|call_sep|>{}<|action_sep|>def main():  # << START_OF_TRACE\n',
      '<|line_sep|>{"k": "7"}<|action_sep|>    x = g(1)\n',
      '<|call_sep|>{"n": "1"}<|action_sep|>def g(n):\n',
      '<|line_sep|>{"n": ".."}<|action_sep|>    return n\n',
      '<|return_sep|><|action_sep|>    return n\n<|arg_sep|>"1"',
      '<|line_sep|>{"k": "7", "x": "1"}<|action_sep|>    return x\n',
      '<|return_sep|><|action_sep|>    return x\n<|arg_sep|>"1"',
      '<|end_of_text|>',
    ]);
  });

  it('remembers across an exception', () => {
    const run = [
      state('line', 0, 4, { a: '1' }),
      value('exception', 0, 4, '(...)'),
      state('line', 0, 5, { a: '1', e: '2' }),
    ];
    expect(renderTagged(run, LINES, { from: 2, end: false })).toBe(
      '<|line_sep|>{"a": "..", "e": "2"}<|action_sep|>    return x\n<|frame_sep|>',
    );
  });

  it('does not remember the locals of another activation', () => {
    const run = [state('line', 0, 4, { n: '1' }), state('line', 1, 2, { n: '1' })];
    expect(renderTagged(run, LINES, { from: 1, end: false })).toContain('{"n": "1"}');
  });

  it('forgets what a generator showed before it was suspended', () => {
    const line = state('line', 1, 2, { n: '1' });
    const tail = (frames: Frame[]) => renderTagged(frames, LINES, { from: frames.length - 1, end: false });
    expect(tail([line, value('return', 1, 2, '1'), value('exception', 1, 2, '(...)'), line])).toContain('{"n": "1"}');
    expect(tail([line, state('call', 1, 2, { n: '1' })])).toContain('{"n": "1"}');
  });

  it('has nothing but the end where `from` is past the last frame', () => {
    expect(renderTagged(RUN, LINES, { from: RUN.length })).toBe('<|end_of_text|>');
  });
});

describe('renderIds', () => {
  it('has CWM’s token ids', () => {
    expect(renderIds(RUN, LINES, { from: 5 })).toEqual([
      128104,
      '{"k": "7", "x": "1"}',
      128101,
      '    return x\n',
      128100,
      128102,
      128101,
      '    return x\n',
      128106,
      '"1"',
      128100,
      128001,
    ]);
  });
});

describe('JSON as Python dumps it', () => {
  it.each([
    ['plain', '"plain"'],
    ['say "hi"\\', '"say \\"hi\\"\\\\"'],
    ['\b\t\n\f\r\0\x1f\x7f', '"\\b\\t\\n\\f\\r\\u0000\\u001f\\u007f"'],
    ['\u0421é', '"\\u0421\\u00e9"'],
    ['\u{1f600}', '"\\ud83d\\ude00"'],
    ['\ud800', '"\\ud800"'],
  ])('%j', (text, json) => {
    expect(dumpString(text)).toBe(json);
  });

  it('separates as the default of json.dumps', () => {
    expect(
      dumpLocals([
        ['a', '1'],
        ['b', "'x'"],
      ]),
    ).toBe('{"a": "1", "b": "\'x\'"}');
    expect(dumpLocals([])).toBe('{}');
  });
});

describe('renderJsonFrames', () => {
  it('gives locals in full, from the frame asked for', () => {
    expect(renderJsonFrames(RUN, 5)).toEqual([
      { event: 'line', line: 5, function: 'main', locals: { k: '7', x: '1' } },
      { event: 'return', line: 5, function: 'main', arg: '1' },
    ]);
  });

  it('keeps a local called __proto__', () => {
    const frame: Frame = { ...state('line', 0, 4, {}), locals: new Map([['__proto__', '1']]) };
    expect(JSON.stringify(renderJsonFrames([frame]))).toContain('"locals":{"__proto__":"1"}');
  });
});
