import type { Session } from '../../core/call-record.ts';
import type { Event, Frame } from '../../core/frame.ts';
import type { Outcome, PlatformUse, Trace } from '../../core/trace.ts';

/**
 * A trace on its way between threads and processes: one flat array of numbers and a table of distinct strings, as JSON
 * text in UTF-8. A frame is
 * `event, line, function, scope, depth, opaque, n` and then n pairs of name and repr for `call` and `line` (one string,
 * with n = -1, for `return` and `exception`); strings are indexes into the table.
 */
interface Encoded {
  readonly strings: readonly string[];
  readonly frames: readonly number[];
  readonly outcome: Outcome;
  readonly stdout: string;
  readonly stderr?: string;
  readonly steps: number;
  readonly platform: PlatformUse;
  readonly session?: Session;
}

/** Position is the event's number. */
const EVENT_CODES: readonly Event[] = ['call', 'line', 'return', 'exception'];
const NO_LOCALS = -1;

const encoder = new TextEncoder();

export function encodeTrace(trace: Trace): Uint8Array<ArrayBuffer> {
  const table = new Map<string, number>();
  const index = (text: string): number => {
    let at = table.get(text);
    if (at === undefined) {
      at = table.size;
      table.set(text, at);
    }
    return at;
  };
  const frames: number[] = [];
  for (const frame of trace.frames) {
    frames.push(EVENT_CODES.indexOf(frame.event), frame.line, index(frame.function), frame.scope, frame.depth);
    frames.push(frame.opaque === true ? 1 : 0);
    if (frame.locals === undefined) {
      frames.push(NO_LOCALS, index(frame.arg ?? ''));
    } else {
      frames.push(frame.locals.size);
      for (const [name, repr] of frame.locals) frames.push(index(name), index(repr));
    }
  }
  const { frames: _, ...rest } = trace;
  const encoded: Encoded = { strings: [...table.keys()], frames, ...rest };
  return encoder.encode(JSON.stringify(encoded));
}

/** The inverse of {@link encodeTrace}. */
export function decodeTrace(bytes: Uint8Array): Trace {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  const { strings, frames: numbers, ...rest } = JSON.parse(text) as Encoded;
  const frames: Frame[] = [];
  let at = 0;
  const next = (): number => numbers[at++] as number;
  const string = (): string => strings[next()] as string;
  while (at < numbers.length) {
    const head = {
      event: EVENT_CODES[next()] as Event,
      line: next(),
      function: string(),
      scope: next(),
      depth: next(),
      ...(next() === 1 && { opaque: true }),
    };
    const count = next();
    if (count === NO_LOCALS) {
      frames.push({ ...head, arg: string() });
    } else {
      const locals = new Map<string, string>();
      for (let pair = 0; pair < count; pair++) locals.set(string(), string());
      frames.push({ ...head, locals });
    }
  }
  return { frames, ...rest };
}
