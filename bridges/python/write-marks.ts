import { COUNT_ADDRESS, GRANULE_BITS, MARKS_EXPORT, STORE_OVERHANG } from './wasm/layout.ts';

const GRANULE = 2 ** GRANULE_BITS;
const GRANULES_A_WORD = 4;
/** Runs of marked granules that are closer than this are one: a longer copy beats another one. */
const GAP = 2;

/**
 * Where a run wrote to the interpreter's memory: the module itself notes its stores (`wasm/mark-writes.ts`), the host
 * notes its own here.
 */
export class WriteMarks {
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  /** The host wrote where it cannot tell: the marks are not all. */
  incomplete = false;

  /** @throws Error where the module was not rewritten */
  constructor(exports: WebAssembly.Exports) {
    const memory = exports[MARKS_EXPORT];
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('the interpreter’s module does not mark its writes');
    this.#bytes = new Uint8Array(memory.buffer);
    this.#words = new Uint32Array(memory.buffer);
  }

  /** How often code in Python was entered, modulo 2³². */
  get pythonCalls(): number {
    return this.#words[COUNT_ADDRESS / GRANULES_A_WORD] as number;
  }

  /** Notes a write of the host. */
  mark(start: number, length: number): void {
    if (length <= 0) return;
    const first = start >>> GRANULE_BITS;
    const last = (start + length - 1) >>> GRANULE_BITS;
    if (first === last) this.#bytes[first] = 1;
    else this.#bytes.fill(1, first, last + 1);
  }

  /** Whether anything in a range was written. */
  touches(start: number, length: number): boolean {
    return this.#bytes.subarray(start >>> GRANULE_BITS, (start + length) >>> GRANULE_BITS).includes(1);
  }

  /**
   * Calls back for each range that was written, in ascending order, and forgets it.
   *
   * @param size of the memory, in bytes
   * @param range half-open; its end may lie a few bytes behind what was marked, never behind `size`
   */
  drain(size: number, range: (start: number, end: number) => void): void {
    const words = this.#words;
    const bytes = this.#bytes;
    const count = Math.ceil(size / GRANULE / GRANULES_A_WORD);
    let from = -1;
    let until = -1;
    const flush = () => range(from * GRANULE, Math.min(size, until * GRANULE + STORE_OVERHANG));
    for (let word = 0; word < count; word++) {
      if (words[word] === 0) continue;
      const base = word * GRANULES_A_WORD;
      for (let granule = base; granule < base + GRANULES_A_WORD; granule++) {
        if (bytes[granule] === 0) continue;
        if (from >= 0 && granule - until > GAP) {
          flush();
          from = granule;
        } else if (from < 0) {
          from = granule;
        }
        until = granule + 1;
      }
      words[word] = 0;
    }
    if (from >= 0) flush();
  }

  /** Forgets everything. */
  clear(size: number): void {
    this.#bytes.fill(0, 0, Math.ceil(size / GRANULE));
    this.incomplete = false;
  }
}
