import type { Event, Frame, FrameSequence } from '../../core/frame.ts';
import { numbersIn } from './number-list.ts';
import { type Block, type Ending, EVENT_CODES, VALUE, writeBlock } from './trace-block.ts';

/** Numbers of a frame without locals. */
const SHORTEST = 7;
/** Bytes of a string besides its characters, and of its place in a table. */
const STRING_BYTES = 24;

/** Frames as their numbers, each made an object when it is asked for: a trace may have millions. */
export class NumberedFrames implements FrameSequence {
  readonly #numbers: Uint16Array | Uint32Array;
  readonly #strings: readonly string[];
  /** Where each frame's numbers begin. */
  readonly #starts: Uint32Array;
  #lastIndex = -1;
  #last: Frame | undefined;

  /** @throws RangeError where the numbers are not those of frames: what runs programs wrote them */
  constructor({ numbers, strings }: Pick<Block, 'numbers' | 'strings'>) {
    this.#numbers = numbers;
    this.#strings = strings;
    this.#starts = findStarts(numbers, strings.length);
  }

  get length(): number {
    return this.#starts.length;
  }

  get byteLength(): number {
    let bytes = this.#numbers.byteLength + this.#starts.byteLength;
    for (const string of this.#strings) bytes += STRING_BYTES + string.length;
    return bytes;
  }

  /** The last block of a trace with these frames. */
  encode(ending: Ending): Uint8Array<ArrayBuffer> {
    const numbers = this.#numbers;
    const { length, byteLength: size } = numbers;
    const width = numbers.BYTES_PER_ELEMENT as 2 | 4;
    const write = (buffer: ArrayBuffer, at: number): void => numbersIn(buffer, at, length, width).set(numbers);
    return writeBlock(this.#strings, { width, size, write }, ending);
  }

  at(index: number): Frame | undefined {
    const place = index < 0 ? index + this.length : index;
    // Who compares frames asks for the same one several times in a row.
    if (place !== this.#lastIndex) {
      const start = this.#starts[place];
      if (start === undefined) return undefined;
      this.#last = this.#read(start);
      this.#lastIndex = place;
    }
    return this.#last;
  }

  slice(start = 0, end = this.length): readonly Frame[] {
    return Array.from(this.#starts.subarray(start, end), (at) => this.#read(at));
  }

  *[Symbol.iterator](): IterableIterator<Frame> {
    for (const start of this.#starts) yield this.#read(start);
  }

  #number(at: number): number {
    return this.#numbers[at] as number;
  }

  #text(at: number): string {
    return this.#strings[this.#number(at)] as string;
  }

  #read(start: number): Frame {
    const head = {
      event: EVENT_CODES[this.#number(start)] as Event,
      line: this.#number(start + 1),
      function: this.#text(start + 2),
      scope: this.#number(start + 3),
      depth: this.#number(start + 4),
    };
    const opaque = this.#number(start + 5) === 1;
    const values = this.#values(start + 6);
    const frame = { ...head, ...values };
    return opaque ? { ...frame, opaque } : frame;
  }

  #values(start: number): Pick<Frame, 'arg' | 'locals'> {
    const count = this.#number(start);
    if (count === VALUE) return { arg: this.#text(start + 1) };
    const locals = new Map<string, string>();
    const end = start + 1 + 2 * (count - 1);
    for (let at = start + 1; at < end; at += 2) locals.set(this.#text(at), this.#text(at + 1));
    return { locals };
  }
}

/** Where each frame's numbers begin. @throws RangeError where they are not those of frames */
function findStarts(numbers: Uint16Array | Uint32Array, strings: number): Uint32Array {
  const starts = new Uint32Array(Math.ceil(numbers.length / SHORTEST));
  let count = 0;
  let at = 0;
  const next = (): number => {
    const number = numbers[at++];
    if (number === undefined) throw new RangeError('the trace ends within a frame');
    return number;
  };
  const text = (): void => {
    if (next() >= strings) throw new RangeError('the trace has no such string');
  };
  while (at < numbers.length) {
    starts[count++] = at;
    if (next() >= EVENT_CODES.length) throw new RangeError('the trace has no such event');
    next();
    text();
    at += 3;
    const values = next();
    const texts = values === VALUE ? 1 : 2 * (values - 1);
    for (let n = 0; n < texts; n++) text();
  }
  return starts.slice(0, count);
}

/** The frames of several blocks, one block behind the other. */
export class JoinedFrames implements FrameSequence {
  readonly #parts: readonly FrameSequence[];
  /** Place of each part's first frame. */
  readonly #starts: readonly number[];
  readonly length: number;
  /** The part that was asked last: who reads frames reads most of them in a row. */
  #at = 0;

  constructor(parts: readonly FrameSequence[]) {
    const starts: number[] = [];
    let length = 0;
    for (const part of parts) {
      starts.push(length);
      length += part.length;
    }
    this.#parts = parts;
    this.#starts = starts;
    this.length = length;
  }

  get byteLength(): number {
    return this.#parts.reduce((bytes, part) => bytes + (part.byteLength ?? 0), 0);
  }

  at(index: number): Frame | undefined {
    const place = index < 0 ? index + this.length : index;
    if (!(place >= 0 && place < this.length)) return undefined;
    if (!this.#holds(this.#at, place)) this.#at = this.#starts.findLastIndex((start) => start <= place);
    return this.#parts[this.#at]?.at(place - (this.#starts[this.#at] ?? 0));
  }

  #holds(part: number, place: number): boolean {
    const start = this.#starts[part] ?? 0;
    return place >= start && place < start + (this.#parts[part]?.length ?? 0);
  }

  slice(start = 0, end = this.length): readonly Frame[] {
    const clamp = (index: number): number =>
      Math.min(this.length, index < 0 ? Math.max(0, index + this.length) : index);
    const [from, to] = [clamp(start), clamp(end)];
    return this.#parts.flatMap((part, at) => {
      const first = this.#starts[at] ?? 0;
      return from < first + part.length && to > first ? part.slice(Math.max(0, from - first), to - first) : [];
    });
  }

  *[Symbol.iterator](): IterableIterator<Frame> {
    for (const part of this.#parts) yield* part;
  }
}
