import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClaimedFrame } from '../../../core/frame.ts';
import type { ClaimedTrace } from '../../../core/trace.ts';
import { parseIds } from '../../../neural/formats/cwm/ids.ts';
import { renderIds, renderTagged } from '../../../neural/formats/cwm/render.ts';
import { parseStripped } from '../../../neural/formats/cwm/stripped.ts';
import { parseTagged } from '../../../neural/formats/cwm/tagged.ts';
import { FrameReader, MAX_FRAME_CHARACTERS } from '../../../neural/reader/frame-reader.ts';
import type { Reading } from '../../../neural/reader/reading.ts';
import { generatedTrace } from '../formats/true-traces.ts';

const RUNS = { numRuns: 300 };
const LINES = ['def main():  # << START_OF_TRACE', '    x = 1', '    return x', ''];
const FRAME = '<|line_sep|>{"x": "1"}<|action_sep|>    return x\n<|frame_sep|>';

function readPieces(lines: readonly string[], contents: readonly (string | number)[]): Reading[] {
  const reader = new FrameReader(lines);
  return [...contents.flatMap((content) => reader.push({ content })), ...reader.finish()];
}

const framesOf = (readings: readonly Reading[]) =>
  readings.flatMap((reading) => (reading.kind === 'frame' ? [reading.frame] : []));

const bare = ({ frames }: ClaimedTrace): ClaimedFrame[] => frames.map(({ span: _span, ...frame }) => frame);

/** A text in pieces of random lengths. */
function pieces(text: string, lengths: readonly number[]): string[] {
  const cut: string[] = [];
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    cut.push(text.slice(at, at + length));
    at += length;
  }
  return cut;
}

const LENGTHS = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });

describe('a trace that comes in pieces', () => {
  it('has the frames of the whole tagged text, however it is cut', () => {
    fc.assert(
      fc.property(generatedTrace, LENGTHS, ({ frames, lines }, lengths) => {
        const text = renderTagged(frames, lines);
        const readings = readPieces(lines, pieces(text, lengths));
        expect(framesOf(readings)).toEqual(bare(parseTagged(text, { lines })));
        expect(readings.at(-1)).toEqual({ kind: 'ended' });
        // What the model wrote, and nothing else, is given back.
        const written = readings.map((reading) => (reading.kind === 'frame' ? reading.text : '')).join('');
        expect(written.replaceAll(/\s/g, '')).toBe(text.replace(/<\|end_of_text\|>$/, '').replaceAll(/\s/g, ''));
      }),
      RUNS,
    );
  });

  it('has the frames of the whole tokens, where special tokens are ids', () => {
    fc.assert(
      fc.property(generatedTrace, LENGTHS, ({ frames, lines }, lengths) => {
        const tokens = renderIds(frames, lines);
        const cut = tokens.flatMap((token): (number | string)[] =>
          typeof token === 'string' ? pieces(token, lengths) : [token],
        );
        const readings = readPieces(lines, cut);
        expect(framesOf(readings)).toEqual(bare(parseIds(tokens, { lines })));
        expect(readings.at(-1)).toEqual({ kind: 'ended' });
      }),
      RUNS,
    );
  });

  it('has the frames of the whole stripped text', () => {
    fc.assert(
      fc.property(generatedTrace, LENGTHS, ({ frames, lines }, lengths) => {
        const text = renderIds(frames, lines)
          .filter((token) => typeof token === 'string')
          .join('');
        fc.pre(!text.trimStart().startsWith('<'));
        const readings = readPieces(lines, pieces(text, lengths));
        expect(framesOf(readings)).toEqual(bare(parseStripped(text, { lines })));
        expect(readings.every(({ kind }) => kind === 'frame')).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('a frame', () => {
  it('is given as soon as its separator has come', () => {
    const reader = new FrameReader(LINES);
    const given = pieces(FRAME, [1]).map((content) => reader.push({ content }).length);
    expect(given.at(-1)).toBe(1);
    expect(given.slice(0, -1).every((count) => count === 0)).toBe(true);
  });

  it('is not ended by a separator within its values', () => {
    const frame = FRAME.replace('"1"', '"\'<|frame_sep|>\'"');
    const readings = readPieces(LINES, pieces(`${frame}${FRAME}`, [7]));
    expect(readings).toMatchObject([
      { kind: 'frame', frame: { locals: new Map([['x', "'<|frame_sep|>'"]]) } },
      { kind: 'frame', frame: { locals: new Map([['x', '1']]) } },
    ]);
  });

  it('that breaks off is cut; one that is none is broken, and nothing is read behind it', () => {
    expect(readPieces(LINES, [FRAME, '<|line_sep|>{"x": "1'])).toMatchObject([{ kind: 'frame' }, { kind: 'cut' }]);
    const broken = readPieces(LINES, [FRAME, '<|line_sep|>[1]<|action_sep|>\n<|frame_sep|>', FRAME]);
    expect(broken).toMatchObject([{ kind: 'frame' }, { kind: 'broken', message: 'expected a JSON object of locals' }]);
    expect(readPieces(LINES, [128104, '{', 128106, '}', 128100, 128104])).toMatchObject([{ kind: 'broken' }]);
    expect(readPieces(LINES, [128104, '{}', 128101, '    x = 1\n', 9999])).toMatchObject([{ kind: 'broken' }]);
  });

  it('may follow tokens of the prompt that the model repeats', () => {
    expect(readPieces(LINES, ['<|begin_of_text|><|frame_sep|>', FRAME])).toMatchObject([{ kind: 'frame' }]);
  });
});

describe('what no end comes to', () => {
  it('is given up after a bounded number of characters, in linear time', () => {
    const began = performance.now();
    for (const junk of ['x', '\n', '<|line_sep|>{"a": "<|frame_sep|>', '{"a": "', '<|frame_sep|>', '\u{fffd}']) {
      const reader = new FrameReader(LINES);
      const readings: Reading[] = [];
      const piece = junk.repeat(Math.ceil(64 / junk.length));
      const begin = junk.startsWith('{') || junk.startsWith('<|line') ? junk : '';
      readings.push(...reader.push({ content: begin }));
      for (let sent = 0; sent < 10 * MAX_FRAME_CHARACTERS && readings.length === 0; sent += piece.length) {
        readings.push(...reader.push({ content: piece }));
      }
      readings.push(...reader.finish());
      expect(readings.length).toBe(1);
      expect(readings[0]?.kind).toBe('broken');
    }
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  it('is left alone once the model says that the trace is over', () => {
    const reader = new FrameReader(LINES);
    expect(reader.push({ content: `${FRAME}<|end_of_text|>` })).toMatchObject([{ kind: 'frame' }, { kind: 'ended' }]);
    expect(reader.push({ content: FRAME })).toEqual([]);
    expect(reader.finish()).toEqual([]);
  });

  it('ends stripped text where the model goes on to explain it', () => {
    const text = '{"x": "1"}    return x\n    return x\n"1"\n\nNow let us analyze the trace.';
    const reader = new FrameReader(LINES);
    const readings = pieces(text, [3]).flatMap((content) => reader.push({ content }));
    expect([...readings, ...reader.finish()].map(({ kind }) => kind)).toEqual(['frame', 'frame', 'ended']);
  });
});
