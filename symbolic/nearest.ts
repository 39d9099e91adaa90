import type { Sort, TermRef } from '../core/term.ts';
import { minimise } from './minimise.ts';
import { meets } from './solver/answer.ts';
import type { CheckOptions, Query, QueryVariable, Solver, SolverAnswer } from './solver/solver.ts';
import { TermBuilder } from './terms/builder.ts';
import { freeVariables } from './terms/table.ts';
import type { Assignment, TermValue } from './terms/value.ts';

/** An assignment that meets a query and differs little from a given one. */
export interface Nearest {
  readonly status: 'sat';
  readonly model: Assignment;
  /** Variables whose value is another one, in the query's order. */
  readonly changed: readonly string[];
  /** Sum of how far each integer went; a truth value that was turned counts 1. */
  readonly distance: bigint;
  /** Whether no assignment changes fewer variables, nor as many by less. */
  readonly proved: boolean;
}

/**
 * Looks for the smallest change of an assignment that meets a query: as few variables as possible, and then as small a
 * sum of distances. Where the budget of the solver ends first, the best that was found is given, not `proved`.
 *
 * @param given a value for each variable of the query
 * @returns the answer of the first check, where that is not `sat`
 */
export async function nearest(
  solver: Solver,
  query: Query,
  given: Assignment,
  options: CheckOptions,
): Promise<Nearest | Exclude<SolverAnswer, { status: 'sat' }>> {
  if (meets(query, given)) return { status: 'sat', model: given, changed: [], distance: 0n, proved: true };
  const first = await solver.check(query, options);
  if (first.status !== 'sat') return first;
  const builder = new TermBuilder();
  const sorts = new Map<string, Sort>(query.variables.map(({ name, sort }) => [name, sort]));
  const refs = builder.adopt(query.terms, sorts);
  const assertions = query.assertions.map((one) => ({ ...one, term: refs[one.term] ?? -1 }));
  const free = new Set(
    freeVariables(
      query.terms,
      query.assertions.map(({ term }) => term),
    ),
  );
  // A variable that nothing is asked about stays as it is, where its bounds let it.
  const movable = query.variables.filter((variable) => free.has(variable.name) || !isAllowed(variable, given));
  const changes = changeTerms(builder, movable, given);
  const asked: Query = { ...query, terms: builder.table, assertions };
  const known = keepOthers(first.model, given, movable);
  const fewest = await minimise(solver, builder, asked, { term: changes.count, least: 1n }, known, options);
  const few = builder.apply('le', changes.count, builder.constant(fewest.value));
  const among: Query = { ...asked, assertions: [...assertions, { term: few, holds: true }] };
  const objective = { term: changes.distance, least: fewest.value };
  const least = await minimise(solver, builder, among, objective, keepOthers(fewest.model, given, movable), options);
  const model = keepOthers(least.model, given, movable);
  const changed = query.variables.map(({ name }) => name).filter((name) => model.get(name) !== given.get(name));
  const proved = fewest.proved && least.proved;
  return { status: 'sat', model, changed, distance: least.value, proved };
}

function isAllowed({ name, least, greatest }: QueryVariable, given: Assignment): boolean {
  const value = given.get(name);
  if (typeof value !== 'bigint') return value !== undefined;
  return (least === null || value >= BigInt(least)) && (greatest === null || value <= BigInt(greatest));
}

/** The model, with all variables but the movable ones as they were. */
function keepOthers(model: Assignment, given: Assignment, movable: readonly QueryVariable[]): Assignment {
  const kept = new Map<string, TermValue>(given);
  for (const { name } of movable) kept.set(name, model.get(name) ?? false);
  return kept;
}

/** How many of the variables have another value than before, and how far they went together. */
function changeTerms(
  builder: TermBuilder,
  variables: readonly QueryVariable[],
  given: Assignment,
): { count: TermRef; distance: TermRef } {
  const zero = builder.constant(0);
  const counts: TermRef[] = [];
  const distances: TermRef[] = [];
  for (const { name, sort } of variables) {
    const before = given.get(name);
    if (before === undefined) throw new RangeError(`no value is given for ${JSON.stringify(name)}`);
    const [now, then] = [builder.variable(name, sort), builder.literal(before)];
    const moved = builder.apply('int', builder.apply('not', builder.apply('eq', now, then)));
    counts.push(moved);
    if (sort === 'bool') {
      distances.push(moved);
      continue;
    }
    const difference = builder.apply('sub', now, then);
    const below = builder.apply('lt', difference, zero);
    distances.push(builder.apply('ite', below, builder.apply('neg', difference), difference));
  }
  return { count: sum(builder, counts), distance: sum(builder, distances) };
}

function sum(builder: TermBuilder, refs: readonly TermRef[]): TermRef {
  const [first] = refs;
  if (first === undefined) return builder.constant(0);
  return refs.length === 1 ? first : builder.apply('add', ...refs);
}
