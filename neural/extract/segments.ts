/** A line that opens or closes a fenced block of Markdown. The info string behind it says nothing about claims. */
const FENCE = /^ {0,3}```[^`\n]*$/gm;

/** Blocks of a completion beyond this many are not looked at. */
const MAX_SEGMENTS = 512;

/** The insides of fenced blocks and what stands between them, in order. A block that nothing closes goes to the end. */
export function segmentsOf(text: string): string[] {
  const segments: string[] = [];
  let start = 0;
  for (const fence of text.matchAll(FENCE)) {
    segments.push(text.slice(start, fence.index));
    start = fence.index + fence[0].length;
    if (segments.length === MAX_SEGMENTS) return segments;
  }
  segments.push(text.slice(start));
  return segments;
}
