import type { PatchedFunction } from '../check/patch-request.ts';
import { printable, shorten } from './printable.ts';
import type { View } from './result.ts';

const MARKS = { same: 'right', differs: 'wrong', unknown: 'unsure', added: 'faint', removed: 'faint' } as const;

/** One line about a compared function; nothing where its finding says it already, or only findings are asked for. */
export function comparedLine({ path, name, line, behaviour, message }: PatchedFunction, view: View): string {
  if (view.quiet || behaviour === 'differs') return '';
  const place = `${printable(path)}:${line}`;
  return `${place}: ${view.style(MARKS[behaviour], behaviour)} ${shorten(name, 60)}: ${shorten(message, view.width)}\n`;
}
