import { realpathSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Build } from '../bridges/python/builds.ts';

/** All that a replay thread may read: its own code, the pool's half that runs in it, and the interpreter's files. */
export function readablePaths(build: Build): string[] {
  return [...ownPaths('../bridges/python/'), ...packageFolders(build.package)];
}

/** All that a solver's thread may read: its own code, the pool's half that runs in it, and Z3. */
export function solverReadablePaths(): string[] {
  return [...ownPaths('../symbolic/'), ...packageFolders('z3-solver')];
}

function ownPaths(wrapper: string): string[] {
  const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  return [folder(wrapper), folder('../core/'), folder('./'), folder('../package.json'), ...packageFolders('piscina')];
}

/** Folder of a package, and where it really is: package managers make links, and Node reads by both names. */
function packageFolders(name: string): string[] {
  const manifest = findPackageJSON(name, import.meta.url);
  if (manifest === undefined) throw new Error(`the package ${name} is not installed`);
  return [...new Set([manifest, realpathSync(manifest)])].map((path) => `${dirname(path)}/`);
}
