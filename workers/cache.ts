import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Build, buildOf } from '../bridges/python/builds.ts';
import type { PythonVersion } from '../core/program.ts';

/** Directory of what was made once for later starts: `ASSAY_CACHE`, or the user's cache directory. */
export function cacheDirectory(): string {
  return process.env.ASSAY_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'assay');
}

const BRIDGE = fileURLToPath(new URL('../bridges/python/', import.meta.url));
const BRIDGE_FOLDERS = ['.', 'py', 'py/shadow', 'py/shadow/rules', 'wasm'].map((folder) => join(BRIDGE, folder));

/** Changes with the build and with every file of the bridge, on both of which cached files depend. */
function cacheKey(build: Build): string {
  const hash = createHash('sha256').update(build.engine);
  for (const folder of BRIDGE_FOLDERS) {
    for (const name of readdirSync(folder).sort()) {
      if (/\.(?:ts|js|py)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Where a build's file of one kind is kept. */
export function cachePath(build: Build, kind: string): string {
  return join(cacheDirectory(), `python-${build.python}-${cacheKey(build)}.${kind}`);
}

/** Where a build's rewritten module and its image are kept. */
export interface CacheFiles {
  readonly module: string;
  readonly image: string;
}

/** The cached files of a Python version, by where the cache is now. */
export function cacheFiles(python: PythonVersion): CacheFiles {
  const build = buildOf(python);
  return { module: cachePath(build, 'wasm'), image: cachePath(build, 'image') };
}

/** A file's content, with a line of JSON in front that says what it is. */
export interface CachedFile<T> {
  readonly header: T;
  readonly body: Uint8Array;
}

function digestOf(header: string, body: Uint8Array): string {
  return createHash('sha256').update(header).update(body).digest('hex');
}

/**
 * Reads a cached file; undefined where there is none.
 *
 * @throws Error where the file is not what was written: programs run inside of what it holds, so it is never guessed at
 */
export async function readCached<T>(path: string): Promise<CachedFile<T> | undefined> {
  if (!existsSync(path)) return undefined;
  const content = await readFile(path);
  const newline = content.indexOf('\n');
  const body = content.subarray(newline + 1);
  const [digest, ...rest] = content.toString('utf8', 0, Math.max(0, newline)).split(' ');
  const header = rest.join(' ');
  if (digest !== digestOf(header, body))
    throw new Error(`the cached file ${path} is damaged; delete it and start again`);
  return { header: JSON.parse(header) as T, body };
}

/** Writes a file whole or not at all. A cache that cannot be written costs the next start a second, nothing else. */
export async function writeCached<T>(path: string, { header, body }: CachedFile<T>): Promise<void> {
  // Two pools of one process may write the same file at once.
  const part = `${path}.${randomUUID()}.part`;
  const text = JSON.stringify(header);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(part, Buffer.concat([Buffer.from(`${digestOf(text, body)} ${text}\n`), body]), { mode: 0o600 });
    await rename(part, path);
  } catch {
    await rm(part, { force: true }).catch(() => {});
  }
}
