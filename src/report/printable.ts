/**
 * Makes text from programs and models safe and honest on a terminal. A repr can hold anything: escape sequences that
 * repaint the screen, bidirectional controls that reorder it, line ends that forge a line of ours.
 */

/** Cc, Cf (with the bidirectional controls and zero-width ones), lone surrogates, private use, line and paragraph separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const ZERO = /\p{M}/u;

/** Beyond this many UTF-16 units nothing is looked at: a repr of 16 MB must not be walked to print 80 columns. */
const LOOK = 4096;

/** Every character that does not show is written as Python would escape it; the rest stays. */
export function printable(text: string): string {
  return text.replace(UNSEEN, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
}

/** Printable text of at most `width` columns; what is cut off leaves a `…`. */
export function shorten(text: string, width: number): string {
  const shown = printable(text.slice(0, LOOK));
  if (text.length <= LOOK && columns(shown) <= width) return shown;
  const kept: string[] = [];
  let used = 1;
  for (const character of shown) {
    used += columnsOf(character);
    if (used > width) break;
    kept.push(character);
  }
  return `${kept.join('')}…`;
}

/** A source line for a code frame: tabs become four columns, so that a caret stands where it should. */
export function sourceText(line: string): string {
  return printable(line.slice(0, LOOK).replaceAll('\t', '    '));
}

/** Columns that printable text takes on a terminal: two for wide characters, none for combining marks. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += columnsOf(character);
  return sum;
}

function columnsOf(character: string): number {
  if (character < '\u0300') return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
