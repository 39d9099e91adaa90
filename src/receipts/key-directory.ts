import { homedir } from 'node:os';
import { join } from 'node:path';

/** Directory of the signing keys: `ASSAY_KEYS` or what a setting says, else one among the user's data. */
export function keyDirectory(given = process.env.ASSAY_KEYS): string {
  if (given !== undefined && given !== '' && given !== 'auto') return given;
  return join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'assay', 'keys');
}
