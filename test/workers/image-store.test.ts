import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildOf } from '../../bridges/python/builds.ts';
import { DEFAULT_BUDGET } from '../../core/budget.ts';
import { cachePath } from '../../workers/cache.ts';
import { loadImage } from '../../workers/image-store.ts';
import { loadModule } from '../../workers/module-store.ts';

const build = buildOf('3.10');

describe('the cache of interpreter images', () => {
  const before = env.ASSAY_CACHE;
  const scratch = mkdtempSync(join(tmpdir(), 'assay-cache-'));
  let compiled: WebAssembly.Module;
  let folder: string;

  beforeAll(async () => {
    compiled = await loadModule(build);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(scratch, 'case-'));
    env.ASSAY_CACHE = folder;
  });
  afterAll(() => {
    if (before === undefined) delete env.ASSAY_CACHE;
    else env.ASSAY_CACHE = before;
    rmSync(scratch, { recursive: true });
  });

  it('is where ASSAY_CACHE says, for its owner alone, and holds what was made', async () => {
    const made = await loadImage(build, compiled, DEFAULT_BUDGET);
    const path = cachePath(build, 'image');
    expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([path]);
    expect(statSync(path).mode & 0o077).toBe(0);
    const read = await loadImage(build, compiled, DEFAULT_BUDGET);
    const { bytes, ...rest } = read;
    const { bytes: madeBytes, ...madeRest } = made;
    expect(rest).toEqual(madeRest);
    expect(Buffer.from(bytes.buffer).equals(Buffer.from(madeBytes.buffer))).toBe(true);
  });

  it('makes the same image each time', async () => {
    const one = await loadImage(build, compiled, DEFAULT_BUDGET);
    rmSync(cachePath(build, 'image'));
    const other = await loadImage(build, compiled, DEFAULT_BUDGET);
    expect(other.pointers).toEqual(one.pointers);
  });

  const DAMAGE: readonly (readonly [string, (content: Buffer) => Buffer])[] = [
    ['a changed byte', (content) => Buffer.from(content.map((byte, index) => (index === 5_000_000 ? byte ^ 1 : byte)))],
    ['a changed header', (content) => Buffer.from(content.map((byte, index) => (index === 100 ? byte ^ 1 : byte)))],
    ['its end missing', (content) => content.subarray(0, content.length - 4096)],
    ['more at its end', (content) => Buffer.concat([content, Buffer.from('x')])],
    ['nothing in it', () => Buffer.alloc(0)],
    ['noise in it', () => Buffer.alloc(100_000, 'ab')],
  ];
  it('refuses a damaged file by its name', { timeout: 60_000 }, async () => {
    await loadImage(build, compiled, DEFAULT_BUDGET);
    const path = cachePath(build, 'image');
    const content = readFileSync(path);
    for (const [what, damage] of DAMAGE) {
      writeFileSync(path, damage(content));
      // An image is too large to be shown where it is not refused.
      const answer = await loadImage(build, compiled, DEFAULT_BUDGET).then(
        () => 'taken',
        (error: unknown) => String(error),
      );
      expect(answer, what).toContain(path);
    }
  });

  it('does without a directory that cannot be made', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    env.ASSAY_CACHE = join(file, 'below');
    const image = await loadImage(build, compiled, DEFAULT_BUDGET);
    expect(image.memoryBytes).toBeGreaterThan(10_000_000);
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
