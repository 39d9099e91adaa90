import type { Build } from '../bridges/python/builds.ts';
import { readablePaths, solverReadablePaths } from './sandbox-paths.ts';

/** Deep recursion in the interpreter needs more native stack than a thread has by default. */
const STACK_MB = 16;
const HEAP_MB = 1024;
/** Traces are short-lived: a larger young generation only keeps more dead ones. */
const YOUNG_MB = 16;

interface ThreadOptions {
  readonly env: Record<string, string>;
  readonly execArgv: string[];
  readonly resourceLimits: { stackSizeMb: number; maxOldGenerationSizeMb: number; maxYoungGenerationSizeMb: number };
}

/**
 * What a thread may do that holds an interpreter: read its own code and the interpreter's files, and nothing else. No
 * environment, no other file, no process, no network, no thread of its own.
 *
 * @param sealed false lets it do whatever this process may do, which is for debugging
 */
export function threadOptions(build: Build, sealed = true): ThreadOptions {
  return confinedTo(sealed ? readablePaths(build) : undefined);
}

/** The same for a thread that holds a solver: its files are the solver's. */
export function solverThreadOptions(sealed = true): ThreadOptions {
  return confinedTo(sealed ? solverReadablePaths() : undefined);
}

function confinedTo(paths: readonly string[] | undefined): ThreadOptions {
  return {
    env: {},
    execArgv: paths === undefined ? [] : ['--permission', ...paths.map((path) => `--allow-fs-read=${path}`)],
    resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
  };
}
