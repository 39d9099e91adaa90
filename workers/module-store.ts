import { readFile } from 'node:fs/promises';
import { type Build, buildDirectory } from '../bridges/python/builds.ts';
import { markWrites } from '../bridges/python/wasm/mark-writes.ts';
import { cachePath, readCached, writeCached } from './cache.ts';

interface Header {
  readonly package: string;
}

/**
 * A build's module, rewritten so that it notes its writes, compiled once for all threads.
 *
 * @param path where it is kept between starts
 * @throws Error where the cached module is not what was written, or the build cannot be rewritten
 */
export async function loadModule(build: Build, path = cachePath(build, 'wasm')): Promise<WebAssembly.Module> {
  const cached = await readCached<Header>(path);
  if (cached !== undefined) return WebAssembly.compile(new Uint8Array(cached.body));
  const body = markWrites(await readFile(`${buildDirectory(build)}pyodide.asm.wasm`));
  await writeCached<Header>(path, { header: { package: build.package }, body });
  return WebAssembly.compile(body);
}
