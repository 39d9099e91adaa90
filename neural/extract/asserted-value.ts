/**
 * The right side of the first `==` that stands outside of brackets and strings; undefined where there is none.
 *
 * @param statement it stands in an `assert`, where a comma begins the message
 */
export function assertedValue(expression: string, statement: boolean): string | undefined {
  let depth = 0;
  let start = -1;
  for (let at = 0; at < expression.length; at++) {
    const character = expression[at] as string;
    if (character === "'" || character === '"') {
      at = endOfString(expression, at);
    } else if ('([{'.includes(character)) {
      depth++;
    } else if (')]}'.includes(character)) {
      depth--;
    } else if (depth === 0 && start < 0 && expression.startsWith('==', at)) {
      start = at + 2;
      at++;
    } else if (start >= 0 && depth === 0 && (character === '#' || (statement && character === ','))) {
      return expression.slice(start, at).trim();
    }
  }
  return start < 0 ? undefined : expression.slice(start).trim();
}

/** Offset of the quote that ends the string which starts at `start`; the text's end where none does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at;
  }
  return text.length;
}
