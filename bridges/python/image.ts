import type { PythonVersion } from '../../core/program.ts';
import type { CPython, Pointer } from './cpython.ts';
import type { Engine } from './engine.ts';

const PAGE = 4096;
/** Runs of zero pages shorter than this are kept with their neighbours: one long copy beats two short ones. */
const GAP = 16 * PAGE;

/** Where the host finds what it needs inside an interpreter's memory. */
export interface Pointers {
  /** Scratch space of the host. */
  readonly scratch: Pointer;
  /** C strings that the host passes to the C API. */
  readonly names: Readonly<Record<string, Pointer>>;
  /** Functions of `prepare.py`. */
  readonly prepare: Pointer;
  readonly bindInput: Pointer;
  readonly describe: Pointer;
  readonly literal: Pointer;
  /** Table indexes of the host's callbacks, as C sees them. */
  readonly auditHook: number;
  readonly traceFunction: number;
}

/** Half-open range of addresses that is kept, and where its bytes start in the image. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/**
 * A booted interpreter as data: its linear memory without the pages that are zero, and what the host must know of it. All
 * that is outside linear memory (function table, file system, C runtime) a build makes the same way at each start.
 */
export interface Image {
  readonly python: PythonVersion;
  readonly memoryBytes: number;
  readonly tableLength: number;
  readonly stackTop: number;
  /** Lowest address that the C stack may use. */
  readonly stackBottom: number;
  readonly pointers: Pointers;
  readonly segments: readonly Segment[];
  /** Shared between threads, never written after it was made. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
}

/** Half-open page-aligned ranges that hold anything but zeros; ranges closer than {@link GAP} are one. */
function nonZeroRanges(memory: Buffer): [number, number][] {
  const zeroPage = Buffer.alloc(PAGE);
  const ranges: [number, number][] = [];
  for (let page = 0; page < memory.length; page += PAGE) {
    if (memory.compare(zeroPage, 0, PAGE, page, page + PAGE) === 0) continue;
    const last = ranges.at(-1);
    if (last !== undefined && page - last[1] < GAP) last[1] = page + PAGE;
    else ranges.push([page, page + PAGE]);
  }
  return ranges;
}

/** Takes an interpreter's image, between two runs. */
export function takeImage(python: CPython, engine: Engine, version: PythonVersion, pointers: Pointers): Image {
  const { u8 } = python;
  const stackTop = engine.stackPointer.value as number;
  const stackBottom = (engine.exports.emscripten_stack_get_end as () => number)();
  // What lies below the stack pointer is dead.
  u8.fill(0, stackBottom, stackTop);
  const ranges = nonZeroRanges(Buffer.from(u8.buffer, 0, u8.length));
  const size = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
  const bytes = new Uint8Array(new SharedArrayBuffer(size));
  const segments: Segment[] = [];
  let offset = 0;
  for (const [start, end] of ranges) {
    bytes.set(u8.subarray(start, end), offset);
    segments.push({ start, end, offset });
    offset += end - start;
  }
  return {
    python: version,
    memoryBytes: u8.length,
    tableLength: engine.table.length,
    stackTop,
    stackBottom,
    pointers,
    segments,
    bytes,
  };
}
