import { homedir } from 'node:os';
import { join } from 'node:path';
import { KeyError } from './key-error.ts';

/**
 * Directory of the signing keys: the one that is given, or for `auto` one among the user's data.
 *
 * @throws {KeyError} where none is given and the user has no home
 */
export function keyDirectory(given: string): string {
  if (given !== '' && given !== 'auto') return given;
  return join(process.env.XDG_DATA_HOME || join(home(), '.local', 'share'), 'assay', 'keys');
}

function home(): string {
  try {
    return homedir();
  } catch (error) {
    throw new KeyError('there is no home directory to keep keys in', 'name a directory with ASSAY_KEYS', error);
  }
}
