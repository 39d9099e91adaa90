import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

let version: string | undefined;

/** Version of the Z3 that comes with this package, such as `5.2.0`. */
export function z3Version(): string {
  version ??= readVersion();
  return version;
}

function readVersion(): string {
  const path = createRequire(import.meta.url).resolve('z3-solver/package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
