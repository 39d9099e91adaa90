import { text } from 'node:stream/consumers';
import { buildOf } from '../bridges/python/builds.ts';
import type { Budget } from '../core/budget.ts';
import type { PythonVersion } from '../core/program.ts';
import type { CacheFiles } from './cache.ts';
import { loadImage } from './image-store.ts';
import { loadModule } from './module-store.ts';

/** What the process is told, as JSON on its standard input. */
export interface PrepareOrder {
  readonly python: PythonVersion;
  readonly budget: Budget;
  readonly cache: CacheFiles;
}

/**
 * Entry of a process that makes a build's cached files and ends. It may write to the cache, which no process may that
 * runs programs: what they start from is never theirs to change.
 */
const { python, budget, cache } = JSON.parse(await text(process.stdin)) as PrepareOrder;
const build = buildOf(python);
await loadImage(build, await loadModule(build, cache.module), budget, { path: cache.image });
process.exit(0);
