import { WasmReader } from './reader.ts';

/** Section ids of the binary format. */
export const SECTION = { type: 1, import: 2, function: 3, memory: 5, global: 6, export: 7, code: 10 } as const;

/** A section's id and its content, as a half-open range of bytes. */
export interface Section {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

export function readSections(bytes: Uint8Array): Section[] {
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
export function readTypes(reader: WasmReader): number[] {
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

/** Index of an exported function. @throws Error where the module exports none of that name */
export function readExportedFunction(reader: WasmReader, wanted: string): number {
  let found: number | undefined;
  reader.vector(() => {
    const name = reader.name();
    const isFunction = reader.byte() === 0;
    const index = reader.u32();
    if (isFunction && name === wanted) found = index;
  });
  if (found === undefined) throw new Error(`the WebAssembly module exports no function ${wanted}`);
  return found;
}

/** How many functions, memories and globals a module imports. */
export interface Imported {
  readonly functions: number;
  readonly globals: number;
  readonly memories: number;
}

export function readImports(reader: WasmReader): Imported {
  let functions = 0;
  let globals = 0;
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
        globals++;
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
  return { functions, globals, memories };
}
