import type { PythonVersion } from '../../core/program.ts';
import type { CPython, Pointer } from './cpython.ts';
import type { Engine } from './engine.ts';

/** Where the host finds what it needs inside an interpreter's memory. */
export interface Pointers {
  /** Scratch space of the host. */
  readonly scratch: Pointer;
  /** C strings that the host passes to the C API. */
  readonly names: Readonly<Record<string, Pointer>>;
  /** Functions of `prepare.py`. */
  readonly prepare: Pointer;
  readonly prepareCall: Pointer;
  readonly bindInput: Pointer;
  readonly literal: Pointer;
  /** Bound slots of `type`, which read a class's names past its metaclass. */
  readonly qualifiedNameOf: Pointer;
  readonly moduleOf: Pointer;
  /** Tuple of types from C whose values are described by their own repr, which calls nothing of a program. */
  readonly plainTypes: Pointer;
  /** Function of `py/shadow/run.py`: makes a shadow run, from JSON bytes to JSON bytes. */
  readonly shadow: Pointer;
  /** The type `collections.deque`. */
  readonly dequeType: Pointer;
  /** Table indexes of the host's callbacks, as C sees them. */
  readonly auditHook: number;
  readonly traceFunction: number;
}

/**
 * A booted interpreter as data: its linear memory, and what the host must know of it. All that is outside linear memory
 * (function table, file system, C runtime) a build makes the same way at each start.
 */
export interface Image {
  readonly python: PythonVersion;
  readonly memoryBytes: number;
  readonly tableLength: number;
  readonly stackTop: number;
  readonly pointers: Pointers;
  /** `memoryBytes` long; shared between threads, never written after it was made. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
}

/** Takes an interpreter's image, between two runs. */
export function takeImage(python: CPython, engine: Engine, version: PythonVersion, pointers: Pointers): Image {
  const { u8 } = python;
  const stackTop = engine.stackPointer.value as number;
  const bytes = new Uint8Array(new SharedArrayBuffer(u8.length));
  bytes.set(u8);
  // What lies below the stack pointer is dead.
  bytes.fill(0, engine.stackBottom, stackTop);
  return {
    python: version,
    memoryBytes: u8.length,
    tableLength: engine.table.length,
    stackTop,
    pointers,
    bytes,
  };
}
