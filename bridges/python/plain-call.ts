/** A call whose callee is a name and whose arguments are all by position. */
export interface PlainCall {
  readonly callee: string;
  /** What stands between the parentheses. */
  readonly args: string;
}

const NAME = /^[A-Za-z_]\w*(?=\()/;
/** A string of one line, with its quotes; a word; a bracket; anything else that a plain argument may hold. */
const TOKEN =
  /'(?:[^'\\\r\n]|\\[^\r\n])*'|"(?:[^"\\\r\n]|\\[^\r\n])*"|[A-Za-z_]\w*|[([{]|[)\]}]|[\d\s,.:+\-/%<>!~&|^@]+/y;
/** Prefixes of strings in which nothing but text stands. */
const STRING_PREFIX = /^[bBrRuU]$/;
/** What may mean one thing between the parentheses of a call and another one in a tuple. */
const NOT_PLAIN = new Set(['for', 'yield', 'await', 'async', 'lambda']);
const TRIPLE_QUOTES = /'''|"""/;

/**
 * Reads a call like `f([1, 2], 'x', g(3))` without a parser. Says undefined to whatever is not certainly one, and may
 * take something for a call that is no expression at all: then `(callee, (args,))` is none either.
 */
export function plainCall(expression: string): PlainCall | undefined {
  const callee = NAME.exec(expression)?.[0];
  if (callee === undefined || TRIPLE_QUOTES.test(expression)) return undefined;
  let depth = 0;
  let word = '';
  for (let at = callee.length; at < expression.length; ) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(expression)?.[0];
    if (token === undefined || NOT_PLAIN.has(token)) return undefined;
    at += token.length;
    const [first = ''] = token;
    if ('([{'.includes(first)) {
      depth++;
    } else if (')]}'.includes(first)) {
      depth--;
      if (depth === 0 && at < expression.length) return undefined;
    } else if ((first === "'" || first === '"') && word !== '' && !STRING_PREFIX.test(word)) {
      return undefined;
    }
    word = /\w/.test(first) && !/\d/.test(first) ? token : '';
  }
  return depth === 0 && expression.endsWith(')')
    ? { callee, args: expression.slice(callee.length + 1, -1) }
    : undefined;
}
