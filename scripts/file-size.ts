import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** More lines than this are a hint that a file has a second concern. */
export const HINT_LINES = 300;
/** More lines than this fail the check. */
export const LIMIT_LINES = 500;

const SOURCES = '{core,symbolic,neural,bridges,workers,src,scripts,bench}/**/*.{ts,py}';

/** A source file over {@link HINT_LINES}. */
export interface LongFile {
  readonly path: string;
  readonly lines: number;
}

/** The source files, tests left out, that are longer than they should be; the longest first. */
export function longFiles(root: string): LongFile[] {
  return globSync(SOURCES, { cwd: root })
    .map((path) => ({ path, lines: countLines(readFileSync(join(root, path), 'utf8')) }))
    .filter(({ lines }) => lines > HINT_LINES)
    .toSorted((one, other) => other.lines - one.lines);
}

function countLines(text: string): number {
  const newlines = text.split('\n').length - 1;
  return text === '' || text.endsWith('\n') ? newlines : newlines + 1;
}
