import { describe, expect, it } from 'vitest';
import type { ClaimedTrace } from '../../../../core/trace.ts';
import { parseTagged } from '../../../../neural/formats/cwm/tagged.ts';

const LINES = ['def f(x):  # << START_OF_TRACE', '    y = x', '    s = "<|frame_sep|>" + y', '    return s'];
const CALL = '<|call_sep|>{"x": "1"}<|action_sep|>def f(x):\n<|frame_sep|>';
const LINE = '<|line_sep|>{"x": ".."}<|action_sep|>    y = x\n<|frame_sep|>';
const RETURN = '<|return_sep|><|action_sep|>    return s\n<|arg_sep|>"1"<|frame_sep|>';
const END = '<|end_of_text|>';

function parse(text: string): ClaimedTrace {
  return parseTagged(text, { lines: LINES });
}

function withoutSpans(trace: ClaimedTrace): unknown[] {
  return trace.frames.map(({ span: _, ...frame }) => frame);
}

describe('parseTagged', () => {
  it('reads locals, source, value and spans', () => {
    const trace = parse(CALL + RETURN + END);
    expect(trace).toEqual({
      frames: [
        {
          events: ['call'],
          locals: new Map([['x', '1']]),
          source: 'def f(x):',
          span: { start: 0, end: CALL.length },
        },
        {
          events: ['return'],
          arg: '1',
          source: '    return s',
          span: { start: CALL.length, end: CALL.length + RETURN.length },
        },
      ],
      ended: true,
    });
  });

  it('starts where it is told and gives spans in the whole text', () => {
    const trace = parseTagged(`prompt${CALL}`, { lines: LINES, start: 6 });
    expect(trace.frames[0]?.span).toEqual({ start: 6, end: 6 + CALL.length });
  });

  it.each<[string, string]>([
    [
      'white space around tags',
      `\n <|call_sep|> {"x": "1"} <|action_sep|>def f(x):\n <|frame_sep|>\n\n${LINE}${RETURN} ${END}`,
    ],
    ['a frame_sep in front', `<|frame_sep|>${CALL}${LINE}${RETURN}${END}`],
    ['tokens of the prompt in front', `<|begin_of_text|>\n<|frame_sep|> ${CALL}${LINE}${RETURN}${END}`],
    ['the mark repeated', `${CALL.replace('\n', '  # << START_OF_TRACE\n')}${LINE}${RETURN}${END}`],
    ['no newline after a source', `${CALL}${LINE}${RETURN}${END}`.replaceAll('\n', '')],
    ['no end_of_text', `${CALL}${LINE}${RETURN}`],
    ['no last frame_sep', `${CALL}${LINE}${RETURN.replace('<|frame_sep|>', '')}`],
    ['no last frame_sep before the end', `${CALL}${LINE}${RETURN.replace('<|frame_sep|>', END)}`],
    ['text after the end', `${CALL}${LINE}${RETURN}${END}<|line_sep|>{broken`],
    ['an explanation', `${CALL}${LINE}${RETURN}\n\nNow let us analyze the trace.`],
    ['an answer', `${CALL}${LINE}${RETURN}[/ANSWER]<|line_sep|>`],
    ['escapes for what needs none', `${CALL.replace('"1"', '"\\u0031"')}${LINE}${RETURN}${END}`],
    ['a tag cut in two at the end', `${CALL}${LINE}${RETURN}<|end_of_te`],
  ])('tolerates %s', (_, text) => {
    const trace = parse(text);
    expect(trace.fault).toBeUndefined();
    expect(trace.ended).toBe(true);
    expect(withoutSpans(trace)).toEqual(withoutSpans(parse(CALL + LINE + RETURN + END)));
  });

  it.each<[string, string, number]>([
    ['between frames', CALL + LINE, 2],
    ['within a tag', `${CALL}${LINE}<|retu`, 2],
    ['before locals', `${CALL}<|line_sep|>`, 1],
    ['within locals', `${CALL}<|line_sep|>{"x": "..", "y`, 1],
    ['within an escape', `${CALL}<|line_sep|>{"x": "\\`, 1],
    ['after locals', `${CALL}<|line_sep|>{"x": ".."}`, 1],
    ['before a source', `${CALL}<|line_sep|>{"x": ".."}<|action_sep|>`, 1],
    ['within a source', `${CALL}<|line_sep|>{"x": ".."}<|action_sep|>    y =`, 1],
    ['before a value', `${CALL}<|return_sep|><|action_sep|>    return s\n<|arg_sep|>`, 1],
    ['within a value', `${CALL}<|return_sep|><|action_sep|>    return s\n<|arg_sep|>"1`, 1],
    ['after an inner return', `${CALL}${CALL}${RETURN}`, 3],
  ])('is cut short, not broken, where the text stops %s', (_, text, frames) => {
    const trace = parse(text);
    expect(trace.fault).toBeUndefined();
    expect(trace.ended).toBe(false);
    expect(trace.frames).toHaveLength(frames);
  });

  it('keeps a last frame whose source is whole, or is no part of the program', () => {
    expect(parse(`${CALL}<|line_sep|>{}<|action_sep|>    y = x`).frames).toHaveLength(2);
    expect(parse(`${CALL}<|line_sep|>{}<|action_sep|>    z = x`).frames[1]?.source).toBe('    z = x');
  });

  it('counts an exception in the entry as leaving it, without its return', () => {
    const exception = RETURN.replace('return_sep', 'exception_sep');
    expect(parse(CALL + exception).ended).toBe(true);
    expect(parse(CALL + CALL + exception).ended).toBe(false);
  });

  it.each<[string, string, number, RegExp]>([
    ['noise', 'Certainly! Here is the trace.', 0, /expected a frame, found "Certainly!/],
    ['nothing', '', 0, /no whole frame/],
    ['only the end', END, 0, /no whole frame/],
    ['a first frame that is cut', '<|call_sep|>{"x": "1"', 0, /no whole frame/],
    ['text between frames', `${CALL}oops${LINE}`, 1, /expected a frame, found "oops/],
    ['a doubled frame_sep', `${CALL}<|frame_sep|>${LINE}`, 1, /expected a frame/],
    ['a name given twice', '<|call_sep|>{"x": "1", "x": "1"}<|action_sep|>f\n<|frame_sep|>', 0, /"x" is given twice/],
    [
      'a name given twice, once escaped',
      '<|call_sep|>{"x": "1", "\\u0078": "1"}<|action_sep|>f\n<|frame_sep|>',
      0,
      /given twice/,
    ],
    ['a number', `${CALL}<|line_sep|>{"x": 1}<|action_sep|>`, 1, /"x" must be a repr/],
    ['NaN', `${CALL}<|line_sep|>{"x": NaN}<|action_sep|>`, 1, /"x" must be a repr/],
    ['null', `${CALL}<|line_sep|>{"x": null}<|action_sep|>`, 1, /"x" must be a repr/],
    ['a nested object', `${CALL}<|line_sep|>{"x": {"y": "1"}}<|action_sep|>`, 1, /"x" must be a repr/],
    ['an array of locals', `${CALL}<|line_sep|>["x"]<|action_sep|>`, 1, /expected a JSON object/],
    ['a bare name', `${CALL}<|line_sep|>{x: "1"}<|action_sep|>`, 1, /expected a JSON string/],
    ['a comma at the end', `${CALL}<|line_sep|>{"x": "1",}<|action_sep|>`, 1, /expected a JSON string/],
    ['no colon', `${CALL}<|line_sep|>{"x" "1"}<|action_sep|>`, 1, /expected ":"/],
    ['no comma', `${CALL}<|line_sep|>{"x": "1" "y": "2"}<|action_sep|>`, 1, /expected "," or "}"/],
    ['a bad escape', `${CALL}<|line_sep|>{"x": "\\q"}<|action_sep|>`, 1, /bad escape/],
    ['a raw newline in a string', `${CALL}<|line_sep|>{"x": "\n"}<|action_sep|>`, 1, /control character/],
    ['no action_sep', `${CALL}<|line_sep|>{"x": "1"}    y = x\n<|frame_sep|>`, 1, /expected <\|action_sep\|>/],
    [
      'locals in a return',
      `${CALL}<|return_sep|>{}<|action_sep|>    return s\n<|arg_sep|>"1"`,
      1,
      /expected <\|action_sep\|>/,
    ],
    [
      'a value in a line',
      `${CALL}<|line_sep|>{}<|action_sep|>    y = x\n<|arg_sep|>"1"<|frame_sep|>`,
      1,
      /a line frame has no value/,
    ],
    [
      'a return without a value',
      `${CALL}<|return_sep|><|action_sep|>    return s\n<|frame_sep|>`,
      1,
      /expected <\|arg_sep\|>/,
    ],
    [
      'a value that is no string',
      `${CALL}<|return_sep|><|action_sep|>    return s\n<|arg_sep|>1<|frame_sep|>`,
      1,
      /expected a JSON string/,
    ],
    [
      'text after a value',
      `${CALL}<|return_sep|><|action_sep|>    return s\n<|arg_sep|>"1" or so<|frame_sep|>`,
      1,
      /expected <\|frame_sep\|>/,
    ],
    [
      'a frame that does not end',
      `${CALL}<|return_sep|><|action_sep|>    return s\n<|arg_sep|>"1"${LINE}`,
      1,
      /expected <\|frame_sep\|>/,
    ],
  ])('finds the fault in %s', (_, text, frame, message) => {
    const trace = parse(text);
    expect(trace.fault?.frame).toBe(frame);
    expect(trace.fault?.message).toMatch(message);
    expect(trace.frames).toHaveLength(frame);
    expect(trace.ended).toBe(false);
  });

  it('points at the broken frame', () => {
    expect(parse(`${CALL}<|line_sep|>{"x": 1}`).fault?.span).toEqual({ start: CALL.length, end: CALL.length + 12 });
  });

  it('takes a tag within locals or a value for text', () => {
    const tag = "'<|frame_sep|><|line_sep|>{}'";
    const text = `<|call_sep|>{"x": "${tag}"}<|action_sep|>def f(x):\n<|frame_sep|>${RETURN.replace('"1"', `"${tag}"`)}`;
    const [call, end] = parse(text).frames;
    expect(call?.locals?.get('x')).toBe(tag);
    expect(end?.arg).toBe(tag);
  });

  it('takes a tag within a source line for text where the program has that line', () => {
    const line = '<|line_sep|>{}<|action_sep|>    s = "<|frame_sep|>" + y\n<|frame_sep|>';
    expect(parse(CALL + line + RETURN).frames.map(({ source }) => source)).toEqual([
      'def f(x):',
      '    s = "<|frame_sep|>" + y',
      '    return s',
    ]);
    const foreign = parseTagged(CALL + line, { lines: ['def f(x):'] });
    expect(foreign.frames[1]?.source).toBe('    s = "');
    expect(foreign.fault?.frame).toBe(2);
  });

  it('takes as much of a line as the program has', () => {
    const lines = ['f("<|arg_sep|>")', 'f("<|arg_sep|>"), g("<|arg_sep|>")  # << START_OF_TRACE'];
    for (const line of lines) {
      const text = `<|return_sep|><|action_sep|>${line}\n<|arg_sep|>"None"<|frame_sep|>`;
      expect(parseTagged(text, { lines }).frames[0]?.source).toBe(line.replace('  # << START_OF_TRACE', ''));
    }
  });

  it('does not take a line of the program for source where no end of a source follows', () => {
    const lines = ['x = "<|frame_sep|>"'];
    const trace = parseTagged('<|line_sep|>{}<|action_sep|>x = "<|frame_sep|>"\nprose', { lines });
    expect(trace.frames.map(({ source }) => source)).toEqual(['x = "']);
    expect(trace.fault?.frame).toBe(1);
  });

  it('keeps lone surrogates and names that objects have by nature', () => {
    const trace = parse('<|call_sep|>{"__proto__": "\ud800", "constructor": "\\udc00"}<|action_sep|>f\n<|frame_sep|>');
    expect([...(trace.frames[0]?.locals ?? [])]).toEqual([
      ['__proto__', '\ud800'],
      ['constructor', '\udc00'],
    ]);
  });
});
