import type { TermNode, TermRef, TermTable } from '../../core/term.ts';
import type { Assertion, Query, QueryVariable } from '../solver/solver.ts';
import { isOperatorRow } from '../terms/row.ts';
import { reachableRows } from '../terms/table.ts';

/**
 * A query that holds the rows it needs and no others. An exploration's table grows with every run; without this each query
 * would carry all of it to the solver, and the same question asked later would not be the same query.
 */
export function compactQuery(
  table: TermTable,
  assertions: readonly Assertion[],
  variables: readonly QueryVariable[],
): Query {
  const reached = reachableRows(
    table,
    assertions.map(({ term }) => term),
  );
  const refs = new Map<TermRef, TermRef>();
  const terms: TermNode[] = [];
  const names = new Set<string>();
  for (const [at, row] of table.entries()) {
    if (reached[at] !== 1) continue;
    if (row[0] === 'var') names.add(row[1] as string);
    refs.set(at, terms.push(renumbered(row, refs)) - 1);
  }
  return {
    terms,
    variables: variables
      .filter(({ name }) => names.has(name))
      .map(({ name, sort, least, greatest }) => ({ name, sort, least, greatest })),
    assertions: assertions.map((assertion) => ({ ...assertion, term: refs.get(assertion.term) ?? -1 })),
  };
}

function renumbered(row: TermNode, refs: ReadonlyMap<TermRef, TermRef>): TermNode {
  if (!isOperatorRow(row)) return row;
  const [operator, ...operands] = row;
  return [operator, ...operands.map((operand) => refs.get(operand) ?? -1)];
}
