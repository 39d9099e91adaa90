import type { Engine } from './engine.ts';
import { RunHalted } from './halt.ts';
import { Heap } from './heap.ts';
import type { Pointers } from './image.ts';
import { WriteMarks } from './write-marks.ts';

/** A `PyObject *` in the interpreter's memory; 0 is NULL. */
export type Pointer = number;

/** The part of CPython's C API that the bridge calls, as the module exports it (wasm32: pointers and sizes are numbers). */
export interface CApi {
  malloc(size: number): Pointer;
  free(pointer: Pointer): void;
  Py_IncRef(object: Pointer): void;
  Py_DecRef(object: Pointer): void;
  PyBytes_FromStringAndSize(text: Pointer, size: number): Pointer;
  PyBytes_AsString(object: Pointer): Pointer;
  PyBytes_Size(object: Pointer): number;
  PyDict_GetItemString(dict: Pointer, key: Pointer): Pointer;
  PyDict_SetItemString(dict: Pointer, key: Pointer, value: Pointer): number;
  PyDict_New(): Pointer;
  PyDict_Next(dict: Pointer, position: Pointer, key: Pointer, value: Pointer): number;
  PyErr_Clear(): void;
  PyErr_Fetch(type: Pointer, value: Pointer, trace: Pointer): void;
  PyErr_NormalizeException(type: Pointer, value: Pointer, trace: Pointer): void;
  PyErr_Occurred(): Pointer;
  PyEval_EvalCode(code: Pointer, globals: Pointer, locals: Pointer): Pointer;
  PyEval_GetBuiltins(): Pointer;
  PyEval_SetTrace(callback: number, object: Pointer): void;
  PyFrame_GetLasti?(frame: Pointer): number;
  PyFrame_GetLineNumber(frame: Pointer): number;
  PyObject_Call(callable: Pointer, args: Pointer, kwargs: Pointer): Pointer;
  PyLong_AsLong(object: Pointer): number;
  PyObject_Repr(object: Pointer): Pointer;
  PyObject_Str(object: Pointer): Pointer;
  PyObject_GetAttrString(object: Pointer, name: Pointer): Pointer;
  PyRun_StringFlags(text: Pointer, start: number, globals: Pointer, locals: Pointer, flags: Pointer): Pointer;
  PySys_AddAuditHook(hook: number, data: Pointer): number;
  PyType_IsSubtype(type: Pointer, base: Pointer): number;
  PyTuple_GetItem(tuple: Pointer, index: number): Pointer;
  PyTuple_Size(tuple: Pointer): number;
  _PySet_NextEntry(set: Pointer, position: Pointer, key: Pointer, hash: Pointer): number;
  PyTuple_New(size: number): Pointer;
  PyTuple_SetItem(tuple: Pointer, index: number, item: Pointer): number;
  PyFloat_FromDouble(value: number): Pointer;
  PyGC_Collect(): number;
  PyList_GetItem(list: Pointer, index: number): Pointer;
  PyList_New(length: number): Pointer;
  PyList_Size(list: Pointer): number;
  PyObject_GenericGetAttr(object: Pointer, name: Pointer): Pointer;
  PyObject_GenericGetDict(object: Pointer, context: Pointer): Pointer;
  PyObject_Malloc(size: number): Pointer;
  PySequence_List(sequence: Pointer): Pointer;
  Py_GetVersion(): Pointer;
  PyUnicode_AsUTF8AndSize(text: Pointer, size: Pointer): Pointer;
  PyUnicode_AsEncodedString(text: Pointer, encoding: Pointer, errors: Pointer): Pointer;
}

const FILE_INPUT = 257;
const OBJECT_TYPE_WORD = 1;
const SCRATCH_BYTES = 16;
const FREE_LIST = 128;

/**
 * The interpreter's memory and C API, seen from the host. Views are taken anew whenever the memory grows, so callers
 * must not keep them across a call into Python.
 */
export class CPython {
  readonly api: CApi;
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  u8: Uint8Array;
  u32: Uint32Array;
  /** Where the memory was written since it was last put back. */
  readonly marks: WriteMarks;
  readonly heap: Heap;
  /** {@link SCRATCH_BYTES} of memory for results of the C API. */
  readonly scratch: Pointer;
  /** C strings that live as long as the interpreter. */
  readonly names: Record<string, Pointer>;
  readonly #exports: WebAssembly.Exports;
  readonly #memoryBase: number;
  readonly #decoder = new TextDecoder();
  readonly #encoder = new TextEncoder();

  /** @param known where scratch space and names are, in an interpreter that comes from an image */
  constructor(engine: Engine, known?: Pick<Pointers, 'scratch' | 'names'>) {
    this.api = engine.exports as unknown as CApi;
    this.memory = engine.memory;
    this.table = engine.table;
    this.#exports = engine.exports;
    this.marks = new WriteMarks(engine.exports);
    this.heap = new Heap(engine.exports);
    this.#memoryBase = engine.memoryBase;
    this.scratch = known?.scratch ?? this.api.malloc(SCRATCH_BYTES);
    this.names = { ...known?.names };
    this.u8 = new Uint8Array(this.memory.buffer);
    this.u32 = new Uint32Array(this.memory.buffer);
  }

  /** Takes the views anew; the bridge calls it after the memory grew. */
  refresh(): void {
    if (this.u8.buffer === this.memory.buffer) return;
    this.u8 = new Uint8Array(this.memory.buffer);
    this.u32 = new Uint32Array(this.memory.buffer);
  }

  /** Address of an exported C variable, such as `PyLong_Type`. */
  address(name: string): Pointer {
    const global = this.#exports[name];
    if (!(global instanceof WebAssembly.Global)) throw new Error(`the interpreter exports no variable ${name}`);
    return global.value + this.#memoryBase;
  }

  word(address: number): number {
    return this.u32[address >>> 2] as number;
  }

  typeOf(object: Pointer): Pointer {
    return this.u32[(object >>> 2) + OBJECT_TYPE_WORD] as number;
  }

  setWord(address: number, value: number): void {
    this.u32[address >>> 2] = value;
    this.marks.mark(address, 4);
  }

  write(address: number, bytes: Uint8Array): void {
    this.u8.set(bytes, address);
    this.marks.mark(address, bytes.length);
  }

  /** A C string that lives as long as the interpreter; each must have been asked for before the image was taken. */
  name(text: string): Pointer {
    this.names[text] ??= this.cString(text);
    return this.names[text];
  }

  /** A C string in fresh memory. */
  cString(text: string): Pointer {
    const bytes = this.#encoder.encode(`${text}\0`);
    const pointer = this.api.malloc(bytes.length);
    if (pointer === 0) throw new RunHalted('memory', 'no memory for a string');
    this.refresh();
    this.write(pointer, bytes);
    return pointer;
  }

  /** A new `bytes` object. */
  bytes(content: string | Uint8Array): Pointer {
    const data = typeof content === 'string' ? this.#encoder.encode(content) : content;
    const object = this.api.PyBytes_FromStringAndSize(0, data.length);
    if (object === 0) throw new RunHalted('memory', 'no memory for the request');
    const start = this.api.PyBytes_AsString(object);
    this.refresh();
    this.write(start, data);
    return object;
  }

  /** The content of a `bytes` object as text. */
  readBytes(object: Pointer): string {
    const size = this.api.PyBytes_Size(object);
    const start = this.api.PyBytes_AsString(object);
    this.refresh();
    return this.#decoder.decode(this.u8.subarray(start, start + size));
  }

  /** The content of a `str` object; a lone surrogate reads as `\udXXX` text. */
  readText(object: Pointer): string {
    const start = this.api.PyUnicode_AsUTF8AndSize(object, this.scratch);
    if (start === 0) {
      this.api.PyErr_Clear();
      return this.#readEscaped(object);
    }
    this.refresh();
    return this.decode(start, this.word(this.scratch));
  }

  #readEscaped(object: Pointer): string {
    const bytes = this.api.PyUnicode_AsEncodedString(object, this.name('utf-8'), this.name('backslashreplace'));
    if (bytes === 0) {
      this.api.PyErr_Clear();
      return '';
    }
    const text = this.readBytes(bytes);
    this.api.Py_DecRef(bytes);
    return text;
  }

  /** The text of a C string. */
  cText(start: Pointer): string {
    return this.decode(start, this.u8.indexOf(0, start) - start);
  }

  /** UTF-8 bytes of the memory as text. Short ASCII, the usual case, is cheaper by hand than through a decoder. */
  decode(start: number, size: number): string {
    if (size < 24) {
      const { u8 } = this;
      let text = '';
      let index = 0;
      for (; index < size; index++) {
        const code = u8[start + index] as number;
        if (code > 127) break;
        text += String.fromCharCode(code);
      }
      if (index === size) return text;
    }
    return this.#decoder.decode(this.u8.subarray(start, start + size));
  }

  /** Takes blocks of every size class and objects of every type that is reused, for good: later objects lie elsewhere. */
  shiftAllocations(): void {
    for (let size = 8; size <= 512; size += 8) this.api.PyObject_Malloc(size);
    for (const size of [1024, 4096, 70_000]) this.api.malloc(size);
    // These types keep freed objects for themselves, up to a hundred of them.
    for (let count = 0; count < FREE_LIST; count++) {
      this.api.PyList_New(0);
      this.api.PyDict_New();
      this.api.PyFloat_FromDouble(0.5);
      this.api.PyTuple_New(1 + (count % 8));
    }
    this.refresh();
  }

  /** Calls with positional arguments; steals no references. Returns NULL with an exception set where Python raised. */
  call(callable: Pointer, ...args: Pointer[]): Pointer {
    const tuple = this.api.PyTuple_New(args.length);
    args.forEach((argument, index) => {
      this.api.Py_IncRef(argument);
      this.api.PyTuple_SetItem(tuple, index, argument);
    });
    const result = this.api.PyObject_Call(callable, tuple, 0);
    this.api.Py_DecRef(tuple);
    this.refresh();
    return result;
  }

  /** Takes the current exception as `[type, value, traceback]`, normalised; the traceback may be NULL. */
  takeException(): readonly [Pointer, Pointer, Pointer] {
    const at = this.scratch;
    this.api.PyErr_Fetch(at, at + 4, at + 8);
    this.api.PyErr_NormalizeException(at, at + 4, at + 8);
    this.refresh();
    return [this.word(at), this.word(at + 4), this.word(at + 8)];
  }

  /** Runs source text in a namespace. @throws Error with the exception's text where it raises */
  run(source: string, namespace: Pointer): void {
    const text = this.cString(source);
    const result = this.api.PyRun_StringFlags(text, FILE_INPUT, namespace, namespace, 0);
    this.refresh();
    this.api.free(text);
    if (result === 0) {
      const [, value] = this.takeException();
      const shown = this.api.PyObject_Repr(value);
      throw new Error(`the interpreter's own code failed: ${shown === 0 ? 'unknown' : this.readText(shown)}`);
    }
    this.api.Py_DecRef(result);
  }
}
