const FIRST_CHUNK = 512;
const LARGEST_CHUNK = 2 ** 18;
const NARROW_LIMIT = 2 ** 16;

/** Whole numbers from 0 to 2³² − 1 in a row, which may be many: without the copies that a growing array is made by. */
export class NumberList {
  readonly #full: Uint32Array[] = [];
  #chunk = new Uint32Array(FIRST_CHUNK);
  /** Numbers in the chunks that are full. */
  #before = 0;
  #at = 0;
  #greatest = 0;

  push(value: number): void {
    if (this.#at === this.#chunk.length) {
      this.#full.push(this.#chunk);
      this.#before += this.#chunk.length;
      this.#chunk = new Uint32Array(Math.min(LARGEST_CHUNK, 2 * this.#chunk.length));
      this.#at = 0;
    }
    this.#chunk[this.#at++] = value;
    if (value > this.#greatest) this.#greatest = value;
  }

  get length(): number {
    return this.#before + this.#at;
  }

  /** Bytes of one number as {@link write} writes it: 2 where that is enough for all of them, else 4. */
  get width(): 2 | 4 {
    return this.#greatest < NARROW_LIMIT ? 2 : 4;
  }

  /** Bytes of all of them. */
  get size(): number {
    return this.length * this.width;
  }

  /** Writes all of them into a buffer, in the machine's byte order. @param at a multiple of four */
  write(buffer: ArrayBuffer, at: number): void {
    const target = numbersIn(buffer, at, this.length, this.width);
    let end = 0;
    for (const chunk of this.#full) {
      target.set(chunk, end);
      end += chunk.length;
    }
    target.set(this.#chunk.subarray(0, this.#at), end);
  }
}

/** A view on so many numbers of a buffer, in the machine's byte order. @param at a multiple of four */
export function numbersIn(buffer: ArrayBuffer, at: number, length: number, width: 2 | 4): Uint16Array | Uint32Array {
  return width === 2 ? new Uint16Array(buffer, at, length) : new Uint32Array(buffer, at, length);
}

/**
 * Numbers that {@link NumberList.write} wrote, which may lie anywhere.
 *
 * @throws RangeError where the bytes are no whole number of them
 */
export function readNumbers(bytes: Uint8Array, width: 2 | 4): Uint16Array | Uint32Array {
  // A view on numbers must lie at a multiple of their size; a `Buffer`'s own `slice` copies nothing.
  const { buffer } = new Uint8Array(bytes);
  return width === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
}
