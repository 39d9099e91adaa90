import { readFileSync, statSync } from 'node:fs';
import { CliError } from './cli-error.ts';

/**
 * Refuses files that cannot be read, before any work is done.
 *
 * @throws {CliError} naming the first that is missing
 */
export function requireFiles(files: readonly string[]): void {
  for (const file of files) {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) throw new CliError(`${file}: no such file`, 'check the path; `-` reads standard input');
    if (found.isDirectory()) throw new CliError(`${file} is a directory`, 'name the files in it');
  }
}

/**
 * A Python source, without the byte order mark that Python skips too.
 *
 * @throws {CliError} where the file cannot be read
 */
export function readSource(file: string): string {
  requireFiles([file]);
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new CliError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
