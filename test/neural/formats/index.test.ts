import { describe, expect, it } from 'vitest';
import { TraceClaim } from '../../../core/claim.ts';
import { parseTrace } from '../../../neural/formats/index.ts';

const SOURCE = 'def f():  # << START_OF_TRACE\n    return "<|line_sep|>"\n';
const PROMPT = `<|begin_of_text|><|trace_context_start|>${SOURCE}<|frame_sep|>`;
const TAGGED = '<|call_sep|>{}<|action_sep|>def f():\n<|frame_sep|>';
const STRIPPED = '{}def f():\n    return "<|line_sep|>"\n"\'<|line_sep|>\'"';

function parse(claim: object) {
  return parseTrace(TraceClaim.parse({ kind: 'trace', ...claim }), SOURCE);
}

describe('parseTrace', () => {
  it('reads tagged text', () => {
    expect(parse({ format: 'cwm', text: TAGGED }).frames[0]?.events).toEqual(['call']);
  });

  it('reads stripped text, with a tag as text', () => {
    const trace = parse({ format: 'cwm', text: STRIPPED });
    expect(trace.frames.map(({ events }) => events.length)).toEqual([2, 2]);
    expect(trace.frames[1]?.arg).toBe("'<|line_sep|>'");
    expect(trace.ended).toBe(true);
  });

  it.each([TAGGED, STRIPPED])('gives spans in the whole text, prompt included', (text) => {
    const start = PROMPT.length;
    const alone = parse({ format: 'cwm', text }).frames[0]?.span?.end ?? Number.NaN;
    expect(parse({ format: 'cwm', text: PROMPT + text }).frames[0]?.span).toEqual({ start, end: start + alone });
  });

  it('reads ids and JSON', () => {
    const tokens = [128103, '{}', 128101, 'def f():\n', 128100];
    expect(parse({ format: 'cwm-ids', tokens }).frames).toHaveLength(1);
    const frames = [{ event: 'call', line: 1, function: 'f', locals: {} }];
    expect(parse({ format: 'json', frames }).frames).toHaveLength(1);
  });

  it.each([
    ['nothing', ''],
    ['a prompt alone', PROMPT],
    ['a prompt that does not end', '<|trace_context_start|>def f(): pass'],
    ['noise', 'I am sorry, but I cannot run programs.'],
    ['prose before the trace', `Here it is: ${TAGGED}`],
    ['an odd tag', '<|oops|>{}def f():\n'],
  ])('finds a fault at frame 0 of %s', (_, text) => {
    const trace = parse({ format: 'cwm', text });
    expect(trace.fault?.frame).toBe(0);
    expect(trace.frames).toEqual([]);
    expect(trace.ended).toBe(false);
  });

  it('does not read tagged text as stripped where its first frame is broken', () => {
    const trace = parse({ format: 'cwm', text: '<|call_sep|>{"x": 1}<|action_sep|>def f():\n"1"' });
    expect(trace.fault?.message).toMatch(/"x" must be a repr/);
  });

  it('speaks of tags where prose stands before tagged text', () => {
    expect(parse({ format: 'cwm', text: `Here it is: ${TAGGED}` }).fault?.message).toMatch(
      /expected a frame, found "Here/,
    );
  });
});
