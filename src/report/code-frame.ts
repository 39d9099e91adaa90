import { sourceLines } from '../../core/program.ts';
import { columns, shorten, sourceText } from './printable.ts';
import type { View } from './result.ts';

/** Lines shown on either side of the marked one. */
const CONTEXT = 2;

/**
 * The lines around `line` with a gutter, and carets with `labels` under it. Empty where the source has no such line.
 *
 * @param line 1-based line of the source
 * @param shift added to line numbers, where the source stands further down in a file
 */
export function codeFrame(source: string, line: number, labels: readonly string[], view: View, shift = 0): string[] {
  const lines = sourceLines(source);
  const marked = lines[line - 1];
  if (marked === undefined) return [];

  const first = Math.max(1, line - CONTEXT);
  const last = Math.min(lastWritten(lines, line), line + CONTEXT);
  const gutter = String(last + shift).length;
  const room = Math.max(20, view.width - gutter - 4);
  const bar = view.style('faint', `${' '.repeat(gutter + 1)} |`);

  const frame = [bar];
  for (let number = first; number <= last; number++) {
    const text = shorten(sourceText(lines[number - 1] ?? ''), room);
    frame.push(`${view.style('faint', ` ${String(number + shift).padStart(gutter)} |`)} ${text}`.trimEnd());
    if (number === line) frame.push(...carets(marked, labels, room).map((row) => `${bar} ${view.style('wrong', row)}`));
  }
  frame.push(bar);
  return frame;
}

/** 1-based column of the first character that is not white space. */
export function columnOf(line: string): number {
  return line.length - line.trimStart().length + 1;
}

function carets(marked: string, labels: readonly string[], room: number): string[] {
  const shown = shorten(sourceText(marked).trimEnd(), room);
  const indent = shown.length - shown.trimStart().length;
  const under = `${' '.repeat(indent)}${'^'.repeat(Math.max(1, columns(shown) - indent))}`;
  const [only, ...more] = labels;
  if (only === undefined) return [under];
  if (more.length === 0 && columns(under) + columns(only) + 1 <= room) return [`${under} ${only}`];
  return [under, ...labels.map((label) => `${' '.repeat(indent)}${label}`)];
}

/** The last line that holds anything, so that a frame does not end in the empty line after the last line end. */
function lastWritten(lines: readonly string[], from: number): number {
  let last = Math.min(lines.length, from + CONTEXT);
  while (last > from && (lines[last - 1] ?? '').trim() === '') last--;
  return last;
}
