import type { Session } from '../../core/call-record.ts';
import type { Event, Frame } from '../../core/frame.ts';
import type { Outcome, PlatformUse, Trace } from '../../core/trace.ts';
import { NumberList, readNumbers } from './number-list.ts';

/**
 * A trace on its way between threads and processes, and where it is kept: a head, JSON text in UTF-8 behind its length in 32
 * bits, the lowest first, then numbers of the head's width from the next multiple of four on, in the machine's byte order. A
 * frame is
 * `event, line, function, scope, depth, opaque, n`; where n is 0 the index of one string follows, the value; otherwise
 * n - 1 pairs of name and repr do. Strings are indexes into the head's table.
 */
interface Head {
  readonly strings: readonly string[];
  /** Bytes of a number. */
  readonly width: 2 | 4;
  readonly outcome: Outcome;
  readonly stdout: string;
  readonly stderr?: string;
  readonly steps: number;
  readonly platform: PlatformUse;
  readonly session?: Session;
}

/** Position is the event's number. */
const EVENT_CODES: readonly Event[] = ['call', 'line', 'return', 'exception'];
const VALUE = 0;
const LENGTH_BYTES = 4;

const encoder = new TextEncoder();

/** The next place for numbers. */
function aligned(at: number): number {
  return Math.ceil(at / 4) * 4;
}

/** A trace without its frames. */
export type Ending = Omit<Trace, 'frames'>;

/** Takes frames as they come and keeps them as numbers, which take less memory than objects. */
export class FrameWriter {
  readonly #table = new Map<string, number>();
  readonly #numbers = new NumberList();

  add({ event, line, function: name, scope, depth, opaque, locals, arg = '' }: Frame): void {
    const numbers = this.#numbers;
    numbers.push(EVENT_CODES.indexOf(event));
    numbers.push(line);
    this.#pushText(name);
    numbers.push(scope);
    numbers.push(depth);
    numbers.push(opaque === true ? 1 : 0);
    if (locals === undefined) {
      numbers.push(VALUE);
      this.#pushText(arg);
    } else {
      numbers.push(locals.size + 1);
      for (const [local, repr] of locals) {
        this.#pushText(local);
        this.#pushText(repr);
      }
    }
  }

  #pushText(text: string): void {
    let at = this.#table.get(text);
    if (at === undefined) {
      at = this.#table.size;
      this.#table.set(text, at);
    }
    this.#numbers.push(at);
  }

  /** The trace of these frames, for {@link decodeTrace}. */
  finish(ending: Ending): Uint8Array<ArrayBuffer> {
    const numbers = this.#numbers;
    const head: Head = { strings: [...this.#table.keys()], width: numbers.width, ...ending };
    const text = encoder.encode(JSON.stringify(head));
    const start = aligned(LENGTH_BYTES + text.length);
    const bytes = new Uint8Array(start + numbers.size);
    for (let byte = 0; byte < LENGTH_BYTES; byte++) bytes[byte] = text.length >>> (8 * byte);
    bytes.set(text, LENGTH_BYTES);
    numbers.write(bytes.buffer, start);
    return bytes;
  }
}

export function encodeTrace({ frames, ...ending }: Trace): Uint8Array<ArrayBuffer> {
  const writer = new FrameWriter();
  for (const frame of frames) writer.add(frame);
  return writer.finish(ending);
}

/** Reads frames off their numbers. It trusts no number: what runs programs wrote them. */
class FrameDecoder {
  readonly #numbers: Uint16Array | Uint32Array;
  readonly #strings: readonly string[];
  #at = 0;

  constructor(numbers: Uint16Array | Uint32Array, strings: readonly string[]) {
    this.#numbers = numbers;
    this.#strings = strings;
  }

  get done(): boolean {
    return this.#at >= this.#numbers.length;
  }

  #next(): number {
    const number = this.#numbers[this.#at++];
    if (number === undefined) throw new RangeError('the trace ends within a frame');
    return number;
  }

  #text(): string {
    const text = this.#strings[this.#next()];
    if (text === undefined) throw new RangeError('the trace has no such string');
    return text;
  }

  next(): Frame {
    const event = EVENT_CODES[this.#next()];
    if (event === undefined) throw new RangeError('the trace has no such event');
    const line = this.#next();
    const name = this.#text();
    const scope = this.#next();
    const depth = this.#next();
    const opaque = this.#next() === 1;
    const count = this.#next();
    if (count === VALUE) {
      const arg = this.#text();
      const frame = { event, line, function: name, scope, depth, arg };
      return opaque ? { ...frame, opaque } : frame;
    }
    const locals = new Map<string, string>();
    for (let pair = 1; pair < count; pair++) locals.set(this.#text(), this.#text());
    const frame = { event, line, function: name, scope, depth, locals };
    return opaque ? { ...frame, opaque } : frame;
  }
}

function readHead(text: string): Head {
  const head = JSON.parse(text) as Partial<Head> | null;
  const { strings, width } = head ?? {};
  const known =
    Array.isArray(strings) && strings.every((one) => typeof one === 'string') && (width === 2 || width === 4);
  if (!known) throw new RangeError('the head of the trace has no strings');
  return head as Head;
}

/** The inverse of {@link encodeTrace}. @throws SyntaxError or RangeError where the bytes are none of its results */
export function decodeTrace(bytes: Uint8Array): Trace {
  const { buffer, byteOffset, byteLength } = bytes;
  let length = 0;
  for (let byte = LENGTH_BYTES; byte > 0; byte--) length = length * 256 + (bytes[byte - 1] ?? 0);
  const textEnd = LENGTH_BYTES + length;
  if (textEnd > byteLength) throw new RangeError('the trace ends within its head');
  const text = Buffer.from(buffer, byteOffset + LENGTH_BYTES, length).toString();
  const { strings, width, ...rest } = readHead(text);
  const decoder = new FrameDecoder(readNumbers(bytes.subarray(aligned(textEnd)), width), strings);
  const frames: Frame[] = [];
  while (!decoder.done) frames.push(decoder.next());
  return { frames, ...rest };
}
