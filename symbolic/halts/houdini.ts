import type { TermRef } from '../../core/term.ts';
import type { CheckOptions, Solver } from '../solver/solver.ts';
import type { TermBuilder } from '../terms/builder.ts';
import { evaluate } from '../terms/evaluate.ts';
import { atomTerm } from './atoms.ts';
import type { Atom } from './certificate.ts';
import type { Path } from './paths.ts';

/** Asks about one path's step. */
export interface Question {
  readonly solver: Solver;
  readonly options: CheckOptions;
  readonly builder: TermBuilder;
  /** Names of the variables. */
  readonly variables: readonly string[];
}

/** Whether terms can hold together, and a model where they can. */
export async function ask({ solver, options, builder, variables }: Question, terms: readonly TermRef[]) {
  const unknowns = variables.map((name) => ({ name, sort: 'int', least: null, greatest: null }) as const);
  const assertions = terms.map((term) => ({ term, holds: true }));
  const answer = await solver.check({ terms: builder.table, variables: unknowns, assertions }, options);
  // What was shown for some inputs only is not shown.
  if (answer.status === 'unsat' && answer.restrictions.length > 0) return { status: 'unknown' } as const;
  return answer;
}

/**
 * The largest part of the given atoms that every path keeps: where it holds before the path it holds behind it. Paths that
 * come from elsewhere have to bring it along by themselves.
 *
 * @param atoms candidates by place; a path to a place without any needs nothing
 * @returns null where the solver cannot tell
 */
export async function houdini(
  question: Question,
  paths: readonly Path[],
  atoms: ReadonlyMap<number, readonly Atom[]>,
  before: ReadonlyMap<number, readonly TermRef[]> = new Map(),
): Promise<Map<number, readonly Atom[]> | null> {
  const kept = new Map<number, readonly Atom[]>(atoms);
  for (let changed = true; changed; ) {
    changed = false;
    for (const path of paths) {
      const left = await keptBy(question, path, kept, before.get(path.from) ?? []);
      if (left === null) return null;
      if (left.length === (kept.get(path.to) ?? []).length) continue;
      kept.set(path.to, left);
      changed = true;
    }
  }
  return kept;
}

/** Those atoms of a path's target that hold behind it. */
async function keptBy(
  question: Question,
  path: Path,
  kept: ReadonlyMap<number, readonly Atom[]>,
  before: readonly TermRef[],
): Promise<readonly Atom[] | null> {
  const { builder } = question;
  const given = (kept.get(path.from) ?? []).map((atom) => atomTerm(builder, atom, new Map()));
  let atoms = kept.get(path.to) ?? [];
  while (atoms.length > 0) {
    const after = atoms.map((atom) => atomTerm(builder, atom, path.values));
    const broken = builder.any(after.map((term) => builder.apply('not', term)));
    const answer = await ask(question, [...before, ...given, path.guard, broken]);
    if (answer.status === 'unsat') return atoms;
    if (answer.status !== 'sat') return null;
    const values = evaluate(builder.table, after, answer.model);
    const left = atoms.filter((_, at) => values[at] === true);
    if (left.length === atoms.length) return null;
    atoms = left;
  }
  return atoms;
}
