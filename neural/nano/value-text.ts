import { stringEnd, stringFence } from './logical-lines.ts';

/** Offset of the first of some characters outside of string literals, from an offset on; the text's length if none is. */
export function findOutsideStrings(text: string, chars: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const fence = stringFence(text, at);
    if (fence !== undefined) at = stringEnd(text, at, fence.charAt(0));
    else if (chars.includes(text.charAt(at))) return at;
    else at += 1;
  }
  return text.length;
}

const CLOSERS = ')]}\'"';

/**
 * What has to be put before the last character of one repr to make another, or undefined where that does not do:
 * `[1, 2]` becomes `[1, 2, 3]` by `, 3`.
 */
export function extension(before: string, after: string): string | undefined {
  const closer = before.at(-1) ?? '';
  if (!CLOSERS.includes(closer) || closer === '' || after.length <= before.length || !after.endsWith(closer)) return;
  return after.startsWith(before.slice(0, -1)) ? after.slice(before.length - 1, -1) : undefined;
}

/** The repr that an {@link extension} makes. */
export function extend(before: string, tail: string): string {
  return `${before.slice(0, -1)}${tail}${before.slice(-1)}`;
}
