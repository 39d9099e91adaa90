import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Build } from '../bridges/python/builds.ts';
import type { Image } from '../bridges/python/image.ts';
import { DEFAULT_BUDGET } from '../core/budget.ts';
import { moduleUrl } from './module-url.ts';
import type { ImageThreadData } from './protocol.ts';
import { threadOptions } from './thread-options.ts';

/** Directory of the images, about 12 MB each: `ASSAY_CACHE`, or the user's cache directory. */
export function cacheDirectory(): string {
  return process.env.ASSAY_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'assay');
}

/** Changes with the build and with every file of the bridge, since addresses in an image depend on both. */
function imageKey(build: Build): string {
  const bridge = fileURLToPath(new URL('../bridges/python/', import.meta.url));
  const hash = createHash('sha256').update(build.engine);
  for (const folder of [bridge, join(bridge, 'py')]) {
    for (const name of readdirSync(folder).sort()) {
      if (/\.(?:ts|js|py)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

type Header = Omit<Image, 'bytes'> & { readonly sha256: string };

function imagePath(build: Build): string {
  return join(cacheDirectory(), `python-${build.python}-${imageKey(build)}.image`);
}

/** A file is one line of JSON, the header, and the image's bytes. */
function parse(path: string, content: Buffer): Image {
  const newline = content.indexOf('\n');
  const body = content.subarray(newline + 1);
  const wrong = new Error(`the interpreter image ${path} is damaged; delete it and start again`);
  let header: Header;
  try {
    header = JSON.parse(content.toString('utf8', 0, newline)) as Header;
  } catch (cause) {
    throw Object.assign(wrong, { cause });
  }
  const { sha256, ...image } = header;
  if (digest(JSON.stringify(image), body) !== sha256) throw wrong;
  const bytes = new Uint8Array(new SharedArrayBuffer(body.length));
  bytes.set(body);
  return { ...image, bytes };
}

function digest(header: string, body: Uint8Array): string {
  return createHash('sha256').update(header).update(body).digest('hex');
}

async function save(path: string, image: Image): Promise<void> {
  const { bytes, ...rest } = image;
  const header: Header = { ...rest, sha256: digest(JSON.stringify(rest), bytes) };
  const part = `${path}.${process.pid}.part`;
  await mkdir(cacheDirectory(), { recursive: true, mode: 0o700 });
  await writeFile(part, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), bytes]), { mode: 0o600 });
  // Two processes may make the same image at once; a rename is whole or not at all.
  await rename(part, path).catch(async (error: unknown) => {
    await rm(part, { force: true });
    throw error;
  });
}

function make(build: Build, compiled: WebAssembly.Module): Promise<Image> {
  const workerData: ImageThreadData = { python: build.python, budget: DEFAULT_BUDGET, compiled };
  const { promise, resolve, reject } = Promise.withResolvers<Image>();
  const thread = new Worker(moduleUrl('./image-thread.ts', import.meta.url), { ...threadOptions(build), workerData });
  thread.once('message', resolve);
  thread.once('error', reject);
  thread.once('exit', (code) => reject(new Error(`the thread that makes the interpreter image ended with ${code}`)));
  return promise.finally(() => thread.terminate());
}

/**
 * The image of a build: from the cache, or made now and put there. A cache that cannot be written costs the next start a
 * second, nothing else.
 *
 * @throws Error where a cached image is not what was written, or where none can be made
 */
export async function loadImage(build: Build, compiled: WebAssembly.Module): Promise<Image> {
  const path = imagePath(build);
  if (existsSync(path)) return parse(path, await readFile(path));
  const image = await make(build, compiled);
  await save(path, image).catch(() => {});
  return image;
}
