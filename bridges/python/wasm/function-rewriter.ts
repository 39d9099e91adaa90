import { passInstruction, type Touch, type ValueType } from './instructions.ts';
import { GRANULE_BITS, MARKS_MEMORY } from './layout.ts';
import { Output } from './output.ts';
import { signed, unsigned, WasmReader } from './reader.ts';

const I32 = 0x7f;
const VALUE_TYPES: Readonly<Record<ValueType, number>> = { i32: I32, i64: 0x7e, f32: 0x7d, f64: 0x7c };

const MARK_ONE = [
  ...[0x41, GRANULE_BITS, 0x76], // i32.const bits; i32.shr_u
  ...[0x41, 1, 0x3a, 0x40, MARKS_MEMORY, 0], // i32.const 1; i32.store8 (memory marks)
];

/** An instruction that is replaced, as a half-open range of bytes. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly touch: Touch;
}

function findPlaces(bytes: Uint8Array, start: number, end: number): Place[] {
  const reader = new WasmReader(bytes, start);
  const places: Place[] = [];
  while (reader.at < end) {
    const from = reader.at;
    const touch = passInstruction(reader);
    if (touch !== undefined) places.push({ start: from, end: reader.at, touch });
  }
  if (reader.at !== end) throw new Error('a WebAssembly function does not end where it says');
  return places;
}

/** What is known of one function, and what to do with it besides. */
export interface FunctionRewriting {
  /** How many parameters it has. */
  readonly parameters: number;
  /** Instructions to put before its own. */
  readonly prologue: readonly number[];
}

/** Rewrites one function so that each of its writes is marked behind it, and it sees as much memory as it is given. */
export class FunctionRewriter {
  readonly #bytes: Uint8Array;
  readonly #markFunction: number;
  readonly #size: readonly number[];

  /** @param heapPages index of the global that bounds what `memory.size` says */
  constructor(bytes: Uint8Array, markFunction: number, heapPages: number) {
    this.#bytes = bytes;
    this.#markFunction = markFunction;
    const both = [0x3f, 0x00, 0x23, ...unsigned(heapPages)]; // memory.size; global.get
    this.#size = [...both, ...both, 0x49, 0x1b]; // i32.lt_u; select
  }

  /**
   * @param start of the body, behind its size
   * @returns undefined where nothing is to be changed
   */
  rewrite(start: number, end: number, { parameters, prologue }: FunctionRewriting): Uint8Array | undefined {
    const reader = new WasmReader(this.#bytes, start);
    let locals = parameters;
    const groups = reader.vector(() => {
      locals += reader.u32();
      reader.skipValueType();
    });
    const code = reader.at;
    const places = findPlaces(this.#bytes, code, end);
    if (places.length === 0 && prologue.length === 0) return undefined;
    const temporaries = new Temporaries(locals, places);
    const output = new Output(end - start + 24 * places.length);
    const declared = new WasmReader(this.#bytes, start);
    declared.skipLeb();
    output.push(unsigned(groups + temporaries.groups));
    output.push(this.#bytes.subarray(declared.at, code));
    output.push(temporaries.declarations);
    output.push(prologue);
    let from = code;
    for (const place of places) {
      output.push(this.#bytes.subarray(from, place.start));
      output.push(this.#replaced(place, temporaries));
      from = place.end;
    }
    output.push(this.#bytes.subarray(from, end));
    return output.take();
  }

  #replaced({ start, end, touch }: Place, temporaries: Temporaries): readonly number[] {
    if (touch.kind === 'size') return this.#size;
    const original = this.#bytes.subarray(start, end);
    const { address } = temporaries;
    if (touch.kind === 'bulk') {
      const { i32: middle, length } = temporaries;
      return [
        ...[0x21, ...length, 0x21, ...middle, 0x22, ...address, 0x20, ...middle, 0x20, ...length],
        ...original,
        ...[0x20, ...address, 0x20, ...length, 0x10, ...unsigned(this.#markFunction)],
      ];
    }
    const value = temporaries[touch.type];
    const offset = touch.offset === 0 ? [] : [0x41, ...signed(touch.offset), 0x6a];
    return [0x21, ...value, 0x22, ...address, 0x20, ...value, ...original, 0x20, ...address, ...offset, ...MARK_ONE];
  }
}

/** Locals that a rewritten function has in addition, as LEB128 indexes. */
class Temporaries {
  readonly address: number[];
  readonly length: number[];
  readonly i32: number[];
  readonly i64: number[];
  readonly f32: number[];
  readonly f64: number[];
  readonly declarations: number[] = [];
  groups = 0;
  #next: number;

  constructor(first: number, places: readonly Place[]) {
    this.#next = first;
    const uses = (type: ValueType) => places.some(({ touch }) => touch.kind === 'value' && touch.type === type);
    const bulk = places.some(({ touch }) => touch.kind === 'bulk');
    this.address = this.#declare(
      places.some(({ touch }) => touch.kind !== 'size'),
      I32,
    );
    this.length = this.#declare(bulk, I32);
    this.i32 = this.#declare(bulk || uses('i32'), I32);
    this.i64 = this.#declare(uses('i64'), VALUE_TYPES.i64);
    this.f32 = this.#declare(uses('f32'), VALUE_TYPES.f32);
    this.f64 = this.#declare(uses('f64'), VALUE_TYPES.f64);
  }

  #declare(wanted: boolean, type: number): number[] {
    if (!wanted) return [];
    this.groups++;
    this.declarations.push(1, type);
    return unsigned(this.#next++);
  }
}
