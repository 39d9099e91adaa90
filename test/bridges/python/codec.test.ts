import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTrace, encodeTrace, TraceReader } from '../../../bridges/python/codec.ts';
import { FrameWriter } from '../../../bridges/python/frame-writer.ts';
import type { Frame } from '../../../core/frame.ts';
import type { Trace } from '../../../core/trace.ts';

const text = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '\udfff', '\0', '"')),
});
const name = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'toString', ''));
const position = { line: fc.integer({ min: 1 }), function: name, scope: fc.nat(), depth: fc.nat() };
const opaque = fc.constantFrom({}, { opaque: true });
const stateFrame = fc
  .tuple(
    fc.record({
      event: fc.constantFrom('call' as const, 'line' as const),
      ...position,
      locals: fc.array(fc.tuple(name, text)).map((entries) => new Map(entries)),
    }),
    opaque,
  )
  .map(([frame, more]): Frame => ({ ...frame, ...more }));
const valueFrame = fc
  .tuple(fc.record({ event: fc.constantFrom('return' as const, 'exception' as const), ...position, arg: text }), opaque)
  .map(([frame, more]): Frame => ({ ...frame, ...more }));
const traces: fc.Arbitrary<Trace> = fc.record({
  frames: fc.array(fc.oneof(stateFrame, valueFrame)),
  outcome: fc.oneof(
    fc.record({ kind: fc.constant('returned' as const), value: text }),
    fc.record({ kind: fc.constant('raised' as const), type: name, message: text }),
    fc.record({ kind: fc.constant('halted' as const), reason: fc.constant('steps' as const), detail: text }),
  ),
  stdout: text,
  steps: fc.nat(),
  platform: fc.record({ sets: fc.boolean(), words: fc.boolean() }),
});

/** A decoded trace with its frames as objects. */
function decoded(bytes: Uint8Array): Trace {
  const trace = decodeTrace(bytes);
  return { ...trace, frames: [...trace.frames] };
}

describe('the codec of traces', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const once = encodeTrace(trace);
        expect(decoded(once)).toEqual(trace);
        expect(encodeTrace(decodeTrace(once))).toEqual(once);
      }),
    );
  });

  it('keeps large numbers, and reads bytes wherever they lie', () => {
    fc.assert(
      fc.property(traces, fc.integer({ min: 0, max: 5 }), (trace, shift) => {
        const frames = Array.from(trace.frames, (frame) => ({
          ...frame,
          line: 2 ** 31 - frame.line,
          scope: 2 ** 32 - 1,
        }));
        const encoded = encodeTrace({ ...trace, frames });
        const moved = Buffer.alloc(encoded.length + shift);
        moved.set(encoded, shift);
        expect(decoded(moved.subarray(shift))).toEqual({ ...trace, frames });
      }),
    );
  });

  it('gives frames by their place as an array does, in one block or in several', () => {
    fc.assert(
      fc.property(
        traces,
        fc.array(fc.integer({ min: -30, max: 30 })),
        fc.integer(),
        fc.integer(),
        fc.array(fc.nat(20), { maxLength: 3 }),
        (trace, places, a, b, cuts) => {
          const all = [...trace.frames];
          const ends = [...cuts].sort((x, y) => x - y);
          const reader = new TraceReader();
          reader.take(encodeTrace(trace));
          reader.clear();
          for (const [at, end] of ends.entries()) {
            reader.take(encodeTrace({ ...trace, frames: all.slice(ends[at - 1] ?? 0, end) }));
          }
          const { frames, ...ending } = reader.finish(encodeTrace({ ...trace, frames: all.slice(ends.at(-1) ?? 0) }));
          expect({ ...ending, frames: [...frames] }).toEqual(trace);
          expect(frames.length).toBe(all.length);
          for (const place of places) expect(frames.at(place)).toEqual(all.at(place));
          expect(frames.slice(a % 20, b % 20)).toEqual(all.slice(a % 20, b % 20));
          expect(frames.slice(a % 20)).toEqual(all.slice(a % 20));
        },
      ),
    );
  });

  it('takes time and memory in proportion to the bytes, whatever they say', () => {
    fc.assert(
      fc.property(traces, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat(), (trace, at, byte, cut) => {
        const bytes = encodeTrace(trace);
        const broken = bytes.slice(0, bytes.length - (cut % bytes.length));
        broken[at % broken.length] = byte;
        try {
          const { frames } = decodeTrace(broken);
          expect(frames.length).toBeLessThanOrEqual(broken.length);
          // What is taken at all is well-formed.
          for (const { event, locals, arg } of frames) expect([event, locals ?? arg]).not.toContain(undefined);
        } catch (error) {
          expect(error instanceof SyntaxError || error instanceof RangeError).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps names that mean something to JavaScript', () => {
    const locals = new Map([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
    const frame: Frame = { event: 'line', line: 1, function: '__proto__', scope: 0, depth: 0, locals };
    const trace: Trace = {
      frames: [frame],
      outcome: { kind: 'returned', value: 'None' },
      stdout: '',
      steps: 1,
      platform: { sets: false, words: false },
    };
    const [only] = decodeTrace(encodeTrace(trace)).frames;
    expect([...(only?.locals ?? [])]).toEqual([...locals]);
    expect(Object.getPrototypeOf(only)).toBe(Object.prototype);
  });

  it('gives a long trace away block by block', () => {
    const frames = Array.from({ length: 60_000 }, (_, at): Frame => {
      const locals = new Map([['i', String(at)]]);
      return { event: 'line', line: 1 + (at % 7), function: 'f', scope: 0, depth: 0, locals };
    });
    const ending = {
      outcome: { kind: 'returned', value: 'None' } as const,
      stdout: '',
      steps: 1,
      platform: { sets: false, words: false },
    };
    const reader = new TraceReader();
    const writer = new FrameWriter((block) => reader.take(block));
    for (const frame of frames) writer.add(frame);
    expect(writer.blocks).toBeGreaterThan(1);
    expect([...reader.finish(writer.finish(ending)).frames]).toEqual(frames);
  });

  it('stores a repr that many frames share once', () => {
    const long = 'x'.repeat(1000);
    const locals = new Map([['a', long]]);
    const frames = Array.from({ length: 1000 }, (): Frame => {
      return { event: 'line', line: 1, function: 'f', scope: 0, depth: 0, locals };
    });
    const trace: Trace = {
      frames,
      outcome: { kind: 'returned', value: 'None' },
      stdout: '',
      steps: 1000,
      platform: { sets: false, words: false },
    };
    expect(encodeTrace(trace).length).toBeLessThan(40_000);
  });
});
