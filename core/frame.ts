import { z } from 'zod';

/** What a frame reports, named as in `sys.settrace`. */
export const EVENTS = ['call', 'line', 'return', 'exception'] as const;
export const Event = z.enum(EVENTS);
export type Event = z.infer<typeof Event>;

/** In a claim: this local has the same repr as in the frame just before. */
export const UNCHANGED = '..';

export const Frame = z
  .strictObject({
    event: Event,
    line: z.int().min(1).describe('1-based line that is about to run, or that returned or raised.'),
    function: z.string().describe('Name of the code object: a function, `<lambda>`, `<listcomp>`, `<module>` …'),
    locals: z
      .record(z.string(), z.string())
      .optional()
      .describe('Name → repr, before the line runs. For `call` and `line`.'),
    arg: z
      .string()
      .optional()
      .describe('Repr of the returned value or of the exception tuple. For `return` and `exception`.'),
    opaque: z
      .literal(true)
      .optional()
      .describe('A repr in this frame took code in Python, such as a `__repr__` of the program: it may say anything.'),
  })
  .meta({ id: 'Frame', description: 'One step of a run.' });

/** One step of a true run, as the tracer saw it. Locals are in the order of the code object's variables. */
export interface Frame {
  readonly event: Event;
  readonly line: number;
  readonly function: string;
  /** Set for `call` and `line`. */
  readonly locals?: ReadonlyMap<string, string>;
  /** Set for `return` and `exception`. */
  readonly arg?: string;
  /** Identifies the activation (one running function) that the frame belongs to; a resumed generator keeps its own. */
  readonly scope: number;
  /** Number of activations below this one; the entry has 0. */
  readonly depth: number;
  /** A repr in this frame took code in Python, such as a `__repr__` of the program, and not built-in types alone. */
  readonly opaque?: boolean;
}

/** Frames in the order of the run. An array is such a sequence; what is long need not be there as objects. */
export interface FrameSequence extends Iterable<Frame> {
  readonly length: number;
  /** As of an array: a negative index counts from the end. */
  at(index: number): Frame | undefined;
  slice(start?: number, end?: number): readonly Frame[];
  /** About what they take in memory, where that is known. */
  readonly byteLength?: number;
}

/** The frame at a place; undefined where the place is none, as is -1. */
export function frameAt(frames: FrameSequence, place: number): Frame | undefined {
  return place < 0 ? undefined : frames.at(place);
}

/** Lines in the order in which they ran. */
export function linesRun(frames: FrameSequence): number[] {
  const lines: number[] = [];
  for (const { event, line } of frames) if (event === 'line') lines.push(line);
  return lines;
}

/** Half-open range of character offsets into the claim's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One step as somebody claims it. What the claim's format leaves open is undefined. */
export interface ClaimedFrame {
  /** The events that the text allows: one in tagged text, two where a decoder dropped the special tokens. */
  readonly events: readonly Event[];
  /** Name → repr or {@link UNCHANGED}. Undefined for a frame that has a value instead. */
  readonly locals?: ReadonlyMap<string, string>;
  readonly arg?: string;
  /** Text of the source line, without the entry mark and trailing white space. */
  readonly source?: string;
  readonly line?: number;
  readonly function?: string;
  readonly span?: Span;
}
