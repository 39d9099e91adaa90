import type { CPython, Pointer } from './cpython.ts';
import type { CodeInfo } from './frames.ts';

/** Attributes of a code object that the host reads; asked for by `CPython.name`, so known before the image is taken. */
export const CODE_NAMES = ['co_name', 'co_flags', 'co_varnames', 'co_cellvars', 'co_freevars', 'co_consts'] as const;

/** Flags of code objects (`Include/code.h`): locals in slots; generator, coroutine and asynchronous generator. */
const OPTIMIZED = 0x01;
const RESUMABLE = 0x20 | 0x80 | 0x200;

/** Reads code objects, which no program can have touched yet. */
export class CodeTable {
  readonly #python: CPython;
  readonly #codeType: Pointer;
  /** Since 3.11 one slot serves an argument that is also a cell. */
  readonly #sharesSlots: boolean;

  /** @param sharesSlots whether the build is 3.11 or later */
  constructor(python: CPython, sharesSlots: boolean) {
    this.#python = python;
    this.#codeType = python.address('PyCode_Type');
    this.#sharesSlots = sharesSlots;
  }

  /** A program's code objects, by address: the module's and all that are constants of another one. */
  read(module: Pointer): Map<Pointer, CodeInfo> {
    const codes = new Map<Pointer, CodeInfo>();
    const open = [module];
    for (let code = open.pop(); code !== undefined; code = open.pop()) {
      codes.set(code, this.#info(code));
      for (const constant of this.#items(this.#attribute(code, 'co_consts'))) {
        if (this.#python.typeOf(constant) === this.#codeType) open.push(constant);
      }
    }
    return codes;
  }

  #info(code: Pointer): CodeInfo {
    const cellNames = this.#texts(code, 'co_cellvars');
    const freeNames = this.#texts(code, 'co_freevars');
    const names = this.#texts(code, 'co_varnames');
    const own = new Set(this.#sharesSlots ? names : []);
    for (const name of cellNames) if (!own.has(name)) names.push(name);
    names.push(...freeNames);
    const inCells = new Set([...cellNames, ...freeNames]);
    const cells = names.flatMap((name, slot) => (inCells.has(name) ? [slot] : []));
    const flags = this.#python.api.PyLong_AsLong(this.#attribute(code, 'co_flags'));
    const name = this.#python.readText(this.#attribute(code, 'co_name'));
    const optimized = (flags & OPTIMIZED) !== 0;
    return {
      name,
      names,
      cells: new Set(cells),
      shownSlots: optimized ? names.length : names.length - freeNames.length,
      optimized,
      resumable: (flags & RESUMABLE) !== 0,
      isModule: name === '<module>',
    };
  }

  /** The reference is kept: the whole memory is put back after the run. */
  #attribute(code: Pointer, name: (typeof CODE_NAMES)[number]): Pointer {
    const value = this.#python.api.PyObject_GetAttrString(code, this.#python.name(name));
    this.#python.refresh();
    return value;
  }

  #items(tuple: Pointer): Pointer[] {
    const { api } = this.#python;
    return Array.from({ length: api.PyTuple_Size(tuple) }, (_, index) => api.PyTuple_GetItem(tuple, index));
  }

  #texts(code: Pointer, name: (typeof CODE_NAMES)[number]): string[] {
    return this.#items(this.#attribute(code, name)).map((text) => this.#python.readText(text));
  }
}
