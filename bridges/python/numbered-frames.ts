import type { Event, Frame, FrameSequence } from '../../core/frame.ts';
import { numbersIn } from './number-list.ts';
import { type Block, type Ending, EVENT_CODES, VALUE, writeBlock } from './trace-block.ts';

/** Numbers of a frame before its strings, the last of which is their count. */
const SHORTEST = 7;
const COUNT = SHORTEST - 1;
/** Bytes of a string besides its characters, and of its place in a table. */
const STRING_BYTES = 24;

/** The place that an end of an array's slice stands for. */
function placeOf(index: number, length: number): number {
  return index < 0 ? Math.max(0, index + length) : Math.min(index, length);
}

/** Frames as their numbers, each made an object when it is asked for: a trace may have millions. */
export class NumberedFrames implements FrameSequence {
  readonly #numbers: Uint16Array | Uint32Array;
  readonly #strings: readonly string[];
  readonly length: number;
  /** Where each frame's numbers begin; found when frames are first asked for out of their order. */
  #starts: Uint32Array | undefined;
  /** The frame that was asked for last, and where the next one begins. */
  #place = -1;
  #frame: Frame | undefined;
  #end = 0;

  /** @throws RangeError where the numbers are not those of frames: what runs programs wrote them */
  constructor({ numbers, strings }: Pick<Block, 'numbers' | 'strings'>) {
    this.#numbers = numbers;
    this.#strings = strings;
    this.length = countFrames(numbers, strings.length);
  }

  get byteLength(): number {
    let bytes = this.#numbers.byteLength;
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
    if (!(place >= 0 && place < this.length)) return undefined;
    // Who compares frames asks for each several times in a row, and for the next one then.
    if (place !== this.#place) {
      const start = place === this.#place + 1 ? this.#end : this.#startOf(place);
      this.#frame = this.#read(start);
      this.#end = this.#endOf(start);
      this.#place = place;
    }
    return this.#frame;
  }

  slice(start = 0, end = this.length): readonly Frame[] {
    const frames: Frame[] = [];
    const to = placeOf(end, this.length);
    let place = placeOf(start, this.length);
    if (place >= to) return frames;
    for (let at = this.#startOf(place); place < to; at = this.#endOf(at), place++) frames.push(this.#read(at));
    return frames;
  }

  *[Symbol.iterator](): IterableIterator<Frame> {
    for (let at = 0; at < this.#numbers.length; at = this.#endOf(at)) yield this.#read(at);
  }

  #number(at: number): number {
    return this.#numbers[at] as number;
  }

  #text(at: number): string {
    return this.#strings[this.#number(at)] as string;
  }

  #startOf(place: number): number {
    if (place === 0) return 0;
    if (this.#starts === undefined) {
      this.#starts = new Uint32Array(this.length);
      for (let index = 1; index < this.length; index++)
        this.#starts[index] = this.#endOf(this.#starts[index - 1] as number);
    }
    return this.#starts[place] as number;
  }

  #endOf(start: number): number {
    return start + SHORTEST + textsIn(this.#number(start + COUNT));
  }

  #read(start: number): Frame {
    const event = EVENT_CODES[this.#number(start)] as Event;
    const line = this.#number(start + 1);
    const name = this.#text(start + 2);
    const scope = this.#number(start + 3);
    const depth = this.#number(start + 4);
    const opaque = this.#number(start + 5) === 1;
    const end = this.#endOf(start);
    let at = start + SHORTEST;
    if (this.#number(start + COUNT) === VALUE) {
      const frame = { event, line, function: name, scope, depth, arg: this.#text(at) };
      return opaque ? { ...frame, opaque } : frame;
    }
    const locals = new Map<string, string>();
    for (; at < end; at += 2) locals.set(this.#text(at), this.#text(at + 1));
    const frame = { event, line, function: name, scope, depth, locals };
    return opaque ? { ...frame, opaque } : frame;
  }
}

/** How many strings follow a frame's count. */
function textsIn(count: number): number {
  return count === VALUE ? 1 : 2 * (count - 1);
}

/** How many frames these are. @throws RangeError where the numbers are not those of frames */
function countFrames(numbers: Uint16Array | Uint32Array, strings: number): number {
  let frames = 0;
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
    frames++;
    if (next() >= EVENT_CODES.length) throw new RangeError('the trace has no such event');
    next();
    text();
    at += 3;
    const texts = textsIn(next());
    for (let n = 0; n < texts; n++) text();
  }
  return frames;
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
    const [from, to] = [placeOf(start, this.length), placeOf(end, this.length)];
    return this.#parts.flatMap((part, at) => {
      const first = this.#starts[at] ?? 0;
      return from < first + part.length && to > first ? part.slice(Math.max(0, from - first), to - first) : [];
    });
  }

  *[Symbol.iterator](): IterableIterator<Frame> {
    for (const part of this.#parts) yield* part;
  }
}
