/** An expression as solvers print them: an atom or a list. */
export type SExpr = string | readonly SExpr[];

/** A solver's output that is no list of expressions. */
export class SExprError extends Error {
  override readonly name = 'SExprError';
}

/** Atoms with bars, strings with quotes, parentheses, and words; a comment ends with its line. */
const TOKEN = /\s+|;[^\n]*|(\()|(\))|\|([^|]*)\||("(?:[^"]|"")*")|([^\s()|";]+)/y;

/**
 * Reads the expressions of a text. Bars around an atom are left out.
 *
 * @throws SExprError
 */
export function readSExprs(text: string): SExpr[] {
  const top: SExpr[] = [];
  const open: SExpr[][] = [];
  let current = top;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new SExprError(`no token at ${at}`);
    const [, begin, end, barred, string, word] = match;
    if (begin !== undefined) {
      const list: SExpr[] = [];
      current.push(list);
      open.push(current);
      current = list;
    } else if (end !== undefined) {
      const outer = open.pop();
      if (outer === undefined) throw new SExprError('a list ends that did not begin');
      current = outer;
    } else {
      const atom = barred ?? string ?? word;
      if (atom !== undefined) current.push(atom);
    }
  }
  if (open.length > 0) throw new SExprError('a list does not end');
  return top;
}
