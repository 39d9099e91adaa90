/** A quoted Python literal that was read from a repr. */
export interface LiteralText {
  /**
   * The value in a form that is the same for every spelling of it: characters as they are, `\\` for a backslash and
   * `\ud800` for a surrogate that stands alone. In bytes each character is one byte.
   */
  readonly content: string;
  /** Offset behind the closing quote. */
  readonly end: number;
}

const QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

const OCTAL = /[0-7]{1,3}/y;

/**
 * Reads the literal whose opening quote is at `start`; undefined where it is not closed or not valid Python, or has a
 * `\N{…}` escape, whose meaning depends on a table of names.
 */
export function readLiteralText(text: string, start: number, bytes: boolean): LiteralText | undefined {
  const quote = text.charCodeAt(start);
  if (quote !== QUOTE && quote !== DOUBLE_QUOTE) return undefined;
  let content = '';
  let from = start + 1;
  let position = from;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === quote) break;
    if (code === NEWLINE || code === RETURN || (bytes && code > 0x7f)) return undefined;
    if (code !== BACKSLASH) continue;
    const escaped = readEscape(text, position, bytes);
    if (escaped === undefined) return undefined;
    content += visibleSurrogates(text.slice(from, position)) + escaped.content;
    from = escaped.end;
    position = escaped.end - 1;
  }
  if (position >= text.length) return undefined;
  return { content: content + visibleSurrogates(text.slice(from, position)), end: position + 1 };
}

function readEscape(text: string, start: number, bytes: boolean): LiteralText | undefined {
  const letter = text.charAt(start + 1);
  const simple = SIMPLE_ESCAPES.get(letter);
  if (simple !== undefined) return { content: simple, end: start + 2 };

  OCTAL.lastIndex = start + 1;
  const octal = OCTAL.exec(text)?.[0];
  if (octal !== undefined) {
    const code = Number.parseInt(octal, 8);
    return { content: character(bytes ? code & 0xff : code), end: start + 1 + octal.length };
  }

  const digits = bytes && letter !== 'x' ? undefined : HEX_DIGITS.get(letter);
  if (digits !== undefined) {
    const hex = text.slice(start + 2, start + 2 + digits);
    const code =
      /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Number.POSITIVE_INFINITY;
    return code > 0x10ffff ? undefined : { content: character(code), end: start + 2 + digits };
  }
  if (letter === '' || (letter === 'N' && !bytes)) return undefined;
  // Python keeps the backslash of an escape that it does not know.
  return { content: '\\\\', end: start + 1 };
}

function character(code: number): string {
  if (code === BACKSLASH) return '\\\\';
  return code >= 0xd800 && code <= 0xdfff ? surrogate(code) : String.fromCodePoint(code);
}

function surrogate(code: number): string {
  return `\\u${code.toString(16)}`;
}

/** Two escaped surrogates are two characters in Python; side by side in a JavaScript string they would become one. */
function visibleSurrogates(text: string): string {
  if (text.isWellFormed()) return text;
  return text.replace(/\p{Surrogate}/gu, (lone) => surrogate(lone.charCodeAt(0)));
}
