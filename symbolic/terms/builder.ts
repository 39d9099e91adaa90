import type { Operator, Sort, TermNode, TermRef, TermTable } from '../../core/term.ts';
import { apply, MAX_BITS } from './evaluate.ts';
import { isOperatorRow } from './row.ts';
import { sortOfOperation, TermError } from './table.ts';
import type { TermValue } from './value.ts';

/** What a variable stands for when a table is taken over into another one. */
export type Substitution = ReadonlyMap<string, TermRef>;

/**
 * Makes a table: equal rows are one row, and what is constant is computed. Every rule here is exact for all values of the
 * variables for which the term has one.
 */
export class TermBuilder {
  readonly #rows: TermNode[] = [];
  readonly #sorts: Sort[] = [];
  readonly #known = new Map<string, TermRef>();
  readonly #values: (TermValue | undefined)[] = [];

  /** The rows so far. It grows with the builder. */
  get table(): TermTable {
    return this.#rows;
  }

  sortOf(ref: TermRef): Sort {
    const sort = this.#sorts[ref];
    if (sort === undefined) throw new TermError(`there is no row ${ref}`);
    return sort;
  }

  #row(row: TermNode, sort: Sort, value?: TermValue): TermRef {
    const key = row.join('\u0000');
    const known = this.#known.get(key);
    if (known !== undefined) {
      if (this.#sorts[known] !== sort) throw new TermError(`${JSON.stringify(row[1])} has two sorts`);
      return known;
    }
    const ref = this.#rows.push(row) - 1;
    this.#sorts.push(sort);
    this.#values.push(value);
    this.#known.set(key, ref);
    return ref;
  }

  constant(value: bigint | number): TermRef {
    const text = BigInt(value).toString();
    return this.#row(['const', text], 'int', BigInt(value));
  }

  truth(value: boolean): TermRef {
    return this.#row([value ? 'true' : 'false'], 'bool', value);
  }

  /** @throws TermError where the name was used with the other sort */
  variable(name: string, sort: Sort): TermRef {
    return this.#row(['var', name], sort);
  }

  /** The value where it is one for all inputs. */
  valueOf(ref: TermRef): TermValue | undefined {
    return this.#values[ref];
  }

  literal(value: TermValue): TermRef {
    return typeof value === 'boolean' ? this.truth(value) : this.constant(value);
  }

  /** @throws TermError where the operands are not what the operator takes */
  apply(operator: Operator, ...operands: readonly TermRef[]): TermRef {
    const sort = sortOfOperation(
      operator,
      operands.map((ref) => this.sortOf(ref)),
    );
    const value = this.#fold(operator, operands);
    if (value !== undefined) return this.literal(value);
    return this.#simplify(operator, operands) ?? this.#row([operator, ...operands], sort);
  }

  #fold(operator: Operator, operands: readonly TermRef[]): TermValue | undefined {
    const value = apply(
      operator,
      operands.map((ref) => this.#values[ref]),
    );
    if (typeof value === 'bigint' && value.toString(16).length * 4 > MAX_BITS) return undefined;
    return value;
  }

  /** A smaller term that is the same, where a rule gives one. */
  #simplify(operator: Operator, operands: readonly TermRef[]): TermRef | undefined {
    const [first = 0, second = 0, third = 0] = operands;
    switch (operator) {
      case 'not':
      case 'neg':
        return this.#operandOf(operator, first);
      case 'and':
      case 'or':
        return this.#join(operator, operands);
      case 'ite':
        return this.#choose(first, second, third);
      case 'eq':
      case 'le':
        return first === second ? this.truth(true) : undefined;
      case 'lt':
        return first === second ? this.truth(false) : undefined;
      case 'add':
      case 'sub':
      case 'mul':
      case 'floordiv':
      case 'mod':
        return this.#arithmetic(operator, operands);
      case 'bitand':
        return first === second ? first : undefined;
      case 'int':
        return undefined;
    }
  }

  /** `x` of `not not x` and `- - x`. */
  #operandOf(operator: Operator, ref: TermRef): TermRef | undefined {
    const row = this.#rows[ref];
    return row !== undefined && row[0] === operator ? (row[1] as TermRef) : undefined;
  }

  #join(operator: 'and' | 'or', operands: readonly TermRef[]): TermRef | undefined {
    const neutral = operator === 'and';
    const kept = [...new Set(operands)].filter((ref) => this.#values[ref] !== neutral);
    const [only] = kept;
    if (only === undefined) return this.truth(neutral);
    if (kept.length === 1) return only;
    return kept.length === operands.length ? undefined : this.#row([operator, ...kept], 'bool');
  }

  #choose(condition: TermRef, then: TermRef, otherwise: TermRef): TermRef | undefined {
    if (then === otherwise) return then;
    const known = this.#values[condition];
    if (known !== undefined) return known ? then : otherwise;
    const [whenTrue, whenFalse] = [this.#values[then], this.#values[otherwise]];
    if (whenTrue === true && whenFalse === false) return condition;
    if (whenTrue === false && whenFalse === true) return this.apply('not', condition);
    return undefined;
  }

  #arithmetic(operator: 'add' | 'sub' | 'mul' | 'floordiv' | 'mod', operands: readonly TermRef[]): TermRef | undefined {
    const [first = 0, second = 0] = operands;
    const [left, right] = [this.#values[first], this.#values[second]];
    switch (operator) {
      case 'add':
        return this.#sum(operands);
      case 'sub':
        if (first === second) return this.constant(0n);
        return right === 0n ? first : undefined;
      case 'mul':
        if (left === 0n || right === 0n) return this.constant(0n);
        if (left === 1n) return second;
        return right === 1n ? first : undefined;
      case 'floordiv':
        return right === 1n ? first : undefined;
      case 'mod':
        return right === 1n || right === -1n ? this.constant(0n) : undefined;
    }
  }

  #sum(operands: readonly TermRef[]): TermRef | undefined {
    const constants = operands.filter((ref) => this.#values[ref] !== undefined);
    const total = constants.reduce((sum, ref) => sum + BigInt(this.#values[ref] ?? 0n), 0n);
    const others = operands.filter((ref) => this.#values[ref] === undefined);
    if (constants.length === 0 || (constants.length === 1 && total !== 0n)) return undefined;
    const kept = total === 0n ? others : [...others, this.constant(total)];
    const [only] = kept;
    if (kept.length === 1 && only !== undefined) return only;
    return kept.length < operands.length ? this.#row(['add', ...kept], 'int') : undefined;
  }

  /** The term, or its negation where `holds` is false. */
  holding(ref: TermRef, holds: boolean): TermRef {
    return holds ? ref : this.apply('not', ref);
  }

  /** The conjunction of any number of terms; of none it is true. */
  all(refs: readonly TermRef[]): TermRef {
    return this.#of('and', refs, true);
  }

  /** The disjunction of any number of terms; of none it is false. */
  any(refs: readonly TermRef[]): TermRef {
    return this.#of('or', refs, false);
  }

  #of(operator: 'and' | 'or', refs: readonly TermRef[], empty: boolean): TermRef {
    const [first] = refs;
    if (first === undefined) return this.truth(empty);
    return refs.length === 1 ? first : this.apply(operator, ...refs);
  }

  /**
   * Takes another table over. Variables of one name are one variable, but those that the substitution names become what it
   * says; so two runs' tables join into one, and one run's result goes into another's condition.
   *
   * @param sorts sort of each variable of `table`
   * @returns for each row of `table` its row here
   * @throws TermError where a name has two sorts
   */
  adopt(table: TermTable, sorts: ReadonlyMap<string, Sort>, substitution: Substitution = new Map()): TermRef[] {
    const refs: TermRef[] = [];
    for (const row of table) refs.push(this.#adoptRow(row, refs, sorts, substitution));
    return refs;
  }

  #adoptRow(
    row: TermNode,
    refs: readonly TermRef[],
    sorts: ReadonlyMap<string, Sort>,
    substitution: Substitution,
  ): TermRef {
    if (isOperatorRow(row)) {
      const [operator, ...operands] = row;
      return this.apply(operator, ...operands.map((operand) => refs[operand] ?? -1));
    }
    switch (row[0]) {
      case 'const':
        return this.constant(BigInt(row[1]));
      case 'true':
        return this.truth(true);
      case 'false':
        return this.truth(false);
      case 'var': {
        const sort = sorts.get(row[1]);
        if (sort === undefined) throw new TermError(`the variable ${JSON.stringify(row[1])} is not declared`);
        const replacement = substitution.get(row[1]);
        if (replacement === undefined) return this.variable(row[1], sort);
        if (this.sortOf(replacement) !== sort) throw new TermError(`${JSON.stringify(row[1])} has two sorts`);
        return replacement;
      }
    }
  }
}
