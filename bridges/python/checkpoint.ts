import type { CPython } from './cpython.ts';
import type { Engine } from './engine.ts';
import type { Image } from './image.ts';

/** How often the whole memory is compared with the image after it was put back by its marks. */
const AUDIT_INTERVAL = 4096;
const CHUNK = 64 * 1024;
const ZEROS = Buffer.alloc(CHUNK);
/** Bytes at the end of the C stack that no run that can be trusted writes to. */
const STACK_GUARD = 16 * 1024;

/** The way back to an image: puts an interpreter's linear memory and stack pointer back to it, bit for bit. */
export class Checkpoint {
  readonly #python: CPython;
  readonly #stackPointer: WebAssembly.Global;
  readonly #image: Image;
  #restores = 0;
  /** Bytes that the last restore put back. */
  restoredBytes = 0;

  readonly #stackBottom: number;
  /** By chunk of the image, whether it is all zero. */
  readonly #zeroChunks: readonly boolean[];

  /** @throws Error where the interpreter was not instantiated as the image's was */
  constructor(python: CPython, engine: Engine, image: Image) {
    if (python.u8.length !== image.memoryBytes) {
      throw new Error(`the interpreter image is for ${image.memoryBytes} bytes of memory, not ${python.u8.length}`);
    }
    this.#python = python;
    this.#stackPointer = engine.stackPointer;
    this.#stackBottom = engine.stackBottom;
    this.#image = image;
    this.#zeroChunks = findZeroChunks(image.bytes);
    python.marks.incomplete = true;
  }

  /** Whether the run came so near the end of the C stack that it may have gone over it, into static data. */
  stackOverflowed(): boolean {
    return this.#python.marks.touches(this.#stackBottom, STACK_GUARD);
  }

  /**
   * Puts the memory back. The first call, on a fresh instance, is what boots it.
   *
   * @returns false where the memory is not what it should be, so that this instance must not be used again
   */
  restore(): boolean {
    const { marks } = this.#python;
    this.#python.refresh();
    if (marks.incomplete) this.#restoreAll();
    else this.#restoreMarked();
    this.#stackPointer.value = this.#image.stackTop;
    this.#python.heap.resize(this.#image.memoryBytes);
    this.#restores++;
    return this.#restores % AUDIT_INTERVAL !== 0 || this.isRestored();
  }

  /** Chunk by chunk, so that what is zero on both sides is read only: the system then never has to back it. */
  #restoreAll(): void {
    const { u8, marks } = this.#python;
    const { bytes, memoryBytes } = this.#image;
    const memory = Buffer.from(u8.buffer, 0, memoryBytes);
    this.#zeroChunks.forEach((isZero, chunk) => {
      const start = chunk * CHUNK;
      const end = Math.min(start + CHUNK, memoryBytes);
      if (!isZero) u8.set(bytes.subarray(start, end), start);
      else if (memory.compare(ZEROS, 0, end - start, start, end) !== 0) u8.fill(0, start, end);
    });
    u8.fill(0, memoryBytes);
    marks.clear(u8.length);
    this.restoredBytes = u8.length;
  }

  #restoreMarked(): void {
    const { u8, marks } = this.#python;
    const { bytes, memoryBytes } = this.#image;
    this.restoredBytes = 0;
    marks.drain(u8.length, (start, end) => {
      this.restoredBytes += end - start;
      if (start < memoryBytes) u8.set(bytes.subarray(start, Math.min(end, memoryBytes)), start);
      if (end > memoryBytes) u8.fill(0, Math.max(start, memoryBytes), end);
    });
  }

  /** Compares the whole memory with the image. */
  isRestored(): boolean {
    const { u8 } = this.#python;
    const { bytes, memoryBytes } = this.#image;
    const memory = Buffer.from(u8.buffer, 0, u8.length);
    const image = Buffer.from(bytes.buffer, 0, memoryBytes);
    if (memory.compare(image, 0, memoryBytes, 0, memoryBytes) !== 0) return false;
    return isZero(memory, memoryBytes);
  }
}

/** Whether memory is all zero from an address on. */
function isZero(memory: Buffer, from: number): boolean {
  for (let start = from; start < memory.length; start += CHUNK) {
    const end = Math.min(start + CHUNK, memory.length);
    if (memory.compare(ZEROS, 0, end - start, start, end) !== 0) return false;
  }
  return true;
}

function findZeroChunks(bytes: Uint8Array): boolean[] {
  const image = Buffer.from(bytes.buffer, 0, bytes.length);
  return Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, chunk) => {
    const start = chunk * CHUNK;
    const end = Math.min(start + CHUNK, bytes.length);
    return image.compare(ZEROS, 0, end - start, start, end) === 0;
  });
}
