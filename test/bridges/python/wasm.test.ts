import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildDirectory, buildOf } from '../../../bridges/python/builds.ts';
import { passInstruction } from '../../../bridges/python/wasm/instructions.ts';
import { markWrites } from '../../../bridges/python/wasm/mark-writes.ts';
import { WasmReader } from '../../../bridges/python/wasm/reader.ts';
import { readExportedFunction, readSections, SECTION } from '../../../bridges/python/wasm/sections.ts';
import { MAX_MEMORY_MB } from '../../../core/largest-memory.ts';

const PAGES_A_MEBIBYTE = 16;

describe('the rewriting of a module', () => {
  it('refuses one that grows its memory by itself', () => {
    expect(() => passInstruction(new WasmReader(Uint8Array.of(0x40, 0x00)))).toThrow(/memory\.grow/);
  });

  it('refuses one that does not say where Python code is run', () => {
    const exports = new WasmReader(Uint8Array.of(1, 1, 0x66, 0, 7));
    expect(readExportedFunction(exports, 'f')).toBe(7);
    expect(() => readExportedFunction(new WasmReader(exports.bytes), 'g')).toThrow(/exports no function g/);
  });

  it('refuses what it does not know', () => {
    expect(() => passInstruction(new WasmReader(Uint8Array.of(0xfe, 0x00)))).toThrow(/unknown/);
  });

  it('bounds the memory by what a budget may allow', () => {
    const bytes = markWrites(readFileSync(`${buildDirectory(buildOf('3.14'))}pyodide.asm.wasm`));
    const section = readSections(bytes).find(({ id }) => id === SECTION.memory);
    const reader = new WasmReader(bytes, section?.start);
    const [memories, flags, least, most] = [reader.u32(), reader.byte(), reader.u32(), reader.u32()];
    expect({ memories, flags, most }).toEqual({ memories: 2, flags: 1, most: MAX_MEMORY_MB * PAGES_A_MEBIBYTE });
    expect(least).toBeLessThan(most);
  });
});
