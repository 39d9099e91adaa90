import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import type { z } from 'zod';
import { misfit } from '../../core/field-errors.ts';
import { STDIN } from './claims.ts';
import { CliError } from './cli-error.ts';
import { requireFiles } from './files.ts';

const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The text of a file, or of standard input for `-`.
 *
 * @throws {CliError} where it cannot be read
 */
export async function readText(file: string): Promise<string> {
  if (file === STDIN) return await readAll(process.stdin);
  requireFiles([file]);
  if (statSync(file).size > MOST_BYTES) throw new CliError(`${file} is larger than 256 MiB`);
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new CliError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/**
 * A file's JSON, as a schema wants it.
 *
 * @throws {CliError} where it is not JSON; Fault `invalid-request` where it does not fit
 */
export async function readJson<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.infer<Schema>> {
  const checked = schema.safeParse(parseJson(file, await readText(file)));
  if (!checked.success) throw misfit(checked.error);
  return checked.data;
}

/** @throws {CliError} where the text is not JSON */
export function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${file}: not JSON: ${(error as Error).message}`);
  }
}

/** Writes a value as one line of JSON. @throws {CliError} where the file cannot be written */
export function writeJson(file: string, value: unknown): void {
  try {
    writeFileSync(file, `${JSON.stringify(value)}\n`);
  } catch (error) {
    throw new CliError(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
