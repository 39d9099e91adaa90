import type { WasmReader } from './reader.ts';

/** What an instruction has to do with memory, besides reading it. */
export type Touch =
  | Store
  /** `memory.size`. */
  | { readonly kind: 'size' };

/** What an instruction writes to memory. */
export type Store =
  | { readonly kind: 'value'; readonly type: ValueType; readonly offset: number }
  /** `memory.copy`, `memory.fill` or `memory.init`: address, one more operand, length. */
  | { readonly kind: 'bulk' };

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64';

/** `i32.store` … `i64.store32`, from 0x36 on. */
const STORE_TYPES: readonly ValueType[] = ['i32', 'i64', 'f32', 'f64', 'i32', 'i32', 'i64', 'i64', 'i64'];
const FIRST_LOAD = 0x28;
const FIRST_STORE = 0x36;
const LAST_STORE = 0x3e;
/** Comparison, arithmetic and conversion: no immediates. */
const FIRST_NUMERIC = 0x45;
const LAST_NUMERIC = 0xc4;

function unknown(reader: WasmReader, name: string): Error {
  return new Error(`unknown WebAssembly instruction ${name} at ${reader.at}`);
}

/** A memory argument's offset. */
function memoryOffset(reader: WasmReader): number {
  const align = reader.u32();
  if ((align & 0x40) !== 0) throw unknown(reader, 'with a memory index');
  return reader.u32();
}

/**
 * Passes over one instruction.
 *
 * @returns what it has to do with memory; undefined where that is nothing
 * @throws Error for an instruction that is not known here, since nothing may be passed over unseen, and for
 *   `memory.grow`: only the host may grow the memory
 */
export function passInstruction(reader: WasmReader): Touch | undefined {
  const opcode = reader.byte();
  if (opcode >= FIRST_NUMERIC && opcode <= LAST_NUMERIC) return undefined;
  if (opcode >= FIRST_LOAD && opcode <= LAST_STORE) {
    const offset = memoryOffset(reader);
    if (opcode < FIRST_STORE) return undefined;
    return { kind: 'value', type: STORE_TYPES[opcode - FIRST_STORE] as ValueType, offset };
  }
  switch (opcode) {
    case 0x00: // unreachable
    case 0x01: // nop
    case 0x05: // else
    case 0x0a: // throw_ref
    case 0x0b: // end
    case 0x0f: // return
    case 0x19: // catch_all
    case 0x1a: // drop
    case 0x1b: // select
    case 0xd1: // ref.is_null
    case 0xd3: // ref.eq
    case 0xd4: // ref.as_non_null
      return undefined;
    case 0x02: // block
    case 0x03: // loop
    case 0x04: // if
    case 0x06: // try
      reader.skipBlockType();
      return undefined;
    case 0x07: // catch
    case 0x08: // throw
    case 0x09: // rethrow
    case 0x0c: // br
    case 0x0d: // br_if
    case 0x10: // call
    case 0x12: // return_call
    case 0x14: // call_ref
    case 0x15: // return_call_ref
    case 0x18: // delegate
    case 0x20: // local.get
    case 0x21: // local.set
    case 0x22: // local.tee
    case 0x23: // global.get
    case 0x24: // global.set
    case 0x25: // table.get
    case 0x26: // table.set
    case 0x41: // i32.const
    case 0x42: // i64.const
    case 0xd0: // ref.null
    case 0xd2: // ref.func
    case 0xd5: // br_on_null
    case 0xd6: // br_on_non_null
      reader.skipLeb();
      return undefined;
    case 0x11: // call_indirect
    case 0x13: // return_call_indirect
      reader.skipLeb();
      reader.skipLeb();
      return undefined;
    case 0x0e: // br_table
      reader.vector(() => reader.skipLeb());
      reader.skipLeb();
      return undefined;
    case 0x1c: // select with types
      reader.vector(() => reader.skipValueType());
      return undefined;
    case 0x1f: // try_table
      reader.skipBlockType();
      reader.vector(() => {
        const kind = reader.byte();
        if (kind < 2) reader.skipLeb();
        reader.skipLeb();
      });
      return undefined;
    case 0x3f: // memory.size
      reader.skipLeb();
      return { kind: 'size' };
    case 0x40:
      throw unknown(reader, 'memory.grow');
    case 0x43: // f32.const
      reader.at += 4;
      return undefined;
    case 0x44: // f64.const
      reader.at += 8;
      return undefined;
    case 0xfb:
      return passReference(reader);
    case 0xfc:
      return passMiscellaneous(reader);
    default:
      throw unknown(reader, `0x${opcode.toString(16)}`);
  }
}

/** `ref.test` and `ref.cast`, which the newest build's calls through function pointers use. */
function passReference(reader: WasmReader): undefined {
  const opcode = reader.u32();
  if (opcode < 20 || opcode > 23) throw unknown(reader, `0xfb ${opcode}`);
  reader.skipLeb();
  return undefined;
}

function passMiscellaneous(reader: WasmReader): Store | undefined {
  const opcode = reader.u32();
  if (opcode <= 7) return undefined; // saturating conversions
  switch (opcode) {
    case 8: // memory.init
    case 10: // memory.copy
      reader.skipLeb();
      reader.skipLeb();
      return { kind: 'bulk' };
    case 11: // memory.fill
      reader.skipLeb();
      return { kind: 'bulk' };
    case 9: // data.drop
    case 13: // elem.drop
    case 15: // table.grow
    case 16: // table.size
    case 17: // table.fill
      reader.skipLeb();
      return undefined;
    case 12: // table.init
    case 14: // table.copy
      reader.skipLeb();
      reader.skipLeb();
      return undefined;
    default:
      throw unknown(reader, `0xfc ${opcode}`);
  }
}
