import type { CPython, Pointer } from './cpython.ts';
import { linuxErrors } from './errno.ts';

const ADDRESS = / at 0x[0-9a-fA-F]+/g;

/**
 * Makes reprs by `PyObject_Repr`, which runs untraced, without memory addresses and with Linux's error numbers.
 */
export class ReprEncoder {
  readonly #python: CPython;
  readonly #none: Pointer;
  readonly #true: Pointer;
  readonly #false: Pointer;

  constructor(python: CPython) {
    this.#python = python;
    this.#none = python.address('_Py_NoneStruct');
    this.#true = python.address('_Py_TrueStruct');
    this.#false = python.address('_Py_FalseStruct');
  }

  /** The repr of an object. Never leaves an exception set. */
  repr(object: Pointer): string {
    if (object === this.#none) return 'None';
    if (object === this.#true) return 'True';
    if (object === this.#false) return 'False';
    const { api } = this.#python;
    const text = api.PyObject_Repr(object);
    this.#python.refresh();
    if (text === 0) return this.#failed();
    const repr = this.#python.readText(text);
    api.Py_DecRef(text);
    return linuxErrors(this.withoutAddresses(repr));
  }

  /** A text without memory addresses. */
  withoutAddresses(text: string): string {
    return text.includes(' at 0x') ? text.replace(ADDRESS, '') : text;
  }

  #failed(): string {
    const [type] = this.#python.takeException();
    const name = type === 0 ? 0 : this.#python.api.PyObject_GetAttrString(type, this.#python.name('__name__'));
    if (name === 0) {
      this.#python.api.PyErr_Clear();
      return '<repr raised>';
    }
    return `<repr raised ${this.#python.readText(name)}>`;
  }
}
