import { RunHalted } from './halt.ts';

/** Files and directories that a run may make. Each takes host memory, however empty it is. */
const MAX_ENTRIES = 4096;

/** What a descriptor stands for. */
export interface DescriptorLookup {
  /** Whether it is one of the interpreter's own files. */
  isOwn(descriptor: number): boolean;
  /** Offset of the next read or write. */
  position(descriptor: number): number;
}

/** Keeps what a run stores in files in memory within its budget: these are outside the interpreter's memory. */
export class StorageBudget {
  #limit = 0;
  #written = 0;
  #entries = 0;
  #lookup: DescriptorLookup = { isOwn: () => false, position: () => 0 };
  /** Something was created, changed or opened for writing: the file system must be put back. */
  touched = false;

  attach(lookup: DescriptorLookup): void {
    this.#lookup = lookup;
  }

  /** @param limit bytes that may be written, and that a file may reach to */
  begin(limit: number): void {
    this.#limit = limit;
    this.#written = 0;
    this.#entries = 0;
    this.touched = false;
  }

  /**
   * Before `size` bytes are written.
   *
   * @param at where they go; the descriptor's position by default
   * @throws RunHalted where that is more than the run may store, or into a file of the interpreter
   */
  write(descriptor: number, size: number, at = this.#lookup.position(descriptor)): void {
    this.touched = true;
    if (this.#lookup.isOwn(descriptor)) {
      throw new RunHalted('tampered', 'the program wrote to the interpreter’s own files');
    }
    this.#written += size;
    this.#within(this.#written);
    // A write behind a file's end fills the hole before it.
    this.#within(at + size);
  }

  /** Before a file gets a length. */
  resize(size: number): void {
    this.touched = true;
    this.#written += size;
    this.#within(this.#written);
  }

  /** Before a file or directory may be made. */
  create(): void {
    this.touched = true;
    if (++this.#entries > MAX_ENTRIES) {
      throw new RunHalted('files', `the program makes more than ${MAX_ENTRIES} files and directories`);
    }
  }

  #within(size: number): void {
    if (!(size <= this.#limit)) throw new RunHalted('files', 'the program stores more than its file budget');
  }
}
