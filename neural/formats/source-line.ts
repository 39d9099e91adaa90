import { ENTRY_MARK } from '../../core/program.ts';

/** A source line as it is compared: without trailing white space, and without the entry mark where it ends the line. */
export function stripSource(raw: string): string {
  const text = raw.trimEnd();
  return text.endsWith(ENTRY_MARK) ? text.slice(0, -ENTRY_MARK.length).trimEnd() : text;
}
