import { describe, expect, it } from 'vitest';
import { parseJsonFrames } from '../../../neural/formats/json.ts';

const CALL = { event: 'call', line: 1, function: 'f', locals: { x: '1' } };
const RETURN = { event: 'return', line: 2, function: 'f', arg: '1' };

describe('parseJsonFrames', () => {
  it('reads frames', () => {
    expect(parseJsonFrames([CALL, RETURN])).toEqual({
      frames: [
        { events: ['call'], line: 1, function: 'f', locals: new Map([['x', '1']]) },
        { events: ['return'], line: 2, function: 'f', arg: '1' },
      ],
      ended: true,
    });
  });

  it('takes a source line for a line number, and null for nothing', () => {
    const frame = {
      event: 'call',
      line: null,
      source: 'def f(x):  # << START_OF_TRACE\n',
      locals: {},
      arg: null,
      scope: 3,
    };
    expect(parseJsonFrames([frame]).frames).toEqual([{ events: ['call'], source: 'def f(x):', locals: new Map() }]);
  });

  it('keeps names that objects have by nature', () => {
    const locals = JSON.parse('{"__proto__": "1", "constructor": ".."}');
    expect([...(parseJsonFrames([{ ...CALL, locals }]).frames[0]?.locals ?? [])]).toEqual([
      ['__proto__', '1'],
      ['constructor', '..'],
    ]);
  });

  it('has not ended within a scope', () => {
    expect(parseJsonFrames([CALL]).ended).toBe(false);
    expect(parseJsonFrames([CALL, CALL, RETURN]).ended).toBe(false);
    expect(parseJsonFrames([CALL, CALL, RETURN, RETURN]).ended).toBe(true);
  });

  it.each<[string, unknown, RegExp]>([
    ['null', null, /a frame must be an object/],
    ['an array', [], /a frame must be an object/],
    ['a string', 'call', /a frame must be an object/],
    ['no event', { ...RETURN, event: undefined }, /`event` must be one of call, line/],
    ['an unknown event', { ...RETURN, event: 'yield' }, /`event` must be one of/],
    ['an inherited event', { ...RETURN, event: 'constructor' }, /`event` must be one of/],
    ['neither line nor source', { ...RETURN, line: undefined }, /`line` or `source`/],
    ['line 0', { ...RETURN, line: 0 }, /`line` must be an integer from 1/],
    ['a line that is no integer', { ...RETURN, line: 1.5 }, /`line` must be/],
    ['a line in a string', { ...RETURN, line: '1' }, /`line` must be/],
    ['a source that is no string', { ...RETURN, source: 1 }, /`source` must be a string/],
    ['a function that is no string', { ...RETURN, function: {} }, /`function` must be a string/],
    ['no locals', { ...CALL, locals: undefined }, /`locals` of a call frame must be an object/],
    ['an array of locals', { ...CALL, locals: ['x'] }, /`locals` of a call frame/],
    ['a local that is no string', { ...CALL, locals: { x: 1 } }, /"x" must be a repr in a string/],
    ['a nested local', { ...CALL, locals: { x: { y: '1' } } }, /"x" must be a repr/],
    ['an argument of a call', { ...CALL, arg: '1' }, /`arg` has no place in a call frame/],
    ['locals of a return', { ...RETURN, locals: {} }, /`locals` have no place in a return frame/],
    ['no argument', { ...RETURN, arg: undefined }, /`arg` of a return frame must be/],
    ['an argument that is no string', { ...RETURN, arg: 1 }, /`arg` of a return frame must be/],
  ])('finds the fault in %s', (_, frame, message) => {
    const trace = parseJsonFrames([CALL, frame, RETURN]);
    expect(trace.frames).toHaveLength(1);
    expect(trace.fault?.frame).toBe(1);
    expect(trace.fault?.message).toMatch(message);
    expect(trace.ended).toBe(false);
  });

  it('finds a fault where there are no frames', () => {
    expect(parseJsonFrames([]).fault?.frame).toBe(0);
  });
});
