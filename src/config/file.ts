import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** @throws {ConfigError} where the file is not there or not a JSON object */
export function readConfigFile(path: string): ConfigFile {
  const text = readIfThere(path);
  if (text === undefined) throw new ConfigError([`${path}: no such file; --config names an existing JSON file`]);
  return parse(path, text);
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
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) {
      return { path, values: { ...values } };
    }
  } catch (error) {
    throw new ConfigError([`${path}: not JSON: ${(error as Error).message}`]);
  }
  throw new ConfigError([`${path}: must hold a JSON object such as {"port": 8787}`]);
}
