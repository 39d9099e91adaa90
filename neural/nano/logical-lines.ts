/** A statement's text as Python joins it: brackets and backslashes may spread it over several physical lines. */
export interface LogicalLine {
  /** 1-based physical line that it starts on. */
  readonly line: number;
  /** 1-based physical line that it ends on. */
  readonly lastLine: number;
  /** Width of its indentation in characters; a tab goes to the next multiple of 8. */
  readonly indent: number;
  /** Without indentation and comments; a line break within it is one space. */
  readonly text: string;
}

/** How a string literal that starts at an offset is fenced, if one does. */
export function stringFence(text: string, at: number): string | undefined {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  const triple = quote.repeat(3);
  return text.startsWith(triple, at) ? triple : quote;
}

/** Offset behind the string literal whose fence stands at an offset; the end of the text where it is not closed. */
export function stringEnd(text: string, at: number, fence: string): number {
  let index = at + fence.length;
  while (index < text.length) {
    if (text[index] === '\\') index += 2;
    else if (text.startsWith(fence, index)) return index + fence.length;
    else if (text[index] === '\n' && fence.length === 1) return index;
    else index += 1;
  }
  return text.length;
}

const OPENING = '([{';
const CLOSING = ')]}';

/** Where a logical line ends, and what it says. */
interface Scan {
  readonly end: number;
  readonly text: string;
}

/** Reads one logical line from the first character of its text on. */
function scanLine(source: string, start: number): Scan {
  let depth = 0;
  let text = '';
  let at = start;
  while (at < source.length) {
    const char = source.charAt(at);
    const fence = stringFence(source, at);
    if (fence !== undefined) {
      const end = stringEnd(source, at, fence);
      text += source.slice(at, end);
      at = end;
      continue;
    }
    if (char === '#') {
      at = endOfLine(source, at);
      continue;
    }
    if (char === '\n') {
      if (depth === 0) break;
      text += ' ';
    } else if (char === '\\' && source[at + 1] === '\n') {
      text += ' ';
      at += 1;
    } else {
      if (OPENING.includes(char)) depth += 1;
      if (CLOSING.includes(char)) depth = Math.max(0, depth - 1);
      text += char;
    }
    at += 1;
  }
  return { end: at, text: text.trim() };
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
}

/** The logical lines of a source in linear time; blank lines and comments are left out. Never throws. */
export function logicalLines(source: string): LogicalLine[] {
  const text = source.replaceAll(/\r\n?/g, '\n');
  const lines: LogicalLine[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    let indent = 0;
    for (; text[at] === ' ' || text[at] === '\t' || text[at] === '\f'; at += 1) {
      indent = text[at] === '\t' ? indent - (indent % 8) + 8 : indent + 1;
    }
    const { end, text: code } = scanLine(text, at);
    const breaks = countBreaks(text, at, end);
    if (code !== '') lines.push({ line, lastLine: line + breaks, indent, text: code });
    line += breaks + 1;
    at = end + 1;
  }
  return lines;
}

function countBreaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) if (text[at] === '\n') count += 1;
  return count;
}
