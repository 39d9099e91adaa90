import { stripSource } from '../source-line.ts';

/** The tags that may end a source line. All else between them is source. */
const SOURCE_END = /<\|(?:frame_sep|arg_sep|end_of_text)\|>/g;

// A claim of 16 MB has room for some 400,000 frames, and each of them may look this far for its newline. A longer line is
// read up to its first tag, as if the program did not have it.
const MAX_TAGGED_LINE = 2_000;

/** The source lines of the claimed program, as an aid to reading claims about them. */
export interface ProgramLines {
  /** The program's own copy of a stripped line; undefined where it has no such line, or the line is blank. */
  find(source: string): string | undefined;
  /** Whether a line of the program starts with this text: then a claim that stops there was cut within the line. */
  begins(text: string): boolean;
  /**
   * Offset of the tag that ends the source at `start`, or `limit` where none does. A tag before the newline is text where
   * the program has such a line.
   *
   * @param closesAt the offset of the tag that closes a source which stops at the given offset, where one does
   */
  sourceEnd(text: string, start: number, limit: number, closesAt: (end: number) => number | undefined): number;
}

/** @param lines physical lines of the program, with the entry mark */
export function indexProgramLines(lines: readonly string[]): ProgramLines {
  const own = new Map<string, string>();
  for (const line of lines) {
    const source = stripSource(line);
    // No step is at a blank line: a claim without a source was cut before it.
    if (source !== '') own.set(source, source);
  }
  const tagged = new Set([...own.keys()].filter((line) => findTag(line, 0) < line.length));

  return {
    find: (source) => own.get(source),
    begins: (text) => lines.some((line) => line.startsWith(text)),
    sourceEnd(text, start, limit, closesAt) {
      const first = Math.min(findTag(text, start), limit);
      if (tagged.size === 0 || first === limit) return first;
      const newline = text.slice(start, start + MAX_TAGGED_LINE).indexOf('\n');
      if (start + newline < first || !tagged.has(stripSource(text.slice(start, start + newline)))) return first;
      return closesAt(start + newline) ?? first;
    },
  };
}

/** Offset of the first tag at or after `start` that may end a source, or the text's length. */
function findTag(text: string, start: number): number {
  SOURCE_END.lastIndex = start;
  return SOURCE_END.exec(text)?.index ?? text.length;
}
