import type { TermRef, TermTable } from '../../core/term.ts';
import { isOperatorRow } from './row.ts';

/** How tightly each kind of Python expression binds, loosest first. */
const BINDS = { ite: 1, or: 2, and: 3, not: 4, compare: 5, bitand: 6, add: 7, mul: 8, neg: 9, atom: 10 } as const;

const ELLIPSIS = '…';
/** Nesting below this is written as an ellipsis: nobody reads it, and it bounds the recursion. */
const MAX_DEPTH = 40;

/** A piece of Python, and how tightly it binds. */
interface Piece {
  readonly text: string;
  readonly binds: number;
}

const CUT: Piece = { text: ELLIPSIS, binds: BINDS.atom };

/**
 * A term as Python, such as `n % 3 == 0`, in at most about `limit` characters; what is left out is an ellipsis. Shared
 * parts are written at each place.
 */
export function termText(table: TermTable, ref: TermRef, limit = 200): string {
  const writer = new TermWriter(table, limit);
  const { text } = writer.write(ref, 0);
  return text.length > limit ? `${text.slice(0, Math.max(0, limit - 1))}${ELLIPSIS}` : text;
}

class TermWriter {
  readonly #table: TermTable;
  #left: number;

  constructor(table: TermTable, limit: number) {
    this.#table = table;
    this.#left = limit;
  }

  write(ref: TermRef, depth: number): Piece {
    const row = this.#table[ref];
    if (row === undefined || depth > MAX_DEPTH || this.#left <= 0) return CUT;
    if (!isOperatorRow(row)) return this.#leaf(row);
    this.#left -= 2;
    return this.#operation(row[0], row.slice(1) as TermRef[], depth + 1);
  }

  #leaf(row: readonly ['const' | 'var', string] | readonly ['true'] | readonly ['false']): Piece {
    const text = row[0] === 'true' ? 'True' : row[0] === 'false' ? 'False' : row[1];
    const shown = text.length > this.#left ? `${text.slice(0, this.#left)}${ELLIPSIS}` : text;
    this.#left -= shown.length;
    return { text: shown, binds: text.startsWith('-') ? BINDS.neg : BINDS.atom };
  }

  #operation(operator: string, refs: readonly TermRef[], depth: number): Piece {
    const [first = -1, second = -1, third = -1] = refs;
    switch (operator) {
      case 'not':
        return this.#negated(first, depth);
      case 'neg':
        return { text: `-${this.#inside(first, BINDS.neg, depth)}`, binds: BINDS.neg };
      case 'int':
        return { text: `int(${this.write(first, depth).text})`, binds: BINDS.atom };
      case 'ite': {
        const then = this.#inside(second, BINDS.or, depth);
        const condition = this.#inside(first, BINDS.or, depth);
        return { text: `${then} if ${condition} else ${this.#inside(third, BINDS.ite, depth)}`, binds: BINDS.ite };
      }
      case 'and':
      case 'or':
        return this.#chain(` ${operator} `, refs, BINDS[operator], depth);
      case 'add':
        return this.#sum(refs, depth);
      case 'sub':
        return this.#chain(' - ', refs, BINDS.add, depth);
      case 'mul':
        return this.#chain(' * ', refs, BINDS.mul, depth);
      case 'floordiv':
        return this.#chain(' // ', refs, BINDS.mul, depth);
      case 'mod':
        return this.#chain(' % ', refs, BINDS.mul, depth);
      case 'bitand':
        return this.#chain(' & ', refs, BINDS.bitand, depth);
    }
    const sign = { eq: '==', lt: '<', le: '<=' }[operator] ?? operator;
    return this.#comparison(sign, first, second, depth);
  }

  #comparison(sign: string, left: TermRef, right: TermRef, depth: number): Piece {
    const tight = BINDS.compare + 1;
    const text = `${this.#inside(left, tight, depth)} ${sign} ${this.#inside(right, tight, depth)}`;
    return { text, binds: BINDS.compare };
  }

  #negated(ref: TermRef, depth: number): Piece {
    const row = this.#table[ref];
    const sign = row === undefined ? undefined : { eq: '!=', lt: '>=', le: '>' }[row[0] as string];
    if (row !== undefined && sign !== undefined && isOperatorRow(row)) {
      return this.#comparison(sign, row[1] ?? -1, row[2] ?? -1, depth);
    }
    return { text: `not ${this.#inside(ref, BINDS.not, depth)}`, binds: BINDS.not };
  }

  #sum(refs: readonly TermRef[], depth: number): Piece {
    let text = '';
    for (const [at, ref] of refs.entries()) {
      const part = this.write(ref, depth);
      const shown = part.binds < (at === 0 ? BINDS.add : BINDS.add + 1) ? `(${part.text})` : part.text;
      if (at === 0) text = shown;
      else text += part.binds === BINDS.neg ? ` - ${shown.slice(1)}` : ` + ${shown}`;
      if (this.#left <= 0) break;
    }
    return { text, binds: BINDS.add };
  }

  /** Operators that group to the left. */
  #chain(sign: string, refs: readonly TermRef[], binds: number, depth: number): Piece {
    const parts: string[] = [];
    for (const [at, ref] of refs.entries()) {
      parts.push(this.#inside(ref, at === 0 ? binds : binds + 1, depth));
      if (this.#left <= 0) break;
    }
    return { text: parts.join(sign), binds };
  }

  /** A part, in parentheses where it binds more loosely than its place asks for. */
  #inside(ref: TermRef, least: number, depth: number): string {
    const { text, binds } = this.write(ref, depth);
    return binds < least ? `(${text})` : text;
  }
}
