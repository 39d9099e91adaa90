import type { CPython, Pointer } from './cpython.ts';
import type { Pointers } from './image.ts';
import { type BuiltinTypes, TYPE } from './type-layout.ts';

/** Attributes and class dictionaries are read up to this many entries. */
const MOST_ENTRIES = 20_000;
/** What says nothing about a member of an `enum.Enum` beside its name and value. */
const ENUM_INTERNALS: ReadonlySet<string> = new Set(['__objclass__', '_sort_order_', '_hashable_values_']);

/** Reads attributes of instances by C functions: no property, `__getattr__` or descriptor of a program is called. */
export class AttributeReader {
  readonly #python: CPython;
  readonly #types: BuiltinTypes;
  readonly #pointers: Pick<Pointers, 'qualifiedNameOf'>;

  constructor(python: CPython, types: BuiltinTypes, pointers: Pick<Pointers, 'qualifiedNameOf'>) {
    this.#python = python;
    this.#types = types;
    this.#pointers = pointers;
  }

  /** Attributes that an object itself holds, in its dictionary and in slots, by name. */
  of(object: Pointer, type: Pointer): (readonly [string, Pointer])[] {
    const found = [...this.#each(object, type)].sort(([a], [b]) => (a < b ? -1 : 1));
    const isMember = found.some(([name]) => name === '_name_') && found.some(([name]) => name === '_value_');
    return isMember ? found.filter(([name]) => !ENUM_INTERNALS.has(name)) : found;
  }

  *#each(object: Pointer, type: Pointer): Generator<readonly [string, Pointer]> {
    const { api } = this.#python;
    const dict = api.PyObject_GenericGetDict(object, 0);
    this.#python.refresh();
    if (dict === 0) api.PyErr_Clear();
    else yield* this.#namedEntries(dict);
    const defined = new Set<string>();
    for (const [key, descriptor] of this.#slots(type)) {
      const name = this.#python.readText(key);
      // The lookup below finds the first of a name: were that a property, it would run.
      if (defined.has(name)) continue;
      defined.add(name);
      if (this.#python.typeOf(descriptor) !== this.#types.memberDescriptor) continue;
      const value = api.PyObject_GenericGetAttr(object, key);
      this.#python.refresh();
      if (value === 0) api.PyErr_Clear();
      else yield [name, value];
    }
  }

  /** Entries of the dicts of a class and its bases that are heap types: slots are among them. */
  #slots(type: Pointer): (readonly [Pointer, Pointer])[] {
    const found: (readonly [Pointer, Pointer])[] = [];
    const mro = this.#python.word(type + TYPE.mro);
    for (const base of mro === 0 ? [] : this.#tuple(mro)) {
      if ((this.#python.word(base + TYPE.flags) & TYPE.heap) === 0) continue;
      const dict = this.#python.word(base + TYPE.dict);
      if (dict !== 0) found.push(...this.#textKeys(dict));
    }
    return found;
  }

  #textKeys(dict: Pointer): (readonly [Pointer, Pointer])[] {
    const { api } = this.#python;
    const at = this.#python.scratch;
    const found: (readonly [Pointer, Pointer])[] = [];
    this.#python.setWord(at, 0);
    while (found.length < MOST_ENTRIES && api.PyDict_Next(dict, at, at + 4, at + 8) !== 0) {
      const key = this.#python.word(at + 4);
      if (this.#python.typeOf(key) === this.#types.str) found.push([key, this.#python.word(at + 8)]);
    }
    return found;
  }

  #namedEntries(dict: Pointer): (readonly [string, Pointer])[] {
    return this.#textKeys(dict).map(([key, value]) => [this.#python.readText(key), value] as const);
  }

  /** Qualified name of a class, read past its metaclass. */
  className(type: Pointer): string {
    const name = this.#python.call(this.#pointers.qualifiedNameOf, type);
    if (name === 0 || this.#python.typeOf(name) !== this.#types.str) {
      if (name === 0) this.#python.api.PyErr_Clear();
      return '?';
    }
    return this.#python.readText(name).replaceAll('<locals>.', '');
  }

  #tuple(tuple: Pointer): Pointer[] {
    const { api } = this.#python;
    return Array.from({ length: api.PyTuple_Size(tuple) }, (_, index) => api.PyTuple_GetItem(tuple, index));
  }
}
