import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Build, buildDirectory } from '../bridges/python/builds.ts';

/** All that a replay thread may read: its own code, the pool's half that runs in it, and the interpreter's files. */
export function readablePaths(build: Build): string[] {
  return [...ownPaths('../bridges/python/'), buildDirectory(build)];
}

/** All that a solver's thread may read: its own code, the pool's half that runs in it, and Z3. */
export function solverReadablePaths(): string[] {
  return [...ownPaths('../symbolic/'), packageFolder('z3-solver')];
}

function ownPaths(wrapper: string): string[] {
  const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  return [folder(wrapper), folder('../core/'), folder('./'), folder('../package.json'), packageFolder('piscina')];
}

/** Folder of a package whose entry is in a folder of its own. */
function packageFolder(name: string): string {
  return `${dirname(dirname(createRequire(import.meta.url).resolve(name)))}/`;
}
