import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Build, buildOf } from '../bridges/python/builds.ts';
import type { PythonVersion } from '../core/program.ts';
import type { Boundary, Command } from './boundary.ts';
import type { CacheFiles } from './cache.ts';
import { moduleUrl } from './module-url.ts';
import { readablePaths } from './sandbox-paths.ts';

/** The main thread of a sandbox process holds messages on their way and nothing else: most of them die young. */
const HEAP_MB = 1024;
const SEMI_SPACE_MB = 2;

function nodeCommand(build: Build, source: string, more: readonly string[]): Command {
  const flags = [
    '--permission',
    '--allow-worker',
    `--max-semi-space-size=${SEMI_SPACE_MB}`,
    `--max-old-space-size=${HEAP_MB}`,
    '--disable-warning=PERM0006',
  ];
  const readable = readablePaths(build).map((path) => `--allow-fs-read=${path}`);
  return [process.execPath, ...flags, ...readable, ...more, fileURLToPath(moduleUrl(source, import.meta.url))];
}

/**
 * The command of a process that runs programs: it may read its own code, the interpreter's files and the two cached
 * files, start threads, and make no code from strings. Its threads may do less, see `thread-options.ts`.
 */
export function sandboxCommand(python: PythonVersion, cache: CacheFiles, boundary: Boundary): Command {
  const build = buildOf(python);
  const cached = [cache.module, cache.image];
  const command = nodeCommand(build, './sandbox-process.ts', [
    '--disallow-code-generation-from-strings',
    ...cached.map((path) => `--allow-fs-read=${path}`),
  ]);
  return boundary.wrap(command, [...readablePaths(build), ...cached]);
}

/** The command of a process that makes the two cached files. */
export function prepareCommand(python: PythonVersion, cache: CacheFiles): Command {
  const folder = dirname(cache.image);
  return nodeCommand(buildOf(python), './prepare-process.ts', [
    `--allow-fs-read=${folder}`,
    `--allow-fs-write=${folder}`,
  ]);
}
