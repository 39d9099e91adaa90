import { passInstruction, type Store, type ValueType } from './instructions.ts';
import { signed, unsigned, WasmReader } from './reader.ts';

/** Each byte of the marks stands for 2 ** GRANULE_BITS bytes of memory. */
export const GRANULE_BITS = 10;
/** Name under which the rewritten module exports the memory of its marks. */
export const MARKS_EXPORT = '__write_marks';
/** Enough for 4 GiB of memory, in pages of 64 KiB; what is never marked is never allocated. */
const MARK_PAGES = 2 ** (32 - GRANULE_BITS - 16);

const SECTION = { type: 1, import: 2, function: 3, memory: 5, export: 7, code: 10 } as const;
const I32 = 0x7f;
const VALUE_TYPES: Readonly<Record<ValueType, number>> = { i32: I32, i64: 0x7e, f32: 0x7d, f64: 0x7c };
/** The index of the marks' memory, after the only one that a module has. */
const MARKS_MEMORY = 1;

interface Section {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

function readSections(bytes: Uint8Array): Section[] {
  const reader = new WasmReader(bytes, 8);
  const sections: Section[] = [];
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const size = reader.u32();
    sections.push({ id, start: reader.at, end: reader.at + size });
    reader.at += size;
  }
  return sections;
}

/** Number of parameters by type index. */
function readTypes(reader: WasmReader): number[] {
  const parameters: number[] = [];
  const composite = (form: number): void => {
    if (form !== 0x60) throw new Error(`unknown WebAssembly type form 0x${form.toString(16)}`);
    parameters.push(reader.vector(() => reader.skipValueType()));
    reader.vector(() => reader.skipValueType());
  };
  const subtype = (form: number): void => {
    if (form !== 0x50 && form !== 0x4f) {
      composite(form);
      return;
    }
    reader.vector(() => reader.skipLeb());
    composite(reader.byte());
  };
  reader.vector(() => {
    const form = reader.byte();
    if (form === 0x4e) reader.vector(() => subtype(reader.byte()));
    else subtype(form);
  });
  return parameters;
}

interface Imported {
  readonly functions: number;
  readonly memories: number;
}

function readImports(reader: WasmReader): Imported {
  let functions = 0;
  let memories = 0;
  const limits = (): void => {
    const flags = reader.byte();
    reader.skipLeb();
    if ((flags & 1) !== 0) reader.skipLeb();
  };
  reader.vector(() => {
    reader.skipName();
    reader.skipName();
    switch (reader.byte()) {
      case 0: // function
        functions++;
        reader.skipLeb();
        break;
      case 1: // table
        reader.skipValueType();
        limits();
        break;
      case 2: // memory
        memories++;
        limits();
        break;
      case 3: // global
        reader.skipValueType();
        reader.byte();
        break;
      case 4: // tag
        reader.byte();
        reader.skipLeb();
        break;
      default:
        throw new Error('unknown WebAssembly import');
    }
  });
  return { functions, memories };
}

/** Where a function writes, and how much of its body comes before each place. */
interface Write {
  readonly start: number;
  readonly end: number;
  readonly store: Store;
}

function findWrites(bytes: Uint8Array, start: number, end: number): Write[] {
  const reader = new WasmReader(bytes, start);
  const writes: Write[] = [];
  while (reader.at < end) {
    const from = reader.at;
    const store = passInstruction(reader);
    if (store !== undefined) writes.push({ start: from, end: reader.at, store });
  }
  if (reader.at !== end) throw new Error('a WebAssembly function does not end where it says');
  return writes;
}

/** Output that grows by doubling. */
class Output {
  #bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  push(chunk: ArrayLike<number>): void {
    const end = this.length + chunk.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.length);
    this.length = end;
  }

  section(id: number, content: Uint8Array): void {
    this.push([id, ...unsigned(content.length)]);
    this.push(content);
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }
}

const MARK_ONE = [
  ...[0x41, GRANULE_BITS, 0x76], // i32.const bits; i32.shr_u
  ...[0x41, 1, 0x3a, 0x40, MARKS_MEMORY, 0], // i32.const 1; i32.store8 (memory marks)
];

/** Body of `mark(address, length)`: fills the marks of a range. */
const MARK_RANGE = [
  ...[0], // no locals
  ...[0x20, 1, 0x45, 0x04, 0x40, 0x0f, 0x0b], // if (length == 0) return
  ...[0x20, 0, 0x41, GRANULE_BITS, 0x76], // address >>> bits
  ...[0x41, 1], // 1
  ...[0x20, 0, 0x20, 1, 0x6a, 0x41, 1, 0x6b, 0x41, GRANULE_BITS, 0x76], // (address + length - 1) >>> bits
  ...[0x20, 0, 0x41, GRANULE_BITS, 0x76, 0x6b, 0x41, 1, 0x6a], // - (address >>> bits) + 1
  ...[0xfc, 11, MARKS_MEMORY], // memory.fill (memory marks)
  0x0b,
];

/** Rewrites one function so that each of its writes is marked behind it. */
class FunctionRewriter {
  readonly #bytes: Uint8Array;
  readonly #markFunction: number;

  constructor(bytes: Uint8Array, markFunction: number) {
    this.#bytes = bytes;
    this.#markFunction = markFunction;
  }

  /** @param start of the body, behind its size */
  rewrite(start: number, end: number, parameters: number): Uint8Array | undefined {
    const reader = new WasmReader(this.#bytes, start);
    let locals = parameters;
    const groups = reader.vector(() => {
      locals += reader.u32();
      reader.skipValueType();
    });
    const code = reader.at;
    const writes = findWrites(this.#bytes, code, end);
    if (writes.length === 0) return undefined;
    const temporaries = new Temporaries(locals, writes);
    const output = new Output(end - start + 24 * writes.length);
    const declared = new WasmReader(this.#bytes, start);
    declared.skipLeb();
    output.push(unsigned(groups + temporaries.groups));
    output.push(this.#bytes.subarray(declared.at, code));
    output.push(temporaries.declarations);
    let from = code;
    for (const write of writes) {
      output.push(this.#bytes.subarray(from, write.start));
      output.push(this.#marked(write, temporaries));
      from = write.end;
    }
    output.push(this.#bytes.subarray(from, end));
    return output.take();
  }

  #marked({ start, end, store }: Write, temporaries: Temporaries): number[] {
    const original = this.#bytes.subarray(start, end);
    const { address } = temporaries;
    if (store.kind === 'bulk') {
      const { i32: middle, length } = temporaries;
      return [
        ...[0x21, ...length, 0x21, ...middle, 0x22, ...address, 0x20, ...middle, 0x20, ...length],
        ...original,
        ...[0x20, ...address, 0x20, ...length, 0x10, ...unsigned(this.#markFunction)],
      ];
    }
    const value = temporaries[store.type];
    const offset = store.offset === 0 ? [] : [0x41, ...signed(store.offset), 0x6a];
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

  constructor(first: number, writes: readonly Write[]) {
    this.#next = first;
    const uses = (type: ValueType) => writes.some(({ store }) => store.kind === 'value' && store.type === type);
    const bulk = writes.some(({ store }) => store.kind === 'bulk');
    this.address = this.#declare(true, I32);
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

/**
 * Rewrites a module so that it notes where it writes: behind each store it sets the byte of that address's granule in a
 * memory of its own, which it exports. Putting the memory back then takes only what was marked. A store that crosses the
 * end of its granule marks the first one alone, so a reader of the marks must take {@link STORE_OVERHANG} bytes more.
 *
 * @param bytes a module with one memory, its own or imported
 * @throws Error where the module holds anything that is not known here
 */
export function markWrites(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = readSections(bytes);
  const reading = (id: number): WasmReader | undefined => {
    const section = sections.find((candidate) => candidate.id === id);
    return section && new WasmReader(bytes, section.start);
  };
  const typeReader = reading(SECTION.type);
  const functionReader = reading(SECTION.function);
  if (typeReader === undefined || functionReader === undefined)
    throw new Error('the WebAssembly module has no functions');
  const parameters = readTypes(typeReader);
  const imported = readImports(reading(SECTION.import) ?? new WasmReader(Uint8Array.of(0)));
  const functionTypes: number[] = [];
  functionReader.vector(() => functionTypes.push(functionReader.u32()));
  const rewriter = new FunctionRewriter(bytes, imported.functions + functionTypes.length);
  const output = new Output(Math.ceil(bytes.length * 1.6));
  output.push(bytes.subarray(0, 8));
  const append = (section: Section, entry: number[]): void => {
    const reader = new WasmReader(bytes, section.start);
    const count = reader.u32();
    const content = new Output(section.end - section.start + entry.length + 5);
    content.push(unsigned(count + 1));
    content.push(bytes.subarray(reader.at, section.end));
    content.push(entry);
    output.section(section.id, content.take());
  };
  const marksMemory = [0x01, ...unsigned(MARK_PAGES), ...unsigned(MARK_PAGES)];
  let hasMemory = imported.memories === 0;
  for (const section of sections) {
    if (!hasMemory || section.id !== SECTION.memory) {
      // A module that imports its memory has no section for memories of its own.
      const isBehindMemory = section.id > SECTION.memory && section.id !== 0;
      if (!hasMemory && isBehindMemory) {
        hasMemory = true;
        output.section(SECTION.memory, Uint8Array.of(1, ...marksMemory));
      }
    }
    switch (section.id) {
      case SECTION.type:
        append(section, [0x60, 2, I32, I32, 0]);
        break;
      case SECTION.function:
        append(section, unsigned(parameters.length));
        break;
      case SECTION.memory:
        append(section, marksMemory);
        break;
      case SECTION.export: {
        const name = new TextEncoder().encode(MARKS_EXPORT);
        append(section, [name.length, ...name, 2, MARKS_MEMORY]);
        break;
      }
      case SECTION.code:
        output.section(
          SECTION.code,
          rewriteCode(
            bytes,
            section,
            functionTypes.map((type) => parameters[type] ?? 0),
            rewriter,
          ),
        );
        break;
      default:
        output.section(section.id, bytes.subarray(section.start, section.end));
    }
  }
  return output.take().slice();
}

function rewriteCode(
  bytes: Uint8Array,
  section: Section,
  parameters: readonly number[],
  rewriter: FunctionRewriter,
): Uint8Array {
  const reader = new WasmReader(bytes, section.start);
  const content = new Output(Math.ceil((section.end - section.start) * 1.8));
  content.push(unsigned(parameters.length + 1));
  reader.vector((index) => {
    const size = reader.u32();
    const start = reader.at;
    reader.at = start + size;
    const body = rewriter.rewrite(start, reader.at, parameters[index] ?? 0) ?? bytes.subarray(start, reader.at);
    content.push(unsigned(body.length));
    content.push(body);
  });
  content.push(unsigned(MARK_RANGE.length));
  content.push(MARK_RANGE);
  return content.take();
}

/** The widest store, less one byte. */
export const STORE_OVERHANG = 7;
