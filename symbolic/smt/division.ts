import type { SmtRef, SmtRows } from './rows.ts';

/** Python's `//` and `%` in terms of SMT-LIB, whose `div` and `mod` are Euclidean: the rest is never negative. */
export class DivisionEncoder {
  readonly #rows: SmtRows;
  readonly #facts: SmtRef[];
  readonly #pairs = new Map<string, { readonly quotient: SmtRef; readonly rest: SmtRef }>();

  /** @param facts takes what defines a quotient and its rest */
  constructor(rows: SmtRows, facts: SmtRef[]) {
    this.#rows = rows;
    this.#facts = facts;
  }

  quotient(dividend: SmtRef, divisor: SmtRef): SmtRef {
    const constant = this.#rows.constantOf(divisor);
    if (constant === undefined || constant === 0n) return this.#pair(dividend, divisor).quotient;
    if (constant > 0n) return this.#rows.operation('div', dividend, divisor);
    return this.#rows.operation('div', this.#rows.operation('neg', dividend), this.#rows.int(-constant));
  }

  rest(dividend: SmtRef, divisor: SmtRef): SmtRef {
    const constant = this.#rows.constantOf(divisor);
    if (constant === undefined || constant === 0n) return this.#pair(dividend, divisor).rest;
    if (constant > 0n) return this.#rows.operation('mod', dividend, divisor);
    const mirrored = this.#rows.operation('mod', this.#rows.operation('neg', dividend), this.#rows.int(-constant));
    return this.#rows.operation('neg', mirrored);
  }

  /**
   * Quotient and rest by an unknown divisor: two new symbols, and what makes them the only pair there is. Where the
   * divisor is 0 nothing is said of them, as the term has no value there.
   */
  #pair(dividend: SmtRef, divisor: SmtRef) {
    const key = `${dividend} ${divisor}`;
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    const rows = this.#rows;
    const pair = { quotient: rows.fresh('q', 'int'), rest: rows.fresh('r', 'int') };
    this.#pairs.set(key, pair);
    const zero = rows.int(0);
    const whole = rows.operation('=', dividend, rows.sum([rows.operation('*', divisor, pair.quotient), pair.rest]));
    const above = rows.operation('and', rows.operation('<=', zero, pair.rest), rows.operation('<', pair.rest, divisor));
    const below = rows.operation('and', rows.operation('<', divisor, pair.rest), rows.operation('<=', pair.rest, zero));
    const within = rows.operation('ite', rows.operation('<', zero, divisor), above, below);
    const defined = rows.operation('not', rows.operation('=', divisor, zero));
    this.#facts.push(rows.operation('=>', defined, rows.operation('and', whole, within)));
    return pair;
  }
}
