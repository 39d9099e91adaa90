import type { CPython } from './cpython.ts';
import type { Engine } from './engine.ts';
import type { Image } from './image.ts';

/** Below the deepest stack pointer that was seen, C code may have gone this much deeper between two looks. */
const STACK_MARGIN = 256 * 1024;
const STACK_CHUNK = 64 * 1024;
/** So many untouched chunks in a row are taken as the end of what the stack reached. */
const STACK_QUIET = 8;

const ZERO_CHUNK = Buffer.alloc(STACK_CHUNK);

interface SavedRange {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** The way back to an image: puts an interpreter's linear memory and stack pointer back to it, bit for bit. */
export class Checkpoint {
  readonly #python: CPython;
  readonly #stackPointer: WebAssembly.Global;
  readonly #image: Image;
  readonly #saved: readonly SavedRange[];
  /** Half-open ranges that are zero in the image, the stack's left out. */
  readonly #zeros: readonly (readonly [number, number])[];
  /** Deepest stack pointer that the host saw since the last restore. */
  #lowestStack: number;

  /** @throws Error where the interpreter was not instantiated as the image's was */
  constructor(python: CPython, engine: Engine, image: Image) {
    if (python.u8.length !== image.memoryBytes) {
      throw new Error(`the interpreter image is for ${image.memoryBytes} bytes of memory, not ${python.u8.length}`);
    }
    this.#python = python;
    this.#stackPointer = engine.stackPointer;
    this.#image = image;
    this.#saved = image.segments.map(({ start, end, offset }) => ({
      start,
      bytes: image.bytes.subarray(offset, offset + end - start),
    }));
    this.#zeros = zeroRanges(image);
    this.#lowestStack = image.stackBottom;
  }

  /** Puts the memory back. The first call, on a fresh instance, is what boots it. */
  restore(): void {
    this.#python.refresh();
    const { u8 } = this.#python;
    for (const { start, bytes } of this.#saved) u8.set(bytes, start);
    for (const [start, end] of this.#zeros) u8.fill(0, start, end);
    if (u8.length > this.#image.memoryBytes) u8.fill(0, this.#image.memoryBytes);
    this.#clearStack(u8);
    this.#stackPointer.value = this.#image.stackTop;
    this.#lowestStack = this.#image.stackTop;
  }

  /** Zeroes the stack as far down as it was used, and on until it has been untouched for a while. */
  #clearStack(u8: Uint8Array): void {
    const { stackTop, stackBottom } = this.#image;
    const seen = Math.max(stackBottom, this.#lowestStack - STACK_MARGIN);
    u8.fill(0, seen, stackTop);
    const memory = Buffer.from(u8.buffer, 0, u8.length);
    let quiet = 0;
    for (let end = seen; end > stackBottom && quiet < STACK_QUIET; end -= STACK_CHUNK) {
      const start = Math.max(stackBottom, end - STACK_CHUNK);
      if (memory.compare(ZERO_CHUNK, 0, end - start, start, end) === 0) {
        quiet++;
      } else {
        quiet = 0;
        u8.fill(0, start, end);
      }
    }
  }

  /** Notes how deep the C stack is now. */
  noteStack(): void {
    const now = this.#stackPointer.value as number;
    if (now < this.#lowestStack) this.#lowestStack = now;
  }
}

function zeroRanges({ segments, memoryBytes, stackTop, stackBottom }: Image): [number, number][] {
  const ranges: [number, number][] = [];
  const add = (from: number, to: number) => {
    const outsideStack: [number, number][] = [
      [from, Math.min(to, stackBottom)],
      [Math.max(from, stackTop), to],
    ];
    ranges.push(...outsideStack.filter(([start, end]) => end > start));
  };
  let from = 0;
  for (const { start, end } of segments) {
    add(from, start);
    from = end;
  }
  add(from, memoryBytes);
  return ranges;
}
