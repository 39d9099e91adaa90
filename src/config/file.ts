import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from './config-error.ts';

export const CONFIG_FILE = 'assay.config.json';

export interface ConfigFile {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The nearest `assay.config.json`, from `directory` upwards. The closest one counts alone; files do not add up.
 *
 * @throws {ConfigError} where it is not a JSON object
 */
export function findConfigFile(directory: string): ConfigFile | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_FILE);
    const text = readIfThere(path);
    if (text !== undefined) return parse(path, text);
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * Reads a file that was named. One that ends with `.ts`, `.js` or `.mjs` is a module whose default export is the object:
 * it is a program, so it is run only where somebody names it, and never searched for.
 *
 * @throws {ConfigError} where the file is not there or does not give an object
 */
export function readConfigFile(path: string): ConfigFile {
  if (/\.(?:ts|mts|js|mjs)$/.test(path)) return runModule(resolve(path));
  const text = readIfThere(path);
  if (text === undefined) throw new ConfigError([`${path}: no such file; --config names an existing JSON file`]);
  return parse(path, text);
}

function runModule(path: string): ConfigFile {
  if (!existsSync(path)) throw new ConfigError([`${path}: no such file; --config names an existing file`]);
  let module: { readonly default?: unknown };
  try {
    module = createRequire(import.meta.url)(path) as typeof module;
  } catch (error) {
    throw new ConfigError([`${path}: cannot be run: ${(error as Error).message}`]);
  }
  return toFile(path, module.default);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ConfigError([`${path}: cannot be read (${code})`]);
  }
}

function parse(path: string, text: string): ConfigFile {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    throw new ConfigError([`${path}: not JSON: ${(error as Error).message}`]);
  }
  return toFile(path, values);
}

function toFile(path: string, values: unknown): ConfigFile {
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) return { path, values: { ...values } };
  throw new ConfigError([`${path}: must hold an object such as {"port": 8787}`]);
}
