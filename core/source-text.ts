/** Ends the `def` line of the function that a CWM prompt traces. */
export const ENTRY_MARK = '# << START_OF_TRACE';

/** The 1-based line that carries the entry mark, or undefined. */
export function findEntryMark(source: string): number | undefined {
  if (!source.includes(ENTRY_MARK)) return undefined;
  const line = sourceLines(source).findIndex((text) => text.trimEnd().endsWith(ENTRY_MARK));
  return line < 0 ? undefined : line + 1;
}

/** Name of the function that the entry mark stands behind; undefined where no `def` at the start of a line has it. */
export function markedFunction(source: string): string | undefined {
  const line = findEntryMark(source);
  return line === undefined ? undefined : /^def[ \t]+([^\W\d]\w*)/u.exec(sourceLines(source)[line - 1] ?? '')?.[1];
}

/** The physical lines of a source as Python counts them (`\n`, `\r\n` and `\r` end one). */
export function sourceLines(source: string): string[] {
  return source.split(/\r\n|\r|\n/);
}
