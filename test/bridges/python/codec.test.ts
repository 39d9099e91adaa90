import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTrace, encodeTrace } from '../../../bridges/python/codec.ts';
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

describe('the codec of traces', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        expect(decodeTrace(encodeTrace(trace))).toEqual(trace);
      }),
    );
  });

  it('keeps large numbers, and reads bytes wherever they lie', () => {
    fc.assert(
      fc.property(traces, fc.integer({ min: 0, max: 5 }), (trace, shift) => {
        const frames = trace.frames.map((frame) => ({ ...frame, line: 2 ** 31 - frame.line, scope: 2 ** 32 - 1 }));
        const encoded = encodeTrace({ ...trace, frames });
        const moved = Buffer.alloc(encoded.length + shift);
        moved.set(encoded, shift);
        expect(decodeTrace(moved.subarray(shift))).toEqual({ ...trace, frames });
      }),
    );
  });

  it('takes time and memory in proportion to the bytes, whatever they say', () => {
    fc.assert(
      fc.property(traces, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat(), (trace, at, byte, cut) => {
        const bytes = encodeTrace(trace);
        const broken = bytes.slice(0, bytes.length - (cut % bytes.length));
        broken[at % broken.length] = byte;
        try {
          expect(decodeTrace(broken).frames.length).toBeLessThanOrEqual(broken.length);
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
    const [decoded] = decodeTrace(encodeTrace(trace)).frames;
    expect([...(decoded?.locals ?? [])]).toEqual([...locals]);
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
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
