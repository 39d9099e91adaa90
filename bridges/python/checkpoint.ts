import type { CPython } from './cpython.ts';

const PAGE = 4096;
/** Runs of zero pages shorter than this are saved with their neighbours: one long copy beats two short ones. */
const GAP = 16 * PAGE;
/** Below the deepest stack pointer that was seen, C code may have gone this much deeper between two looks. */
const STACK_MARGIN = 256 * 1024;
const STACK_CHUNK = 64 * 1024;
/** So many untouched chunks in a row are taken as the end of what the stack reached. */
const STACK_QUIET = 8;

interface Segment {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/**
 * An interpreter's state at one moment, and the way back to it: the linear memory (about half of its pages are zero and
 * are not kept), the stack pointer, and the size that the memory had.
 */
export class Checkpoint {
  readonly #python: CPython;
  readonly #stackPointer: WebAssembly.Global;
  readonly #segments: Segment[] = [];
  /** Half-open ranges that are zero, the stack's left out. */
  readonly #zeros: [number, number][] = [];
  readonly #stackTop: number;
  readonly #stackBottom: number;
  readonly #size: number;
  /** Deepest stack pointer that the host saw since the last restore. */
  lowestStack: number;

  /** @param stackBottom lowest address that the C stack may use */
  constructor(python: CPython, stackPointer: WebAssembly.Global, stackBottom: number) {
    this.#python = python;
    this.#stackPointer = stackPointer;
    this.#stackTop = stackPointer.value;
    this.#stackBottom = stackBottom;
    this.lowestStack = this.#stackTop;
    const { u8 } = python;
    this.#size = u8.length;
    // What lies below the stack pointer is dead.
    u8.fill(0, stackBottom, this.#stackTop);
    this.#save(Buffer.from(u8.buffer, 0, u8.length));
  }

  #save(memory: Buffer): void {
    let from = 0;
    for (const [start, end] of nonZeroRanges(memory)) {
      this.#zero(from, start);
      this.#segments.push({ start, bytes: Uint8Array.prototype.slice.call(memory, start, end) });
      from = end;
    }
    this.#zero(from, memory.length);
  }

  #zero(from: number, to: number): void {
    const outsideStack: [number, number][] = [
      [from, Math.min(to, this.#stackBottom)],
      [Math.max(from, this.#stackTop), to],
    ];
    this.#zeros.push(...outsideStack.filter(([start, end]) => end > start));
  }

  /** Bytes that a restore copies. */
  get savedBytes(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** Size of the linear memory when the state was saved, in bytes. */
  get memoryBytes(): number {
    return this.#size;
  }

  /** Puts the memory back, bit for bit. */
  restore(): void {
    this.#python.refresh();
    const { u8 } = this.#python;
    for (const { start, bytes } of this.#segments) u8.set(bytes, start);
    for (const [start, end] of this.#zeros) u8.fill(0, start, end);
    if (u8.length > this.#size) u8.fill(0, this.#size);
    this.#clearStack(u8);
    this.#stackPointer.value = this.#stackTop;
    this.lowestStack = this.#stackTop;
  }

  /** Zeroes the stack as far down as it was used, and on until it has been untouched for a while. */
  #clearStack(u8: Uint8Array): void {
    const seen = Math.max(this.#stackBottom, this.lowestStack - STACK_MARGIN);
    u8.fill(0, seen, this.#stackTop);
    const memory = Buffer.from(u8.buffer, 0, u8.length);
    let quiet = 0;
    for (let end = seen; end > this.#stackBottom && quiet < STACK_QUIET; end -= STACK_CHUNK) {
      const start = Math.max(this.#stackBottom, end - STACK_CHUNK);
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
    if (now < this.lowestStack) this.lowestStack = now;
  }
}

const ZERO_CHUNK = Buffer.alloc(STACK_CHUNK);

/** Half-open page-aligned ranges that hold anything but zeros; ranges closer than {@link GAP} are one. */
function nonZeroRanges(memory: Buffer): [number, number][] {
  const ranges: [number, number][] = [];
  for (let page = 0; page < memory.length; page += PAGE) {
    if (memory.compare(ZERO_CHUNK, 0, PAGE, page, page + PAGE) === 0) continue;
    const last = ranges.at(-1);
    if (last !== undefined && page - last[1] < GAP) last[1] = page + PAGE;
    else ranges.push([page, page + PAGE]);
  }
  return ranges;
}
