import { Worker } from 'node:worker_threads';
import type { Build } from '../bridges/python/builds.ts';
import type { Image } from '../bridges/python/image.ts';
import type { Budget } from '../core/budget.ts';
import { cachePath, readCached, writeCached } from './cache.ts';
import { moduleUrl } from './module-url.ts';
import type { ImageThreadData } from './protocol.ts';
import { threadOptions } from './thread-options.ts';

const PAGE = 4096;
/** Runs of zero pages shorter than this are kept with their neighbours. */
const GAP = 16 * PAGE;

/** Half-open range of addresses. */
type Range = readonly [start: number, end: number];

/** An image on disk: about half of an interpreter's memory is zero and is left out. */
interface Header extends Omit<Image, 'bytes'> {
  readonly ranges: readonly Range[];
}

/** Page-aligned ranges that hold anything but zeros; ranges closer than {@link GAP} are one. */
function nonZeroRanges(memory: Buffer): Range[] {
  const zeroPage = Buffer.alloc(PAGE);
  const ranges: [number, number][] = [];
  for (let page = 0; page < memory.length; page += PAGE) {
    if (memory.compare(zeroPage, 0, PAGE, page, page + PAGE) === 0) continue;
    const last = ranges.at(-1);
    if (last !== undefined && page - last[1] < GAP) last[1] = page + PAGE;
    else ranges.push([page, page + PAGE]);
  }
  return ranges;
}

function unpack({ ranges, ...image }: Header, body: Uint8Array): Image {
  const bytes = new Uint8Array(new SharedArrayBuffer(image.memoryBytes));
  let offset = 0;
  for (const [start, end] of ranges) {
    bytes.set(body.subarray(offset, offset + end - start), start);
    offset += end - start;
  }
  return { ...image, bytes };
}

async function save(path: string, { bytes, ...image }: Image): Promise<void> {
  const ranges = nonZeroRanges(Buffer.from(bytes.buffer));
  const body = Buffer.concat(ranges.map(([start, end]) => bytes.subarray(start, end)));
  await writeCached<Header>(path, { header: { ...image, ranges }, body });
}

function make(build: Build, compiled: WebAssembly.Module, budget: Budget, sealed: boolean): Promise<Image> {
  const workerData: ImageThreadData = { python: build.python, budget, compiled };
  const { promise, resolve, reject } = Promise.withResolvers<Image>();
  const thread = new Worker(moduleUrl('./image-thread.ts', import.meta.url), {
    ...threadOptions(build, sealed),
    workerData,
  });
  thread.once('message', resolve);
  thread.once('error', reject);
  thread.once('exit', (code) => reject(new Error(`the thread that makes the interpreter image ended with ${code}`)));
  return promise.finally(() => thread.terminate());
}

export interface ImageOptions {
  /** Where it is kept between starts; in the user's cache where nothing is said. */
  readonly path?: string;
  /** See `threadOptions`. */
  readonly sealed?: boolean;
}

/**
 * The image of a build: from the cache, or made now and put there.
 *
 * @param budget for the runs that warm the interpreter up
 * @throws Error where a cached image is not what was written, or where none can be made
 */
export async function loadImage(
  build: Build,
  compiled: WebAssembly.Module,
  budget: Budget,
  { path = cachePath(build, 'image'), sealed = true }: ImageOptions = {},
): Promise<Image> {
  const cached = await readCached<Header>(path);
  if (cached !== undefined) return unpack(cached.header, cached.body);
  const image = await make(build, compiled, budget, sealed);
  await save(path, image);
  return image;
}
