import { applyPatch, parsePatch } from 'diff';

/** What a patch does to one file. */
export interface PatchedFile {
  /** Undefined for a file that the patch makes. */
  readonly oldPath: string | undefined;
  /** Undefined for a file that the patch removes. */
  readonly newPath: string | undefined;
  /** The text behind it; undefined where the file is removed. */
  readonly text: string | undefined;
}

/** A patch that cannot be read, or does not fit. */
export class PatchTextError extends Error {
  override readonly name = 'PatchTextError';
}

/**
 * Applies a unified diff to texts.
 *
 * @param read the text of a file before the patch
 * @throws {PatchTextError} naming the file that it does not fit
 */
export function applyPatchText(patch: string, read: (path: string) => string | undefined): PatchedFile[] {
  const found: PatchedFile[] = [];
  for (const part of parsed(patch)) {
    const oldPath = pathOf(part.oldFileName, 'a');
    const newPath = pathOf(part.newFileName, 'b');
    if (oldPath === undefined && newPath === undefined) continue;
    if (newPath === undefined) {
      found.push({ oldPath, newPath, text: undefined });
      continue;
    }
    const before = oldPath === undefined ? '' : read(oldPath);
    if (before === undefined) throw new PatchTextError(`the patch changes ${oldPath}, which is not there`);
    const text = applyPatch(before, part, { autoConvertLineEndings: true });
    if (text === false) throw new PatchTextError(`the patch does not fit ${oldPath ?? newPath}`);
    found.push({ oldPath, newPath, text });
  }
  return found;
}

function parsed(patch: string) {
  try {
    return parsePatch(patch);
  } catch (error) {
    throw new PatchTextError(`not a unified diff: ${(error as Error).message}`);
  }
}

/** Without the `a/` or `b/` in front. A path that leads out of the repository is none. */
function pathOf(name: string | undefined, prefix: string): string | undefined {
  if (name === undefined || name === '/dev/null' || name === '') return undefined;
  const path = name.startsWith(`${prefix}/`) ? name.slice(2) : name;
  if (path.startsWith('/') || path.split('/').includes('..')) {
    throw new PatchTextError(`the patch names ${name}, which is outside of the repository`);
  }
  return path;
}
