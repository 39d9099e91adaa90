import type { Build } from './builds.ts';
import type { CPython, Pointer } from './cpython.ts';

/** `tp_flags` in a type object, and the flag of `dict` and its subclasses (`Include/object.h`). */
const TYPE_FLAGS = 84;
const DICT_SUBCLASS = 1 << 29;

/** What the host knows of one code object of the program. */
export interface CodeInfo {
  readonly name: string;
  /** Names of the fast locals, by slot. */
  readonly names: readonly string[];
  /** Slots that may hold a cell in place of a value. */
  readonly cells: ReadonlySet<number>;
  /** Slots that count as locals: a class body does not show the free variables, which come last. */
  readonly shownSlots: number;
  /** Locals live in slots; otherwise (class bodies, modules) in a dict. */
  readonly optimized: boolean;
  /** A generator or coroutine: its activation may be entered several times. */
  readonly resumable: boolean;
  /** The body of the module itself. */
  readonly isModule: boolean;
}

/** Reads frames out of the interpreter's memory, by the structure layout of its build. */
export class FrameReader {
  readonly #python: CPython;
  readonly #layout: Build['layout'];
  readonly #cellType: Pointer;

  constructor(python: CPython, build: Build) {
    this.#python = python;
    this.#layout = build.layout;
    this.#cellType = python.address('PyCell_Type');
  }

  #inner(frame: Pointer): Pointer {
    const { interpreterFrame } = this.#layout;
    return interpreterFrame === 0 ? frame : this.#python.word(frame + interpreterFrame);
  }

  /** The code object that a frame runs. */
  code(frame: Pointer): Pointer {
    return (this.#python.word(this.#inner(frame) + this.#layout.code) & ~this.#layout.tagMask) >>> 0;
  }

  /** Index of the last instruction, the same for every first entry into one code object. */
  lastInstruction(frame: Pointer): number {
    const { lasti } = this.#layout;
    if (lasti !== undefined) return this.#python.word(frame + lasti) | 0;
    return this.#python.api.PyFrame_GetLasti?.(frame) ?? 0;
  }

  /** Address of the slot of a fast local. */
  slot(frame: Pointer, index: number): Pointer {
    return this.#inner(frame) + this.#layout.fastLocals + 4 * index;
  }

  /** The object in a slot, 0 where the variable is unbound; the content where the slot holds a cell. */
  fastLocal(frame: Pointer, index: number, info: CodeInfo): Pointer {
    const value = (this.#python.word(this.slot(frame, index)) & ~this.#layout.tagMask) >>> 0;
    if (value !== 0 && info.cells.has(index) && this.#python.typeOf(value) === this.#cellType) {
      return this.#python.word(value + this.#layout.cellContent);
    }
    return value;
  }

  /** Puts an object into a slot, or into the cell that it holds. Takes over the caller's reference. */
  setFastLocal(frame: Pointer, index: number, info: CodeInfo, value: Pointer): void {
    const slot = this.slot(frame, index);
    const raw = this.#python.word(slot);
    const held = (raw & ~this.#layout.tagMask) >>> 0;
    const inCell = held !== 0 && info.cells.has(index) && this.#python.typeOf(held) === this.#cellType;
    const target = inCell ? held + this.#layout.cellContent : slot;
    const before = this.#python.word(target);
    this.#python.setWord(target, value);
    // A tagged reference is borrowed.
    if (before !== 0 && (before & this.#layout.tagMask) === 0) this.#python.api.Py_DecRef(before);
  }

  /** Bound fast locals as name and object, in slot order. A borrowed reference each. */
  *fastLocals(frame: Pointer, info: CodeInfo): Generator<readonly [string, Pointer]> {
    for (let index = 0; index < info.shownSlots; index++) {
      const value = this.fastLocal(frame, index, info);
      if (value !== 0) yield [info.names[index] as string, value];
    }
  }

  /** The dict, or what inherits from it, in which a class body or a module keeps its locals; 0 where it is something else. */
  localsDict(frame: Pointer): Pointer {
    const dict = this.#python.word(this.#inner(frame) + this.#layout.locals);
    if (dict === 0) return 0;
    const flags = this.#python.word(this.#python.typeOf(dict) + TYPE_FLAGS);
    return (flags & DICT_SUBCLASS) !== 0 ? dict : 0;
  }

  /** Entries of a dict whose keys are strings. */
  entries(dict: Pointer): (readonly [string, Pointer])[] {
    const { api } = this.#python;
    const at = this.#python.scratch;
    const found: [Pointer, Pointer][] = [];
    this.#python.setWord(at, 0);
    while (api.PyDict_Next(dict, at, at + 4, at + 8) !== 0) {
      found.push([this.#python.word(at + 4), this.#python.word(at + 8)]);
    }
    return found.map(([key, value]) => [this.#python.readText(key), value] as const);
  }
}
