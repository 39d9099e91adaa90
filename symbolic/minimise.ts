import type { TermRef } from '../core/term.ts';
import type { Assertion, CheckOptions, Query, Solver, SolverAnswer } from './solver/solver.ts';
import type { TermBuilder } from './terms/builder.ts';
import { evaluate } from './terms/evaluate.ts';
import type { Assignment } from './terms/value.ts';

/** What is to be made small: an integer term of the query that is never below a number. */
export interface Objective {
  readonly term: TermRef;
  readonly least: bigint;
}

/** A model whose value of the objective is small. */
export interface Minimum {
  readonly model: Assignment;
  readonly value: bigint;
  /** No model has a smaller value. False where the solver could not say so. */
  readonly proved: boolean;
}

/** Bounds that are tried at most: enough to find any value below 2**30 exactly. */
const MAX_ROUNDS = 64;

/**
 * Looks for a model with the least value of a term, from a model that is known. It tries bounds from the least one up, each
 * twice as far, and halves what lies between; every step is a query of its own, so any solver does.
 *
 * @param query its table must be that of the builder
 */
export async function minimise(
  solver: Solver,
  builder: TermBuilder,
  query: Query,
  { term, least }: Objective,
  known: Assignment,
  options: CheckOptions,
): Promise<Minimum> {
  let model = known;
  let value = valueIn(query, term, known);
  if (value === undefined) throw new RangeError('the objective has no value in the model that is known');
  let open = least;
  let step = 1n;
  for (let round = 0; round < MAX_ROUNDS && open < value; round++) {
    const middle = (open + value - 1n) / 2n;
    const reach = open + step - 1n;
    const bound = reach < middle ? reach : middle;
    const atMost: Assertion = { term: builder.apply('le', term, builder.constant(bound)), holds: true };
    const answer = await solver.check({ ...query, assertions: [...query.assertions, atMost] }, options);
    if (answer.status === 'unknown' || !isComplete(answer)) return { model, value, proved: false };
    if (answer.status === 'unsat') {
      open = bound + 1n;
      step *= 2n;
      continue;
    }
    const better = valueIn(query, term, answer.model);
    if (better === undefined || better > bound) return { model, value, proved: false };
    model = answer.model;
    value = better;
  }
  return { model, value, proved: open >= value };
}

/** An `unsat` that speaks of some inputs only leaves open whether others have a smaller value. */
function isComplete(answer: SolverAnswer): boolean {
  return answer.status === 'sat' || answer.restrictions.length === 0;
}

function valueIn(query: Query, term: TermRef, model: Assignment): bigint | undefined {
  const [value] = evaluate(query.terms, [term], model);
  return typeof value === 'bigint' ? value : undefined;
}
