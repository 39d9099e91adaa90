import type { Outcome } from '../../core/trace.ts';
import type { CPython, Pointer } from './cpython.ts';
import type { ReprEncoder } from './encoder.ts';
import { linuxErrors } from './errno.ts';
import type { Pointers } from './image.ts';

const MAX_MESSAGE = 10_000;
/** Modules whose exceptions a traceback names without them. */
const UNNAMED_MODULES: ReadonlySet<string> = new Set(['builtins', '__main__']);

type Raised = Extract<Outcome, { kind: 'raised' }>;

/**
 * Describes exceptions from outside. By then the program has had its way with the interpreter, so that nothing written in
 * Python can be trusted to do it: only C functions and attributes of built-in types are used.
 */
export class ExceptionReader {
  readonly #python: CPython;
  readonly #encoder: ReprEncoder;
  readonly #pointers: Pick<Pointers, 'qualifiedNameOf' | 'moduleOf'>;
  readonly #textType: Pointer;
  readonly #intType: Pointer;

  constructor(python: CPython, encoder: ReprEncoder, pointers: Pick<Pointers, 'qualifiedNameOf' | 'moduleOf'>) {
    this.#pointers = pointers;
    this.#python = python;
    this.#encoder = encoder;
    this.#textType = python.address('PyUnicode_Type');
    this.#intType = python.address('PyLong_Type');
  }

  /**
   * Takes the current exception.
   *
   * @param isOwn whether a code object is the program's: its last line in the traceback is the one that is named
   */
  take(isOwn: (code: Pointer) => boolean): Raised {
    const [type, value, trace] = this.#python.takeException();
    const name = this.#name(type);
    const line = this.#line(trace, isOwn) ?? (name === 'SyntaxError' ? this.#int(value, 'lineno') : undefined);
    return {
      kind: 'raised',
      type: name,
      message: linuxErrors(this.#message(value, name)).slice(0, MAX_MESSAGE),
      ...(line !== undefined && { line }),
      ...this.#exit(type, value),
    };
  }

  /** As `handle_system_exit` of CPython's `pythonrun.c` reads it. */
  #exit(type: Pointer, value: Pointer): Pick<Raised, 'exitCode'> {
    const python = this.#python;
    if (type === 0 || value === 0 || python.api.PyType_IsSubtype(type, this.#systemExit) === 0) return {};
    const code = this.#attribute(value, 'code');
    if (code === 0 || python.typeOf(code) === this.#noneType) return { exitCode: 0 };
    if (python.api.PyType_IsSubtype(python.typeOf(code), this.#intType) === 0) return { exitCode: null };
    const number = python.api.PyLong_AsLong(code);
    python.api.PyErr_Clear();
    return { exitCode: number & 0xff };
  }

  get #systemExit(): Pointer {
    return this.#python.word(this.#python.address('PyExc_SystemExit'));
  }

  #name(type: Pointer): string {
    if (type === 0) return 'BaseException';
    const name = this.#ofClass(this.#pointers.qualifiedNameOf, type) ?? 'BaseException';
    const module = this.#ofClass(this.#pointers.moduleOf, type);
    return module === undefined || UNNAMED_MODULES.has(module) ? name : `${module}.${name}`;
  }

  #message(value: Pointer, name: string): string {
    const text = value === 0 ? 0 : this.#python.api.PyObject_Str(value);
    this.#python.refresh();
    if (text !== 0) return this.#encoder.withoutAddresses(this.#python.readText(text));
    this.#python.api.PyErr_Clear();
    return `<unprintable ${name}>`;
  }

  #line(trace: Pointer, isOwn: (code: Pointer) => boolean): number | undefined {
    let line: number | undefined;
    for (let at = trace; at !== 0 && this.#python.typeOf(at) !== this.#noneType; at = this.#attribute(at, 'tb_next')) {
      const frame = this.#attribute(at, 'tb_frame');
      if (frame !== 0 && isOwn(this.#attribute(frame, 'f_code'))) line = this.#int(at, 'tb_lineno');
    }
    return line;
  }

  get #noneType(): Pointer {
    return this.#python.typeOf(this.#python.address('_Py_NoneStruct'));
  }

  /** A new reference, 0 where there is none. The interpreter is put back afterwards, so nothing is released. */
  #attribute(object: Pointer, name: string): Pointer {
    const found = this.#python.api.PyObject_GetAttrString(object, this.#python.name(name));
    this.#python.refresh();
    if (found === 0) this.#python.api.PyErr_Clear();
    return found;
  }

  #ofClass(slot: Pointer, type: Pointer): string | undefined {
    const found = this.#python.call(slot, type);
    if (found === 0) this.#python.api.PyErr_Clear();
    return found !== 0 && this.#python.typeOf(found) === this.#textType ? this.#python.readText(found) : undefined;
  }

  #int(object: Pointer, name: string): number | undefined {
    const found = object === 0 ? 0 : this.#attribute(object, name);
    if (found === 0 || this.#python.typeOf(found) !== this.#intType) return undefined;
    const value = this.#python.api.PyLong_AsLong(found);
    return value > 0 ? value : undefined;
  }
}

/** Attributes that the reader asks for; their names must be in the image. */
export const EXCEPTION_NAMES = ['__name__', 'code', 'f_code', 'lineno', 'tb_frame', 'tb_lineno', 'tb_next'] as const;
