import { diffArrays } from 'diff';

/** A place in which two versions of a file differ. */
export interface Hunk {
  /** Its number among the hunks of the file, from 0. */
  readonly index: number;
  /** First and last line in the new version; the line before it where nothing is left of it there. */
  readonly line: number;
  readonly end: number;
  /** Its lines, old and new. */
  readonly text: string;
}

/** A stretch of lines that is the same in both versions, or not. */
interface Stretch {
  readonly same: boolean;
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/** Edits beyond which two versions are taken as wholly different: comparing takes time in their square. */
const MOST_EDITS = 5000;

function stretches(before: string, after: string): Stretch[] {
  const [oldLines, newLines] = [before.split('\n'), after.split('\n')];
  const changes = diffArrays(oldLines, newLines, { maxEditLength: MOST_EDITS });
  if (changes === undefined) return [{ same: false, old: oldLines, new: newLines }];
  const found: Stretch[] = [];
  for (const { value, added, removed } of changes) {
    const last = found.at(-1);
    if (!added && !removed) found.push({ same: true, old: value, new: value });
    else if (last === undefined || last.same)
      found.push({ same: false, old: removed ? value : [], new: added ? value : [] });
    else
      found[found.length - 1] = {
        same: false,
        old: removed ? [...last.old, ...value] : last.old,
        new: added ? [...last.new, ...value] : last.new,
      };
  }
  return found;
}

/** The hunks by which the new version differs from the old one. */
export function hunksOf(before: string, after: string): Hunk[] {
  const found: Hunk[] = [];
  let line = 1;
  for (const stretch of stretches(before, after)) {
    if (!stretch.same) {
      const end = Math.max(line, line + stretch.new.length - 1);
      found.push({ index: found.length, line, end, text: [...stretch.old, '\0', ...stretch.new].join('\n') });
    }
    line += stretch.new.length;
  }
  return found;
}

/** The new version with one hunk taken back. */
export function withoutHunk(before: string, after: string, index: number): string {
  let hunk = -1;
  return stretches(before, after)
    .flatMap((stretch) => {
      if (stretch.same) return stretch.new;
      hunk++;
      return hunk === index ? stretch.old : stretch.new;
    })
    .join('\n');
}
