import type { TermRef } from '../../core/term.ts';
import type { TermBuilder } from '../terms/builder.ts';
import { isOperatorRow } from '../terms/row.ts';

const NONE: ReadonlySet<string> = new Set();

/** Which unknowns a term speaks of. Rows are read once each, as the builder's table grows. */
export class UnknownsOfTerms {
  readonly #builder: TermBuilder;
  readonly #sets: ReadonlySet<string>[] = [];

  constructor(builder: TermBuilder) {
    this.#builder = builder;
  }

  of(ref: TermRef): ReadonlySet<string> {
    const { table } = this.#builder;
    for (let at = this.#sets.length; at <= ref; at++) {
      const row = table[at];
      this.#sets.push(row === undefined ? NONE : this.#ofRow(row));
    }
    return this.#sets[ref] ?? NONE;
  }

  #ofRow(row: TermBuilder['table'][number]): ReadonlySet<string> {
    if (!isOperatorRow(row)) return row[0] === 'var' ? new Set([row[1]]) : NONE;
    const [, ...operands] = row;
    const parts = [...new Set(operands.map((operand) => this.#sets[operand] ?? NONE))].filter(({ size }) => size > 0);
    const [first] = parts;
    // Most rows speak of what one operand speaks of: they share its set.
    if (first === undefined) return NONE;
    const whole = parts.length === 1 ? first : new Set(parts.flatMap((part) => [...part]));
    return whole.size === first.size ? first : whole;
  }
}
