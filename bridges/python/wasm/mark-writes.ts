import { MAX_MEMORY_MB } from '../../../core/largest-memory.ts';
import { MEBIBYTE } from '../../../core/units.ts';
import { FunctionRewriter, type FunctionRewriting } from './function-rewriter.ts';
import { COUNT_ADDRESS, COUNTED_EXPORT, GRANULE_BITS, HEAP_EXPORT, MARKS_EXPORT, MARKS_MEMORY } from './layout.ts';
import { Output } from './output.ts';
import { signed, unsigned, WasmReader } from './reader.ts';
import { readExportedFunction, readImports, readSections, readTypes, SECTION, type Section } from './sections.ts';

/** Enough for 4 GiB of memory, in pages of 64 KiB; what is never marked is never allocated. */
const MARK_PAGES = 2 ** (32 - GRANULE_BITS - 16);
const PAGE = 65_536;
const I32 = 0x7f;
/** Magic number and version. */
const HEADER_BYTES = 8;
/** Flag of a memory's limits. */
const HAS_MAXIMUM = 0x01;
/** Kinds of exports. */
const MEMORY_KIND = 2;
const GLOBAL_KIND = 3;
const MARKS_LIMITS = [HAS_MAXIMUM, ...unsigned(MARK_PAGES), ...unsigned(MARK_PAGES)];
/** The largest memory that a budget may allow, in pages: more than that no instance's memory can grow to. */
const MOST_PAGES = (MAX_MEMORY_MB * MEBIBYTE) / PAGE;
/** A mutable i32, more than any memory has until the host sets it. */
const HEAP_PAGES = [I32, 0x01, 0x41, ...signed(0xffff), 0x0b];
/** `(i32, i32) -> ()`. */
const MARK_TYPE = [0x60, 2, I32, I32, 0];

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

/** An address, and a load or store of a word there: `align | has memory index`, memory, offset. */
const WORD_OF_MARKS = [0x42, MARKS_MEMORY, 0];
const COUNT_UP = [
  ...[0x41, ...signed(COUNT_ADDRESS), 0x41, ...signed(COUNT_ADDRESS), 0x28, ...WORD_OF_MARKS], // i32.load
  ...[0x41, 1, 0x6a, 0x36, ...WORD_OF_MARKS], // i32.const 1; i32.add; i32.store
];

/**
 * Rewrites a module so that it notes where it writes: behind each store it sets the byte of that address's granule in a
 * memory of its own, which it exports. Putting the memory back then takes only what was marked. A store that crosses the
 * end of its granule marks the first one alone, so a reader of the marks must take `STORE_OVERHANG` bytes more.
 *
 * It counts how often code in Python is entered, in that memory too ({@link COUNT_ADDRESS}).
 *
 * It also bounds the memory: the module may not grow it, the maximum is what a budget may allow at most, and what it is
 * told of its size is the host's to say ({@link HEAP_EXPORT}).
 *
 * @param bytes a module with one memory, its own or imported
 * @throws Error where the module holds anything that is not known here
 */
export function markWrites(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = readSections(bytes);
  const find = (id: number): WasmReader => {
    const section = sections.find((candidate) => candidate.id === id);
    if (section === undefined) throw new Error(`the WebAssembly module has no section ${id}`);
    return new WasmReader(bytes, section.start);
  };
  const parameters = readTypes(find(SECTION.type));
  const imported = readImports(find(SECTION.import));
  const functionTypes = readFunctionTypes(find(SECTION.function));
  const heapPages = imported.globals + find(SECTION.global).u32();
  const counted = readExportedFunction(find(SECTION.export), COUNTED_EXPORT) - imported.functions;
  const rewriter = new FunctionRewriter(bytes, imported.functions + functionTypes.length, heapPages);
  const rewritten: Readonly<Record<number, (section: Section) => Uint8Array>> = {
    [SECTION.type]: (section) => withEntries(bytes, section, [MARK_TYPE]),
    [SECTION.function]: (section) => withEntries(bytes, section, [unsigned(parameters.length)]),
    [SECTION.memory]: (section) => withMarks(bytes, section),
    [SECTION.global]: (section) => withEntries(bytes, section, [HEAP_PAGES]),
    [SECTION.export]: (section) =>
      withEntries(bytes, section, [
        exportEntry(MARKS_EXPORT, MEMORY_KIND, MARKS_MEMORY),
        exportEntry(HEAP_EXPORT, GLOBAL_KIND, heapPages),
      ]),
    [SECTION.code]: (section) =>
      rewriteCode(
        bytes,
        section,
        functionTypes.map((type, index) => ({
          parameters: parameters[type] ?? 0,
          prologue: index === counted ? COUNT_UP : [],
        })),
        rewriter,
      ),
  };
  const output = new Output(Math.ceil(bytes.length * 1.6));
  output.push(bytes.subarray(0, HEADER_BYTES));
  // A module that imports its memory has no section for memories of its own.
  let lacksMemory = imported.memories > 0;
  for (const section of sections) {
    if (lacksMemory && section.id > SECTION.memory) {
      output.section(SECTION.memory, Uint8Array.of(1, ...MARKS_LIMITS));
      lacksMemory = false;
    }
    const content = rewritten[section.id]?.(section) ?? bytes.subarray(section.start, section.end);
    output.section(section.id, content);
  }
  return output.take().slice();
}

/** A section with more entries in its vector. */
function withEntries(bytes: Uint8Array, section: Section, entries: readonly (readonly number[])[]): Uint8Array {
  const reader = new WasmReader(bytes, section.start);
  const count = reader.u32();
  const content = new Output(section.end - section.start + entries.flat().length + 5);
  content.push(unsigned(count + entries.length));
  content.push(bytes.subarray(reader.at, section.end));
  for (const entry of entries) content.push(entry);
  return content.take();
}

/** The module's own memory, with a maximum, and the one of the marks. */
function withMarks(bytes: Uint8Array, section: Section): Uint8Array {
  const reader = new WasmReader(bytes, section.start);
  if (reader.u32() !== 1) throw new Error('the WebAssembly module has several memories');
  const flags = reader.byte();
  const least = reader.u32();
  const most = (flags & HAS_MAXIMUM) === 0 ? MOST_PAGES : reader.u32();
  if ((flags & ~HAS_MAXIMUM) !== 0 || reader.at !== section.end) throw new Error('unknown WebAssembly memory');
  const limits = [HAS_MAXIMUM, ...unsigned(least), ...unsigned(Math.min(most, MOST_PAGES))];
  return Uint8Array.of(2, ...limits, ...MARKS_LIMITS);
}

function readFunctionTypes(reader: WasmReader): number[] {
  const types: number[] = [];
  reader.vector(() => types.push(reader.u32()));
  return types;
}

function exportEntry(name: string, kind: number, index: number): number[] {
  const text = new TextEncoder().encode(name);
  return [text.length, ...text, kind, ...unsigned(index)];
}

const UNCHANGED: FunctionRewriting = { parameters: 0, prologue: [] };

function rewriteCode(
  bytes: Uint8Array,
  section: Section,
  functions: readonly FunctionRewriting[],
  rewriter: FunctionRewriter,
): Uint8Array {
  const reader = new WasmReader(bytes, section.start);
  const content = new Output(Math.ceil((section.end - section.start) * 1.8));
  content.push(unsigned(functions.length + 1));
  reader.vector((index) => {
    const size = reader.u32();
    const start = reader.at;
    reader.at = start + size;
    const body = rewriter.rewrite(start, reader.at, functions[index] ?? UNCHANGED) ?? bytes.subarray(start, reader.at);
    content.push(unsigned(body.length));
    content.push(body);
  });
  content.push(unsigned(MARK_RANGE.length));
  content.push(MARK_RANGE);
  return content.take();
}
