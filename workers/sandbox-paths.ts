import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Build, buildDirectory } from '../bridges/python/builds.ts';

/** All that a replay thread may read: its own code, the pool's half that runs in it, and the interpreter's files. */
export function readablePaths(build: Build): string[] {
  const require = createRequire(import.meta.url);
  const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  return [
    folder('../bridges/python/'),
    folder('../core/'),
    folder('./'),
    folder('../package.json'),
    `${dirname(dirname(require.resolve('piscina')))}/`,
    buildDirectory(build),
  ];
}
