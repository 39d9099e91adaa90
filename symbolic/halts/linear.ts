import type { TermRef, TermTable } from '../../core/term.ts';
import { isOperatorRow } from '../terms/row.ts';
import type { LinearForm } from './certificate.ts';

/** Linear forms that are 0 or less, all of them. */
export type Conjunction = readonly LinearForm[];

/** Alternatives at most: what splits into more is left out, which only says less. */
const MAX_ALTERNATIVES = 64;
const MAX_DEPTH = 200;

export function add(left: LinearForm, right: LinearForm, times = 1n): LinearForm {
  const coefficients = new Map(left.coefficients);
  for (const [name, value] of right.coefficients) {
    const sum = (coefficients.get(name) ?? 0n) + value * times;
    if (sum === 0n) coefficients.delete(name);
    else coefficients.set(name, sum);
  }
  return { coefficients, constant: left.constant + right.constant * times };
}

export function constantForm(constant: bigint): LinearForm {
  return { coefficients: new Map(), constant };
}

function unknownForm(name: string): LinearForm {
  return { coefficients: new Map([[name, 1n]]), constant: 0n };
}

const ZERO = constantForm(0n);

/**
 * Reads terms as linear forms. What is not linear becomes an unknown of its own, with what is known of it as alternatives:
 * everything that is read is implied by the terms, and may be less.
 */
export class Linearizer {
  readonly #table: TermTable;
  readonly #forms = new Map<TermRef, LinearForm>();
  readonly #facts: (readonly Conjunction[])[] = [];

  constructor(table: TermTable) {
    this.#table = table;
  }

  /** What is known of the unknowns that were brought in so far: of each entry one alternative holds. */
  get facts(): readonly (readonly Conjunction[])[] {
    return this.#facts;
  }

  form(ref: TermRef, depth = 0): LinearForm {
    const known = this.#forms.get(ref);
    if (known !== undefined) return known;
    const form = depth > MAX_DEPTH ? unknownForm(`#${ref}`) : this.#formOf(ref, depth + 1);
    this.#forms.set(ref, form);
    return form;
  }

  #formOf(ref: TermRef, depth: number): LinearForm {
    const row = this.#table[ref];
    if (row === undefined) return unknownForm(`#${ref}`);
    if (!isOperatorRow(row)) {
      if (row[0] === 'const') return constantForm(BigInt(row[1]));
      return unknownForm(row[0] === 'var' ? row[1] : `#${ref}`);
    }
    const [first = -1, second = -1] = row.slice(1) as TermRef[];
    switch (row[0]) {
      case 'neg':
        return add(ZERO, this.form(first, depth), -1n);
      case 'add':
        return (row.slice(1) as TermRef[]).reduce((sum, one) => add(sum, this.form(one, depth)), ZERO);
      case 'sub':
        return add(this.form(first, depth), this.form(second, depth), -1n);
      case 'mul':
        return this.#product(ref, this.form(first, depth), this.form(second, depth));
      case 'floordiv':
        return this.#quotient(ref, this.form(first, depth), this.form(second, depth));
      case 'mod':
        return this.#rest(ref, this.form(first, depth), this.form(second, depth));
      case 'ite':
        return this.#choice(ref, row.slice(1) as TermRef[], depth);
      case 'int':
      case 'bitand':
      case 'eq':
      case 'lt':
      case 'le':
      case 'not':
      case 'and':
      case 'or':
        return unknownForm(`#${ref}`);
    }
  }

  #product(ref: TermRef, left: LinearForm, right: LinearForm): LinearForm {
    if (left.coefficients.size === 0) return add(ZERO, right, left.constant);
    if (right.coefficients.size === 0) return add(ZERO, left, right.constant);
    return unknownForm(`#${ref}`);
  }

  /** By a constant k above 0: k·q is at most the dividend, and less than k below it. */
  #quotient(ref: TermRef, dividend: LinearForm, divisor: LinearForm): LinearForm {
    const quotient = unknownForm(`#${ref}`);
    const by = divisor.constant;
    if (divisor.coefficients.size > 0 || by <= 0n) return quotient;
    const rest = add(dividend, quotient, -by);
    this.#facts.push([[add(ZERO, rest, -1n), add(rest, constantForm(1n - by))]]);
    return quotient;
  }

  #rest(ref: TermRef, dividend: LinearForm, divisor: LinearForm): LinearForm {
    const rest = unknownForm(`#${ref}`);
    const by = divisor.constant;
    const one = constantForm(1n);
    if (divisor.coefficients.size > 0) {
      // Between 0 and the divisor, on the divisor's side. By 0 there is no rest, and nothing to be known of it.
      const above = [add(ZERO, rest, -1n), add(add(rest, divisor, -1n), one)];
      const below = [rest, add(add(divisor, rest, -1n), one)];
      this.#facts.push([above, below, [divisor, add(ZERO, divisor, -1n)]]);
      return rest;
    }
    if (by <= 0n) return rest;
    const quotient = unknownForm(`#${ref}q`);
    const whole = add(add(dividend, rest, -1n), quotient, -by);
    this.#facts.push([[add(ZERO, rest, -1n), add(rest, constantForm(1n - by)), whole, add(ZERO, whole, -1n)]]);
    return rest;
  }

  #choice(ref: TermRef, [condition = -1, then = -1, otherwise = -1]: readonly TermRef[], depth: number): LinearForm {
    const chosen = unknownForm(`#${ref}`);
    const ways = [true, false].flatMap((holds) => {
      const same = add(chosen, this.form(holds ? then : otherwise, depth), -1n);
      return this.alternatives(condition, holds, depth).map((one) => [...one, same, add(ZERO, same, -1n)]);
    });
    if (ways.length <= MAX_ALTERNATIVES) this.#facts.push(ways);
    return chosen;
  }

  /** Alternatives one of which holds where the term is true, or false. Nothing known is one empty alternative. */
  alternatives(ref: TermRef, holds: boolean, depth = 0): readonly Conjunction[] {
    const row = this.#table[ref];
    if (row === undefined || depth > MAX_DEPTH) return [[]];
    if (!isOperatorRow(row)) return (row[0] === 'true' && !holds) || (row[0] === 'false' && holds) ? [] : [[]];
    const refs = row.slice(1) as TermRef[];
    const [first = -1, second = -1] = refs;
    switch (row[0]) {
      case 'not':
        return this.alternatives(first, !holds, depth + 1);
      case 'and':
      case 'or': {
        const parts = refs.map((part) => this.alternatives(part, holds, depth + 1));
        return (row[0] === 'and') === holds ? allOf(parts) : anyOf(parts);
      }
      case 'le':
      case 'lt':
      case 'eq':
        return this.#comparison(row[0], first, second, holds, depth + 1);
      case 'neg':
      case 'add':
      case 'sub':
      case 'mul':
      case 'floordiv':
      case 'mod':
      case 'bitand':
      case 'ite':
      case 'int':
        return [[]];
    }
  }

  #comparison(
    operator: 'le' | 'lt' | 'eq',
    first: TermRef,
    second: TermRef,
    holds: boolean,
    depth: number,
  ): readonly Conjunction[] {
    const row = this.#table[first];
    // Truth values can be compared too; nothing is read from that.
    if (row === undefined || row[0] === 'true' || row[0] === 'false') return [[]];
    const gap = add(this.form(first, depth), this.form(second, depth), -1n);
    const back = add(ZERO, gap, -1n);
    const one = constantForm(1n);
    if (operator === 'le') return [[holds ? gap : add(back, one)]];
    if (operator === 'lt') return [[holds ? add(gap, one) : back]];
    return holds ? [[gap, back]] : [[add(gap, one)], [add(back, one)]];
  }
}

/** One of each. Where there would be too many, the largest part is left out. */
export function allOf(parts: readonly (readonly Conjunction[])[]): readonly Conjunction[] {
  let ways: readonly Conjunction[] = [[]];
  for (const part of parts.toSorted((one, other) => one.length - other.length)) {
    if (part.length === 0) return [];
    if (ways.length * part.length > MAX_ALTERNATIVES) break;
    ways = ways.flatMap((way) => part.map((one) => [...way, ...one]));
  }
  return ways;
}

function anyOf(parts: readonly (readonly Conjunction[])[]): readonly Conjunction[] {
  const ways = parts.flat();
  return ways.length > MAX_ALTERNATIVES ? [[]] : ways;
}
