import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where the operator says that Z3 is, if at all, and where programs are looked for. */
export interface Z3Places {
  /** The setting: a path, or a name that is looked for; empty or left out, `z3` is looked for; `off` is none. */
  readonly setting?: string | undefined;
  /** The value of `PATH`. */
  readonly searchPath?: string | undefined;
}

/** Path of an executable Z3; null where there is none. */
export function findZ3({ setting, searchPath = '' }: Z3Places): string | null {
  if (setting === 'off') return null;
  const name = setting === undefined || setting === '' ? 'z3' : setting;
  if (isAbsolute(name)) return isExecutable(name) ? name : null;
  const paths = searchPath.split(delimiter).filter((folder) => isAbsolute(folder));
  return paths.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
