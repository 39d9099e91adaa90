import { OPERATORS, type Operator, type Sort, type TermNode, type TermRef, type TermTable } from '../../core/term.ts';
import { isOperatorRow, sortOfOperator } from './row.ts';

/** What a table may hold at most. */
export interface TableLimits {
  readonly rows: number;
  /** Decimal digits of one constant. */
  readonly digits: number;
  /** Characters of a variable's name. */
  readonly name: number;
  /** Operands of all rows together. */
  readonly operands: number;
}

export const TABLE_LIMITS: TableLimits = { rows: 400_000, digits: 20_000, name: 1_000, operands: 2_000_000 };

/** A table that is none: which row and why. */
export class TermError extends Error {
  override readonly name = 'TermError';
}

const DECIMAL = /^(?:0|-?[1-9][0-9]*)$/;

/** A table with the sort of each row. */
export interface SortedTable {
  readonly table: TermTable;
  readonly sorts: readonly Sort[];
}

/**
 * Reads a table that came from elsewhere: every row names only rows before it, operands have the sorts that their
 * operator takes, and a variable has the sort that is stated for it.
 *
 * @param data the table, as parsed JSON
 * @param variables sort of each variable by its name
 * @throws TermError
 */
export function readTermTable(
  data: unknown,
  variables: ReadonlyMap<string, Sort>,
  limits: TableLimits = TABLE_LIMITS,
): SortedTable {
  if (!Array.isArray(data)) throw new TermError('a table of terms is an array');
  if (data.length > limits.rows) throw new TermError(`${data.length} rows, at most ${limits.rows} are read`);
  const sorts: Sort[] = [];
  let operands = 0;
  for (const [at, row] of data.entries()) {
    try {
      sorts.push(sortOfRow(row, sorts, variables, limits));
    } catch (error) {
      if (error instanceof TermError) throw new TermError(`row ${at}: ${error.message}`);
      throw error;
    }
    operands += (row as unknown[]).length - 1;
    if (operands > limits.operands) throw new TermError(`row ${at}: more than ${limits.operands} operands`);
  }
  return { table: data as TermNode[], sorts };
}

function sortOfRow(
  row: unknown,
  sorts: readonly Sort[],
  variables: ReadonlyMap<string, Sort>,
  limits: TableLimits,
): Sort {
  if (!Array.isArray(row) || typeof row[0] !== 'string') throw new TermError('a row begins with its operator');
  const [head, ...rest] = row as [string, ...unknown[]];
  switch (head) {
    case 'true':
    case 'false':
      if (rest.length > 0) throw new TermError(`${head} takes no operands`);
      return 'bool';
    case 'const': {
      const text = onlyText(head, rest);
      if (text.length > limits.digits) throw new TermError(`a constant of more than ${limits.digits} digits`);
      if (!DECIMAL.test(text)) throw new TermError('a constant is a decimal integer');
      return 'int';
    }
    case 'var': {
      const name = onlyText(head, rest);
      if (name.length > limits.name) throw new TermError(`a name of more than ${limits.name} characters`);
      const sort = variables.get(name);
      if (sort === undefined) throw new TermError(`the variable ${JSON.stringify(name)} is not declared`);
      return sort;
    }
  }
  if (!Object.hasOwn(OPERATORS, head)) throw new TermError(`unknown operator ${JSON.stringify(head.slice(0, 40))}`);
  return sortOfOperation(head as Operator, operandSorts(rest, sorts));
}

function onlyText(head: string, rest: readonly unknown[]): string {
  if (rest.length !== 1 || typeof rest[0] !== 'string') throw new TermError(`${head} takes one string`);
  return rest[0];
}

function operandSorts(refs: readonly unknown[], sorts: readonly Sort[]): Sort[] {
  return refs.map((ref) => {
    const sort = typeof ref === 'number' && Number.isInteger(ref) ? sorts[ref] : undefined;
    if (sort === undefined) throw new TermError('an operand names a row before its own');
    return sort;
  });
}

const TAKES_BOOL = new Set<Operator>(['not', 'and', 'or', 'int']);

/**
 * Sort of an operation, from those of its operands.
 *
 * @throws TermError where their number or sorts are wrong
 */
export function sortOfOperation(operator: Operator, operands: readonly Sort[]): Sort {
  const arity = OPERATORS[operator];
  if (arity === 'many' ? operands.length < 2 : operands.length !== arity) {
    throw new TermError(
      `${operator} takes ${arity === 'many' ? 'two or more' : arity} operands, not ${operands.length}`,
    );
  }
  const [first, second, third] = operands;
  if (operator === 'ite') {
    if (first !== 'bool' || second === undefined || second !== third) {
      throw new TermError('ite takes a bool and two of one sort');
    }
    return second;
  }
  if (operator === 'eq') {
    if (first !== second) throw new TermError('eq takes two of one sort');
    return 'bool';
  }
  const wanted: Sort = TAKES_BOOL.has(operator) ? 'bool' : 'int';
  if (operands.some((sort) => sort !== wanted)) throw new TermError(`${operator} takes operands of sort ${wanted}`);
  return sortOfOperator(operator, 'int');
}

/** Names of the variables that the given terms depend on, in the order of the table. */
export function freeVariables(table: TermTable, roots: readonly TermRef[]): string[] {
  const reached = reachableRows(table, roots);
  const names = new Set<string>();
  for (const [at, row] of table.entries()) {
    if (reached[at] === 1 && row[0] === 'var') names.add(row[1] as string);
  }
  return [...names];
}

/** 1 for each row that the given terms depend on, themselves included; 0 for the others. */
export function reachableRows(table: TermTable, roots: readonly TermRef[]): Uint8Array {
  const reached = new Uint8Array(table.length);
  for (const root of roots) if (root >= 0 && root < table.length) reached[root] = 1;
  for (let at = table.length - 1; at >= 0; at--) {
    const row = table[at];
    if (reached[at] === 0 || row === undefined || !isOperatorRow(row)) continue;
    for (let operand = 1; operand < row.length; operand++) reached[row[operand] as number] = 1;
  }
  return reached;
}
