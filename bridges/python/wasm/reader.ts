const NAME_DECODER = new TextDecoder();

/** A cursor over a WebAssembly binary (core specification, section 5: binary format). */
export class WasmReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    return this.bytes[this.at++] as number;
  }

  /** An unsigned LEB128 number of up to 32 bits. */
  u32(): number {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return result >>> 0;
    }
  }

  /** Passes over a LEB128 number of any size and sign. */
  skipLeb(): void {
    while (this.byte() >= 0x80) {
      // Nothing to keep.
    }
  }

  name(): string {
    const length = this.u32();
    this.at += length;
    return NAME_DECODER.decode(this.bytes.subarray(this.at - length, this.at));
  }

  skipName(): void {
    const length = this.u32();
    this.at += length;
  }

  /** Passes over a value type: a byte, or a reference type with a heap type. */
  skipValueType(): void {
    const type = this.byte();
    if (type === 0x63 || type === 0x64) this.skipLeb();
  }

  /** Passes over a block's type: empty, a value type or a type index. */
  skipBlockType(): void {
    const first = this.bytes[this.at] as number;
    if (first === 0x63 || first === 0x64) this.skipValueType();
    else this.skipLeb();
  }

  /** Reads a vector's length and calls `item` for each element. */
  vector(item: (index: number) => void): number {
    const length = this.u32();
    for (let index = 0; index < length; index++) item(index);
    return length;
  }
}

/** An unsigned LEB128 number. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** A signed LEB128 number of 32 bits. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}
