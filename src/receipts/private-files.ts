import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { link, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KeyError } from './key-error.ts';

/** Files that only their owner reads. Windows has no such modes: there the user's profile directory keeps others out. */

const OWNER_FILE = 0o600;
const OWNER_DIRECTORY = 0o700;
const MOST_BYTES = 65_536;

/**
 * Makes a directory that only its owner enters, or takes one that is there.
 *
 * @throws {KeyError} where others may write to the one that is there: they could put their key in place of ours
 */
export async function claimPrivateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: OWNER_DIRECTORY });
  const found = await lstat(path);
  if (!found.isDirectory()) throw new KeyError(`${path} is no directory`, 'name another with ASSAY_KEYS');
  refuseForeign(path, found, 'chmod 700');
}

/**
 * Reads a private file; undefined where there is none.
 *
 * @throws {KeyError} where anybody else may read it, or it is not a plain file of ours
 */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new KeyError(`${path} cannot be opened (${error.code})`, 'it has to be a plain file of yours', error);
    },
  );
  if (file === undefined) return undefined;
  try {
    // Of the file that is open, not of the path: that could be another one by now.
    const found = await file.stat();
    if (!found.isFile() || found.size > MOST_BYTES) throw new KeyError(`${path} is no key file`, 'move it away');
    refuseForeign(path, found, 'chmod 600');
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function refuseForeign(path: string, found: Stats, command: string): void {
  const own = process.getuid?.();
  if (own === undefined) return;
  if (found.uid !== own)
    throw new KeyError(`${path} belongs to somebody else`, 'name another directory with ASSAY_KEYS');
  if ((found.mode & 0o077) === 0) return;
  const mode = (found.mode & 0o777).toString(8);
  throw new KeyError(`${path} is open to others (mode ${mode})`, `${command} ${path}, and rotate if it held a key`);
}

/** Writes a private file where there is none, whole or not at all. False where there is one already. */
export async function createPrivateFile(path: string, text: string): Promise<boolean> {
  const draft = await writeDraft(path, text);
  try {
    // A link, unlike a rename, fails where the name is taken: of two processes one makes the key, and both use it.
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Puts a private file in place of the one that may be there. */
export async function replacePrivateFile(path: string, text: string): Promise<void> {
  const draft = await writeDraft(path, text);
  try {
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeDraft(path: string, text: string): Promise<string> {
  const draft = join(dirname(path), `.${randomUUID()}.draft`);
  const file = await open(draft, 'wx', OWNER_FILE);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}
