import type { Operator, TermNode, TermRef, TermTable } from '../../core/term.ts';
import { isOperatorRow } from './row.ts';
import { reachableRows } from './table.ts';
import { type Assignment, floorDivide, floorModulo, type TermValue } from './value.ts';

/** Larger integers are not computed: about 20,000 decimal digits. */
export const MAX_BITS = 65_536;
const TOO_LARGE = 1n << BigInt(MAX_BITS);

/**
 * Values of terms under an assignment, with Python's semantics. Undefined is a term that has no value there: a variable
 * is not assigned, a divisor is 0, or an integer is over {@link MAX_BITS}. It spreads, but `and`, `or` and `ite` do not
 * ask for what cannot matter, so `d != 0 and n // d > 1` has a value where d is 0.
 */
export function evaluate(
  table: TermTable,
  roots: readonly TermRef[],
  assignment: Assignment,
): (TermValue | undefined)[] {
  const reached = reachableRows(table, roots);
  const values: (TermValue | undefined)[] = new Array(table.length);
  for (const [at, row] of table.entries()) {
    if (reached[at] === 1) values[at] = bounded(rowValue(row, values, assignment));
  }
  return roots.map((root) => values[root]);
}

function bounded(value: TermValue | undefined): TermValue | undefined {
  return typeof value === 'bigint' && (value >= TOO_LARGE || value <= -TOO_LARGE) ? undefined : value;
}

function rowValue(
  row: TermNode,
  values: readonly (TermValue | undefined)[],
  assignment: Assignment,
): TermValue | undefined {
  if (isOperatorRow(row)) {
    const [operator, ...refs] = row;
    return apply(
      operator,
      refs.map((ref) => values[ref]),
    );
  }
  switch (row[0]) {
    case 'const':
      return BigInt(row[1]);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'var':
      return assignment.get(row[1]);
  }
}

/** Value of one operation; undefined where the operands give it none, or are not of the sorts that it takes. */
export function apply(operator: Operator, operands: readonly (TermValue | undefined)[]): TermValue | undefined {
  const [first, second, third] = operands;
  switch (operator) {
    case 'and':
      return joined(operands, true);
    case 'or':
      return joined(operands, false);
    case 'ite':
      if (first === undefined) return second === third ? second : undefined;
      return first ? second : third;
    case 'not':
      return typeof first === 'boolean' ? !first : undefined;
    case 'int':
      return typeof first === 'boolean' ? BigInt(first) : undefined;
    case 'eq':
      return first === undefined || second === undefined ? undefined : first === second;
    case 'neg':
      return typeof first === 'bigint' ? -first : undefined;
    case 'add':
      return sum(operands);
    case 'sub':
    case 'mul':
    case 'floordiv':
    case 'mod':
    case 'bitand':
    case 'lt':
    case 'le':
      return typeof first === 'bigint' && typeof second === 'bigint' ? ofTwo(operator, first, second) : undefined;
  }
}

/** A conjunction, whose neutral value is true, or a disjunction. */
function joined(operands: readonly (TermValue | undefined)[], neutral: boolean): boolean | undefined {
  if (operands.includes(!neutral)) return !neutral;
  return operands.every((operand) => operand === neutral) ? neutral : undefined;
}

function sum(operands: readonly (TermValue | undefined)[]): bigint | undefined {
  let total = 0n;
  for (const operand of operands) {
    if (typeof operand !== 'bigint') return undefined;
    total += operand;
  }
  return total;
}

function ofTwo(
  operator: 'sub' | 'mul' | 'floordiv' | 'mod' | 'bitand' | 'lt' | 'le',
  left: bigint,
  right: bigint,
): TermValue | undefined {
  switch (operator) {
    case 'sub':
      return left - right;
    case 'mul':
      return left * right;
    case 'floordiv':
      return right === 0n ? undefined : floorDivide(left, right);
    case 'mod':
      return right === 0n ? undefined : floorModulo(left, right);
    case 'bitand':
      return left & right;
    case 'lt':
      return left < right;
    case 'le':
      return left <= right;
  }
}
