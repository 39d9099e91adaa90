import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIds } from '../../../neural/formats/cwm/ids.ts';
import { renderPrompt, splitPrompt } from '../../../neural/formats/cwm/prompt.ts';
import { renderIds, renderTagged } from '../../../neural/formats/cwm/render.ts';
import { parseStripped } from '../../../neural/formats/cwm/stripped.ts';
import { parseTagged } from '../../../neural/formats/cwm/tagged.ts';
import { parseJsonFrames, renderJsonFrames } from '../../../neural/formats/json.ts';
import { expandFrames, expectedFrames, generatedTrace } from './true-traces.ts';

const RUNS = { numRuns: 500 };

describe('what is rendered is read again', () => {
  it('as tagged text', () => {
    fc.assert(
      fc.property(generatedTrace, fc.boolean(), (trace, end) => {
        const text = renderTagged(trace.frames, trace.lines, { end });
        const claim = parseTagged(text, { lines: trace.lines });
        expect(claim.fault).toBeUndefined();
        expect(claim.ended).toBe(true);
        expect(expandFrames(claim.frames)).toEqual(expectedFrames(trace));
      }),
      RUNS,
    );
  });

  it('as ids, without knowing the program', () => {
    fc.assert(
      fc.property(generatedTrace, (trace) => {
        const claim = parseIds(renderIds(trace.frames, trace.lines), { lines: [] });
        expect(claim.fault).toBeUndefined();
        expect(claim.ended).toBe(true);
        expect(expandFrames(claim.frames)).toEqual(expectedFrames(trace));
      }),
      RUNS,
    );
  });

  it('as stripped text, with the events that it leaves open', () => {
    fc.assert(
      fc.property(generatedTrace, (trace) => {
        const text = renderIds(trace.frames, trace.lines)
          .filter((token) => typeof token === 'string')
          .join('');
        const claim = parseStripped(text, { lines: trace.lines });
        expect(claim.fault).toBeUndefined();
        expect(claim.ended).toBe(true);
        const events = trace.frames.map(({ locals }) => (locals ? ['call', 'line'] : ['return', 'exception']));
        expect(claim.frames.map((frame) => frame.events)).toEqual(events);
        // With the true events given back, nothing else may differ.
        const told = claim.frames.map((frame, index) => ({ ...frame, events: [trace.frames[index]!.event] }));
        expect(expandFrames(told)).toEqual(expectedFrames(trace));
      }),
      RUNS,
    );
  });

  it('as JSON frames', () => {
    fc.assert(
      fc.property(generatedTrace, ({ frames }) => {
        const claim = parseJsonFrames(JSON.parse(JSON.stringify(renderJsonFrames(frames))));
        expect(claim.fault).toBeUndefined();
        expect(claim.ended).toBe(true);
        const expected = frames.map(({ event, line, function: name, locals, arg }) => ({
          events: [event],
          line,
          function: name,
          ...(locals && { locals }),
          ...(arg !== undefined && { arg }),
        }));
        expect(claim.frames).toEqual(expected);
      }),
      RUNS,
    );
  });

  it('as a prompt', () => {
    const source = fc
      .array(fc.oneof(fc.string(), fc.constantFrom('<|frame_sep|>', '<|end_of_text|>', '\n', ' ')))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(source, (text) => {
        const prompt = renderPrompt(text);
        expect(splitPrompt(prompt)).toEqual({ source: text, trace: '', traceStart: prompt.length });
        const trace = '<|call_sep|>{}<|action_sep|>f\n<|frame_sep|>';
        expect(splitPrompt(prompt + trace)).toEqual({ source: text, trace, traceStart: prompt.length });
      }),
      RUNS,
    );
  });
});

describe('spans', () => {
  it('cover tagged text frame by frame', () => {
    fc.assert(
      fc.property(generatedTrace, ({ lines, frames }) => {
        const text = renderTagged(frames, lines, { end: false });
        const spans = parseTagged(text, { lines }).frames.map(({ span }) => span!);
        expect(spans.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        expect(spans.map(({ start }) => start)).toEqual([0, ...spans.slice(0, -1).map(({ end }) => end)]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('renderTagged from a later frame', () => {
  it('is the tail of the whole text', () => {
    fc.assert(
      fc.property(generatedTrace, fc.nat(30), ({ lines, frames }, from) => {
        const whole = renderTagged(frames, lines);
        const head = renderTagged(frames.slice(0, from), lines, { end: false });
        expect(head + renderTagged(frames, lines, { from })).toBe(whole);
      }),
      { numRuns: 200 },
    );
  });
});
