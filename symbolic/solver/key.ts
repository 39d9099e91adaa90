import { createHash } from 'node:crypto';
import type { TermNode, TermRef } from '../../core/term.ts';
import { isOperatorRow } from '../terms/row.ts';
import { reachableRows } from '../terms/table.ts';
import { type CheckOptions, DEFAULT_BITS, type Query } from './solver.ts';

/**
 * The same for two queries exactly when they ask the same with the same limit of work: rows that no assertion needs do not
 * count, nor how the others are numbered beyond their order. Time is no part of it.
 */
export function queryKey(query: Query, { rlimit }: Pick<CheckOptions, 'rlimit'>): string {
  const { terms, variables, assertions, bits = DEFAULT_BITS } = query;
  const reached = reachableRows(
    terms,
    assertions.map(({ term }) => term),
  );
  const numbers = new Map<TermRef, number>();
  const rows: TermNode[] = [];
  for (const [at, row] of terms.entries()) {
    if (reached[at] === 0) continue;
    numbers.set(at, rows.push(isOperatorRow(row) ? renumbered(row, numbers) : row) - 1);
  }
  const asked = assertions.map(({ term, holds, label = null }) => [numbers.get(term) ?? null, holds, label]);
  const unknowns = variables.map(({ name, sort, least, greatest }) => [name, sort, least, greatest]);
  return createHash('sha256')
    .update(JSON.stringify([rows, unknowns, asked, bits, rlimit]))
    .digest('base64url');
}

function renumbered(row: TermNode, numbers: ReadonlyMap<TermRef, number>): TermNode {
  const [operator, ...refs] = row as readonly [string, ...TermRef[]];
  return [operator, ...refs.map((ref) => numbers.get(ref) ?? -1)] as unknown as TermNode;
}
