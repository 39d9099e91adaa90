import { describe, expect, it } from 'vitest';
import { MAX_FRAMES } from '../../../neural/formats/claimed-trace.ts';
import { parseTrace } from '../../../neural/formats/index.ts';
import { parseJsonFrames } from '../../../neural/formats/json.ts';

const SIZE = 16 * 1024 * 1024;
const SOURCE = 'def f():  # << START_OF_TRACE\n    pass\n';

// A reader that is quadratic in any of these takes minutes.
const LIMIT_MS = 5_000;

function fill(piece: string, head = ''): string {
  return head + piece.repeat(Math.ceil(SIZE / piece.length));
}

function noise(): string {
  let state = 1;
  const block = Array.from({ length: 65_536 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return String.fromCharCode(state >>> 16);
  });
  return fill(block.join(''));
}

function timed<T>(run: () => T): T {
  const start = performance.now();
  const result = run();
  expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  return result;
}

const START = '{}def f():\n';
const TAGGED_START = '<|call_sep|>{}<|action_sep|>def f():\n<|frame_sep|>';

describe('16 MB of', () => {
  it.each<[string, () => string]>([
    ['noise', noise],
    ['noise after a frame', () => START + noise()],
    ['noise after a tagged frame', () => TAGGED_START + noise()],
    ['spaces', () => fill(' ')],
    ['newlines', () => fill('\n')],
    ['newlines after a frame', () => fill('\n', START)],
    ['braces', () => fill('{')],
    ['quotes', () => fill('"')],
    ['backslashes in a string', () => fill('\\', '{"')],
    ['backslashes in a tagged value', () => fill('\\', '<|return_sep|><|action_sep|>x\n<|arg_sep|>"')],
    ['nested objects', () => fill('{"a":')],
    ['nested objects after a tag', () => fill('{"a":', '<|call_sep|>')],
    ['a string that does not end', () => fill('a', '{"a": "')],
    ['a source that does not end', () => fill('a', '{}')],
    ['a tagged source that does not end', () => fill('a', `${TAGGED_START}<|line_sep|>{}<|action_sep|>`)],
    ['a source of white space', () => fill(' ', `${TAGGED_START}<|line_sep|>{}<|action_sep|>`)],
    ['half tags', () => fill('<|', `${TAGGED_START}<|line_sep|>{}<|action_sep|>`)],
    ['frame_seps', () => fill('<|frame_sep|>')],
    ['arg_seps', () => fill('<|arg_sep|>', `${TAGGED_START}<|line_sep|>{}<|action_sep|>`)],
    ['call_seps', () => fill('<|call_sep|>')],
    ['frame_seps after a context', () => fill('<|frame_sep|> ', '<|trace_context_start|>')],
    ['begin_of_text', () => fill('<|begin_of_text|>')],
    ['one local after another', () => `{${Array.from({ length: 1_000_000 }, (_, n) => `"x${n}": "1"`).join(', ')}}x\n`],
  ])('%s is read in bounded time', (_, text) => {
    const claim = { kind: 'trace', format: 'cwm', text: text() } as const;
    const trace = timed(() => parseTrace(claim, SOURCE));
    expect(trace.frames.length).toBeLessThan(3);
  });

  it.each<[string, string, number]>([
    ['stripped frames', '{"x": "1"}    pass\n', 19],
    ['foreign stripped frames', '{"x": "1"}    fail\n', 19],
    ['tagged frames', '<|line_sep|>{"x": "1"}<|action_sep|>    pass\n<|frame_sep|>', 58],
  ])('%s is read in bounded time', (_, frame, length) => {
    expect(frame).toHaveLength(length);
    const text = fill(frame);
    const trace = timed(() => parseTrace({ kind: 'trace', format: 'cwm', text }, SOURCE));
    expect(trace.frames).toHaveLength(text.length / length);
    expect(trace.fault).toBeUndefined();
  });
});

describe('more frames than are read', () => {
  it('is a fault at the first one too many', () => {
    const trace = timed(() =>
      parseTrace({ kind: 'trace', format: 'cwm', text: '{}x\n'.repeat(MAX_FRAMES + 10) }, SOURCE),
    );
    expect(trace.fault).toMatchObject({ frame: MAX_FRAMES, message: `more than ${MAX_FRAMES} frames` });
  });

  it('is one in JSON, too', () => {
    const frames = Array<unknown>(MAX_FRAMES + 1).fill({ event: 'return', line: 1, arg: '1' });
    expect(timed(() => parseJsonFrames(frames)).fault?.frame).toBe(MAX_FRAMES);
  });
});

describe('programs made to slow a reader down', () => {
  const frame = '<|line_sep|>{}<|action_sep|>x<|frame_sep|>';

  it.each<[string, string, string]>([
    ['many long lines that begin alike with a tag', fill(frame), manyAlike(frame, 1_900)],
    ['such lines, and newlines just in reach', fill(`${frame.repeat(40)}\n`), manyAlike(frame, 1_900)],
    ['a line of a megabyte with tags', fill(frame), manyAlike(frame, 1_000_000)],
  ])('have %s', (_, text, source) => {
    const trace = timed(() => parseTrace({ kind: 'trace', format: 'cwm', text }, source));
    expect(trace.frames).toHaveLength(text.split('<|line_sep|>').length - 1);
  });
});

function manyAlike(frame: string, length: number): string {
  const body = `x<|frame_sep|>${frame.repeat(length / frame.length)}`;
  return Array.from({ length: Math.ceil(8_000_000 / length) }, (_, n) => `${body}${n}`).join('\n');
}
