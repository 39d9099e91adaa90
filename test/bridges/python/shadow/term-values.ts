import type { Operator, TermNode, TermTable } from '../../../../core/term.ts';

export type TermValue = bigint | boolean;

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

type Apply = (operands: readonly TermValue[]) => TermValue;

function ofInts(apply: (a: bigint, b: bigint) => TermValue): Apply {
  return ([a, b]) => apply(a as bigint, b as bigint);
}

/** Written after the words in `core/term.ts`, apart from the evaluator of the program. */
const APPLY: Readonly<Record<Operator, Apply>> = {
  neg: ([a]) => -(a as bigint),
  add: (operands) => (operands as bigint[]).reduce((a, b) => a + b),
  sub: ofInts((a, b) => a - b),
  mul: ofInts((a, b) => a * b),
  // Where a divisor is 0 the path is another one; the value then plays no part.
  floordiv: ofInts((a, b) => (b === 0n ? 0n : floorDivide(a, b))),
  mod: ofInts((a, b) => (b === 0n ? 0n : a - b * floorDivide(a, b))),
  bitand: ofInts((a, b) => a & b),
  ite: ([condition, a, b]) => (condition === true ? a : b) as TermValue,
  eq: ([a, b]) => a === b,
  lt: ofInts((a, b) => a < b),
  le: ofInts((a, b) => a <= b),
  not: ([a]) => a === false,
  and: (operands) => operands.every((operand) => operand === true),
  or: (operands) => operands.some((operand) => operand === true),
  int: ([a]) => (a === true ? 1n : 0n),
};

function rowValue(row: TermNode, values: readonly TermValue[], variables: ReadonlyMap<string, TermValue>): TermValue {
  switch (row[0]) {
    case 'const':
      return BigInt(row[1]);
    case 'true':
    case 'false':
      return row[0] === 'true';
    case 'var': {
      const value = variables.get(row[1]);
      if (value === undefined) throw new Error(`no value for ${row[1]}`);
      return value;
    }
    default: {
      const [operator, ...operands] = row;
      return APPLY[operator](operands.map((operand) => values[operand] as TermValue));
    }
  }
}

/** The value of each term where the variables have these values. */
export function termValues(terms: TermTable, variables: ReadonlyMap<string, TermValue>): TermValue[] {
  const values: TermValue[] = [];
  for (const row of terms) values.push(rowValue(row, values, variables));
  return values;
}
