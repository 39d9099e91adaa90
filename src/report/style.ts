import { styleText } from 'node:util';
import type { Mark, Style } from './result.ts';

const COLOURS = {
  wrong: ['bold', 'red'],
  right: 'green',
  unsure: ['bold', 'yellow'],
  strong: 'bold',
  faint: 'cyan',
} as const satisfies Record<Mark, Parameters<typeof styleText>[0]>;

/** Terminal colours, or none. Whether to use them is the caller's to decide, not the stream's. */
export function createStyle(colour: boolean): Style {
  if (!colour) return (_mark, text) => text;
  return (mark, text) => styleText(COLOURS[mark], text, { validateStream: false });
}
