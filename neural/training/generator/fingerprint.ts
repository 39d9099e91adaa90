import { createHash } from 'node:crypto';
import { logicalLines, stringEnd, stringFence } from '../../nano/logical-lines.ts';

const KEPT: ReadonlySet<string> = new Set([
  ...['def', 'return', 'if', 'elif', 'else', 'for', 'while', 'in', 'not', 'and', 'or', 'is', 'break', 'continue'],
  ...['pass', 'try', 'except', 'finally', 'raise', 'as', 'del', 'lambda', 'with', 'class', 'import', 'from', 'global'],
  ...['True', 'False', 'None', 'len', 'range', 'sum', 'min', 'max', 'abs', 'int', 'str', 'list', 'dict', 'tuple'],
  ...['set', 'sorted', 'enumerate', 'zip', 'map', 'filter', 'reversed', 'any', 'all', 'ord', 'chr', 'bool'],
]);

const WORD = /\w+/y;

/**
 * A digest of a program's structure: the same for programs that differ in names, literals, spaces and comments alone.
 * Two programs with the same one are twins; attributes, operators and built-in names tell programs apart.
 */
export function fingerprint(source: string): string {
  const names = new Map<string, string>();
  const lines = logicalLines(source).map(({ indent, text }) => `${indent} ${normalise(text, names)}`);
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}

function normalise(text: string, names: Map<string, string>): string {
  let normal = '';
  for (let at = 0; at < text.length; ) {
    const fence = stringFence(text, at);
    if (fence !== undefined) {
      at = stringEnd(text, at, fence);
      normal += "'' ";
      continue;
    }
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    if (word === undefined) {
      if (text[at]?.trim() !== '') normal += `${text[at]} `;
      at += 1;
      continue;
    }
    normal += `${text[at - 1] === '.' ? word : renamed(word, names)} `;
    at += word.length;
  }
  return normal;
}

function renamed(word: string, names: Map<string, string>): string {
  if (/^\d/.test(word)) return '0';
  if (KEPT.has(word)) return word;
  const known = names.get(word) ?? `v${names.size}`;
  names.set(word, known);
  return known;
}
