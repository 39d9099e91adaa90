import { HEAP_EXPORT } from './wasm/layout.ts';

const PAGE = 65_536;

/**
 * How much memory the program takes its interpreter to have. An instance's memory never shrinks; this begins anew with
 * each run, so that a run may use as much as its budget says whatever ran before it in the same instance.
 */
export class Heap {
  readonly #pages: WebAssembly.Global;

  /** @throws Error where the module was not rewritten */
  constructor(exports: WebAssembly.Exports) {
    const pages = exports[HEAP_EXPORT];
    if (!(pages instanceof WebAssembly.Global)) throw new Error('the interpreter’s module does not bound its memory');
    this.#pages = pages;
  }

  /** @param bytes the memory has at least as many; rounded up to whole pages */
  resize(bytes: number): void {
    this.#pages.value = Math.ceil(bytes / PAGE);
  }
}
