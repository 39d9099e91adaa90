import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Version of the Z3 that comes with this package, such as `5.2.0`. */
export const Z3_VERSION: string = readVersion();

function readVersion(): string {
  const path = createRequire(import.meta.url).resolve('z3-solver/package.json');
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
  return version;
}
