import { AttributeReader } from './attributes.ts';
import type { CPython, Pointer } from './cpython.ts';
import type { Pointers } from './image.ts';
import { type BuiltinTypes, builtinTypes, TYPE } from './type-layout.ts';

/** Objects that are looked at for one description, how deep, and characters of one leaf and of the whole. */
const MOST_OBJECTS = 20_000;
const DEEPEST = 60;
const LONGEST_LEAF = 20_000;
const LONGEST = 400_000;
const MOST_SHARES = 4;
/** What stands for what is not looked at any more. */
const CUT = '…';

/** A result and the inputs of a call as texts. */
export interface Description {
  readonly result: string | undefined;
  readonly inputs: readonly (readonly [string, string])[];
  readonly shares: readonly string[];
}

/** Where each mutable container was first met. */
type Places = Map<Pointer, string>;

/**
 * Describes objects by reading them with C functions of built-in types and by the layout of their structures, so that no
 * method of the program takes part: neither `__repr__`, `__eq__`, `__iter__`, `__getattribute__` nor a property.
 *
 * Equal texts mean equal structure as far as it was read: type names, attributes, items in their order (sets have none), and
 * which containers are the same object. Functions, generators and other opaque objects show their kind only.
 */
export class ObjectReader {
  readonly #python: CPython;
  readonly #pointers: Pick<Pointers, 'qualifiedNameOf' | 'plainTypes' | 'dequeType'>;
  readonly #types: BuiltinTypes;
  readonly #attributes: AttributeReader;
  #left = 0;
  #room = 0;
  /** Objects between the root and here, for cycles. */
  #path: Pointer[] = [];
  #places: Places = new Map();

  constructor(python: CPython, pointers: Pick<Pointers, 'qualifiedNameOf' | 'plainTypes' | 'dequeType'>) {
    this.#python = python;
    this.#pointers = pointers;
    this.#types = builtinTypes(python, pointers.dequeType);
    this.#attributes = new AttributeReader(python, this.#types, pointers);
  }

  /** @param inputs objects by what they are called in the description */
  describe(result: Pointer | undefined, inputs: readonly (readonly [string, Pointer])[]): Description {
    const inResult: Places = new Map();
    const text = result === undefined ? undefined : this.#begin(inResult, 'result', result);
    const inInputs: Places = new Map();
    this.#places = inInputs;
    const texts = inputs.map(([name, object]) => [name, this.#root(name, object)] as const);
    const shares: string[] = [];
    for (const [object, place] of inResult) {
      const other = inInputs.get(object);
      if (other !== undefined && shares.length < MOST_SHARES) shares.push(`${place} is ${other}`);
    }
    return { result: text, inputs: texts, shares };
  }

  #begin(places: Places, name: string, object: Pointer): string {
    this.#places = places;
    return this.#root(name, object);
  }

  #root(name: string, object: Pointer): string {
    this.#left = MOST_OBJECTS;
    this.#room = LONGEST;
    this.#path = [];
    return this.#text(object, name);
  }

  #text(object: Pointer, place: string): string {
    if (this.#left-- <= 0 || this.#room <= 0) return CUT;
    this.#python.refresh();
    const type = this.#python.typeOf(object);
    const plain = this.#plain(object, type);
    if (plain !== undefined) {
      const text = plain.length > LONGEST_LEAF ? `${plain.slice(0, LONGEST_LEAF)}${CUT}(${plain.length})` : plain;
      this.#room -= text.length;
      return text;
    }
    if (this.#path.length >= DEEPEST) return CUT;
    if (this.#path.includes(object)) return '<cycle>';
    const container = this.#isContainer(type);
    if (container) {
      const first = this.#places.get(object);
      if (first !== undefined) return `<same object as ${first}>`;
      this.#places.set(object, place);
    }
    this.#path.push(object);
    const text = this.#compound(object, type, place);
    this.#path.pop();
    this.#room -= 4;
    return text;
  }

  /** Values without parts. Undefined for the others. */
  #plain(object: Pointer, type: Pointer): string | undefined {
    const types = this.#types;
    if (types.plain.has(type) || this.#isPlainC(type)) return this.#slotRepr(type, object);
    if (types.opaque.has(type)) return `<${types.opaque.get(type)}>`;
    if ((this.#flags(type) & TYPE.typeSubclass) !== 0) return `<class ${this.#attributes.className(object)}>`;
    return undefined;
  }

  #isPlainC(type: Pointer): boolean {
    const { api } = this.#python;
    const { plainTypes } = this.#pointers;
    for (let index = api.PyTuple_Size(plainTypes) - 1; index >= 0; index--) {
      if (api.PyTuple_GetItem(plainTypes, index) === type) return true;
    }
    return false;
  }

  #flags(type: Pointer): number {
    return this.#python.word(type + TYPE.flags);
  }

  #isContainer(type: Pointer): boolean {
    return (
      (this.#flags(type) & (TYPE.listSubclass | TYPE.dictSubclass)) !== 0 ||
      type === this.#types.set ||
      type === this.#types.byteArray
    );
  }

  /** The repr that a built-in type itself makes of an object of it or of a subclass. */
  #slotRepr(type: Pointer, object: Pointer): string {
    const repr = this.#python.table.get(this.#python.word(type + TYPE.repr)) as (object: Pointer) => Pointer;
    const text = repr(object);
    this.#python.refresh();
    if (text === 0) {
      this.#python.api.PyErr_Clear();
      return '<too long to show>';
    }
    const shown = this.#python.readText(text);
    this.#python.api.Py_DecRef(text);
    return shown;
  }

  #compound(object: Pointer, type: Pointer, place: string): string {
    const types = this.#types;
    if (type === types.list) return `[${this.#items(this.#list(object), place).join(', ')}]`;
    if (type === types.tuple) {
      const items = this.#items(this.#tuple(object), place);
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
    }
    if (type === types.dict) return `{${this.#entries(object, place).join(', ')}}`;
    if (type === types.set) return this.#setText(object, place, 'set()', '');
    if (type === types.frozenSet) return this.#setText(object, place, 'frozenset()', 'frozenset');
    return this.#instance(object, type, place);
  }

  #list(object: Pointer): Pointer[] {
    const { api } = this.#python;
    return this.#range(api.PyList_Size(object), (index) => api.PyList_GetItem(object, index));
  }

  #tuple(object: Pointer): Pointer[] {
    const { api } = this.#python;
    return this.#range(api.PyTuple_Size(object), (index) => api.PyTuple_GetItem(object, index));
  }

  #range(size: number, item: (index: number) => Pointer): Pointer[] {
    // One more than can be shown makes the cut show.
    const count = Math.min(size, this.#left + 1);
    return Array.from({ length: Math.max(0, count) }, (_, index) => item(index));
  }

  #items(items: readonly Pointer[], place: string): string[] {
    return items.map((item, index) => this.#text(item, `${place}[${index}]`));
  }

  #entries(dict: Pointer, place: string): string[] {
    const { api } = this.#python;
    const at = this.#python.scratch;
    const pairs: [Pointer, Pointer][] = [];
    this.#python.setWord(at, 0);
    while (pairs.length <= this.#left && api.PyDict_Next(dict, at, at + 4, at + 8) !== 0) {
      this.#python.refresh();
      pairs.push([this.#python.word(at + 4), this.#python.word(at + 8)]);
    }
    return this.#inOrder(dict, pairs).map(([key, value]) => {
      const name = this.#text(key, `a key of ${place}`);
      return `${name}: ${this.#text(value, `${place}[${name.slice(0, 40)}]`)}`;
    });
  }

  /** An `OrderedDict` keeps its order apart from the table's. */
  #inOrder(dict: Pointer, pairs: readonly [Pointer, Pointer][]): readonly (readonly [Pointer, Pointer])[] {
    if (this.#python.typeOf(dict) !== this.#types.orderedDict) return pairs;
    const keys = this.#python.api.PySequence_List(dict);
    this.#python.refresh();
    if (keys === 0) {
      this.#python.api.PyErr_Clear();
      return pairs;
    }
    const values = new Map(pairs);
    return this.#list(keys).map((key) => [key, values.get(key) ?? key] as const);
  }

  #setText(set: Pointer, place: string, empty: string, name: string): string {
    const { api } = this.#python;
    const at = this.#python.scratch;
    const items: Pointer[] = [];
    this.#python.setWord(at, 0);
    while (items.length <= this.#left && api._PySet_NextEntry(set, at, at + 4, at + 8) !== 0) {
      this.#python.refresh();
      items.push(this.#python.word(at + 4));
    }
    if (items.length === 0) return empty;
    const texts = items.map((item) => this.#text(item, `an element of ${place}`)).sort();
    return name === '' ? `{${texts.join(', ')}}` : `${name}({${texts.join(', ')}})`;
  }

  /** An instance of a class: what it holds by its built-in base, then its attributes by name. */
  #instance(object: Pointer, type: Pointer, place: string): string {
    const parts = this.#baseParts(object, type, place);
    for (const [name, value] of this.#attributes.of(object, type)) {
      parts.push(`${name}=${this.#text(value, `${place}.${name}`)}`);
    }
    return `${this.#attributes.className(type)}(${parts.join(', ')})`;
  }

  #baseParts(object: Pointer, type: Pointer, place: string): string[] {
    const flags = this.#flags(type);
    const types = this.#types;
    if ((flags & TYPE.listSubclass) !== 0) return [`[${this.#items(this.#list(object), place).join(', ')}]`];
    if ((flags & TYPE.tupleSubclass) !== 0) return [`(${this.#items(this.#tuple(object), place).join(', ')})`];
    if ((flags & TYPE.dictSubclass) !== 0) return [`{${this.#entries(object, place).join(', ')}}`];
    if ((flags & TYPE.longSubclass) !== 0) return [this.#slotRepr(types.int, object)];
    if ((flags & TYPE.unicodeSubclass) !== 0) return [this.#slotRepr(types.str, object)];
    if ((flags & TYPE.bytesSubclass) !== 0) return [this.#slotRepr(types.bytes, object)];
    if ((flags & TYPE.exceptionSubclass) !== 0) {
      const args = this.#python.word(object + TYPE.exceptionArgs);
      return args === 0 ? [] : this.#items(this.#tuple(args), `${place}.args`);
    }
    if (type === types.deque) {
      const list = this.#python.api.PySequence_List(object);
      this.#python.refresh();
      if (list !== 0) return [`[${this.#items(this.#list(list), place).join(', ')}]`];
      this.#python.api.PyErr_Clear();
    }
    return [];
  }
}
