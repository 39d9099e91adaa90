import { OPERATORS, type Operator, type Sort, type TermNode, type TermRef } from '../../core/term.ts';

/** A row with an operator, in contrast to a constant or a variable. */
export type OperatorRow = readonly [Operator, ...TermRef[]];

export function isOperatorRow(row: TermNode): row is OperatorRow {
  return Object.hasOwn(OPERATORS, row[0]);
}

/** Sort of what an operator makes; `ite` has the sort of its branches, which is `then`. */
export function sortOfOperator(operator: Operator, thenSort: Sort): Sort {
  switch (operator) {
    case 'neg':
    case 'add':
    case 'sub':
    case 'mul':
    case 'floordiv':
    case 'mod':
    case 'bitand':
    case 'int':
      return 'int';
    case 'eq':
    case 'lt':
    case 'le':
    case 'not':
    case 'and':
    case 'or':
      return 'bool';
    case 'ite':
      return thenSort;
  }
}
