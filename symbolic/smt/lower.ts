import type { TermRef, TermTable } from '../../core/term.ts';
import { DEFAULT_BITS, type Query, type QueryVariable } from '../solver/solver.ts';
import { bitsOf, type Interval, intervals, isEmpty, UNBOUNDED } from '../terms/interval.ts';
import { isOperatorRow, type OperatorRow } from '../terms/row.ts';
import { reachableRows, TermError } from '../terms/table.ts';
import { termText } from '../terms/text.ts';
import { BitEncoder, MAX_WIDTH } from './bits.ts';
import { DivisionEncoder } from './division.ts';
import { type SmtProblem, type SmtRef, SmtRows, type SmtVariable } from './rows.ts';

/** A query that would be too large in SMT-LIB. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/**
 * Writes a query in SMT-LIB's terms.
 *
 * @throws TooLargeError
 */
export function lower(query: Query): SmtProblem {
  return new Lowering(query).problem();
}

/** The bounds of variables by their names. */
export function boundsOf(variables: readonly QueryVariable[]): Map<string, Interval> {
  return new Map(
    variables.map(({ name, least, greatest }) => [
      name,
      { least: least === null ? null : BigInt(least), greatest: greatest === null ? null : BigInt(greatest) },
    ]),
  );
}

/** Names are quoted in SMT-LIB; one with these in it cannot be. */
const UNQUOTABLE = /[|\\]|[^\x20-\x7e]/;

class Lowering {
  readonly #query: Query;
  readonly #rows = new SmtRows();
  readonly #facts: SmtRef[] = [];
  readonly #division = new DivisionEncoder(this.#rows, this.#facts);
  readonly #bits = new BitEncoder(this.#rows, this.#facts);
  readonly #restrictions = new Set<string>();
  readonly #variables: SmtVariable[] = [];
  readonly #intervals: readonly Interval[];
  /** Row of SMT-LIB of each row of the query. */
  readonly #refs: SmtRef[] = [];

  constructor(query: Query) {
    this.#query = query;
    const bounds = boundsOf(query.variables);
    // Variables that no assertion speaks of are not declared, but bounds that leave one of them no value count.
    if ([...bounds.values()].some(isEmpty)) this.#facts.push(this.#rows.truth(false));
    this.#intervals = intervals(query.terms, bounds);
  }

  problem(): SmtProblem {
    const { terms, variables, assertions } = this.#query;
    const declared = new Map(variables.map((variable, at) => [variable.name, { variable, at }]));
    const reached = reachableRows(
      terms,
      assertions.map(({ term }) => term),
    );
    for (const [at, row] of terms.entries()) {
      if (reached[at] === 0) continue;
      this.#refs[at] = isOperatorRow(row) ? this.#operation(row, terms) : this.#leaf(row, declared);
    }
    return {
      rows: this.#rows.rows,
      variables: this.#variables,
      facts: this.#facts,
      assertions: assertions.map(({ term, holds, label }) => {
        const row = this.#ref(term);
        return { row: holds ? row : this.#rows.operation('not', row), label };
      }),
      restrictions: [...this.#restrictions],
    };
  }

  #ref(term: TermRef): SmtRef {
    const ref = this.#refs[term];
    if (ref === undefined) throw new TermError(`there is no row ${term}`);
    return ref;
  }

  #leaf(
    row: readonly ['const' | 'var', string] | readonly ['true'] | readonly ['false'],
    declared: ReadonlyMap<string, { readonly variable: QueryVariable; readonly at: number }>,
  ): SmtRef {
    if (row[0] === 'const') return this.#rows.int(BigInt(row[1]));
    if (row[0] !== 'var') return this.#rows.truth(row[0] === 'true');
    const found = declared.get(row[1]);
    if (found === undefined) throw new TermError(`the variable ${JSON.stringify(row[1])} is not declared`);
    return this.#variable(found.variable, found.at);
  }

  /** A `$` in front keeps names of variables apart from words of SMT-LIB and from the symbols of encodings. */
  #variable({ name, sort, least, greatest }: QueryVariable, at: number): SmtRef {
    const row = this.#rows.symbol(UNQUOTABLE.test(name) ? `$#${at}` : `$${name}`, sort);
    this.#variables.push({ name, sort, row });
    if (sort === 'int') {
      if (least !== null) this.#facts.push(this.#rows.operation('<=', this.#rows.int(BigInt(least)), row));
      if (greatest !== null) this.#facts.push(this.#rows.operation('<=', row, this.#rows.int(BigInt(greatest))));
    }
    return row;
  }

  #operation(row: OperatorRow, terms: TermTable): SmtRef {
    const [operator, ...termRefs] = row;
    const refs = termRefs.map((ref) => this.#ref(ref));
    const [first = -1, second = -1] = refs;
    switch (operator) {
      case 'neg':
      case 'not':
      case 'and':
      case 'or':
      case 'ite':
        return this.#rows.operation(operator, ...refs);
      case 'add':
        return this.#rows.operation('+', ...refs);
      case 'sub':
        return this.#rows.operation('-', ...refs);
      case 'mul':
        return this.#rows.operation('*', ...refs);
      case 'eq':
        return this.#rows.operation('=', ...refs);
      case 'lt':
        return this.#rows.operation('<', ...refs);
      case 'le':
        return this.#rows.operation('<=', ...refs);
      case 'int':
        return this.#rows.operation('ite', first, this.#rows.int(1), this.#rows.int(0));
      case 'floordiv':
        return this.#division.quotient(first, second);
      case 'mod':
        return this.#division.rest(first, second);
      case 'bitand':
        return this.#bitand(termRefs, refs, terms);
    }
  }

  #bitand(termRefs: readonly TermRef[], refs: readonly SmtRef[], terms: TermTable): SmtRef {
    const [first = -1, second = -1] = refs;
    const [left, right] = [this.#rows.constantOf(first), this.#rows.constantOf(second)];
    const masked =
      right !== undefined
        ? this.#bits.withMask(first, right)
        : left !== undefined
          ? this.#bits.withMask(second, left)
          : undefined;
    return masked ?? this.#bits.within(first, second, this.#width(termRefs, terms));
  }

  /** A width for `&` of two terms, from where they lie; it restricts the answer where they may lie elsewhere. */
  #width(termRefs: readonly TermRef[], terms: TermTable): number {
    const asked = this.#query.bits ?? DEFAULT_BITS;
    const widths = termRefs.map((ref) => ({ ref, bits: bitsOf(this.#intervals[ref] ?? UNBOUNDED) }));
    const width = Math.max(...widths.map(({ bits }) => (bits !== null && bits <= MAX_WIDTH ? bits : asked)));
    if (width > MAX_WIDTH) throw new TooLargeError(`& at more than ${MAX_WIDTH} bits`);
    for (const { ref, bits } of widths) {
      if (bits !== null && bits <= width) continue;
      this.#restrictions.add(`-2**${width - 1} <= ${termText(terms, ref, 80)} < 2**${width - 1}`);
    }
    return width;
  }
}
