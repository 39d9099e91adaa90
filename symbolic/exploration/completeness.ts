import type { TermRef, Variable } from '../../core/term.ts';
import type { TermBuilder } from '../terms/builder.ts';
import type { Gap } from './gap.ts';
import type { Inquiry } from './inquiry.ts';
import type { ExploredPath } from './path.ts';

/** A path, and how many of its decisions were turned: what shares these with it need not be looked at. */
export interface SeenPath {
  readonly path: ExploredPath;
  readonly turned: number;
}

/** Paths beyond which the check is left out: its one query holds them all. */
const MOST_PATHS = 2000;

/**
 * Whether the paths of one shape are all that there are: no input lies outside of every path. That is what an exhausted
 * tree says already; asked of the solver once more, in one query, it also catches faults of the exploration itself.
 * Where an assumption was made, the inputs that do not meet it count as seen: they are named as a restriction.
 *
 * @returns what is wrong, or undefined
 */
export async function completenessGap(
  inquiry: Inquiry,
  paths: readonly SeenPath[],
  variables: readonly Variable[],
): Promise<Gap | undefined> {
  if (paths.length > MOST_PATHS) {
    return { reason: 'budget', message: `more than ${MOST_PATHS} paths were run` };
  }
  const { builder } = inquiry;
  const seen = builder.any(paths.flatMap((path) => regionsOf(path, builder)));
  if (builder.valueOf(seen) === true) return undefined;
  const answer = await inquiry.check([{ term: seen, holds: false }], variables);
  switch (answer.status) {
    case 'unsat':
      return undefined;
    case 'sat':
      return { reason: 'unsupported', message: 'the paths that were run are not all there are' };
    case 'unknown':
      return {
        reason: 'solver-unknown',
        message: `the solver gave up on whether the paths are all there are (${answer.reason})`,
      };
  }
}

/** The inputs of a path, and those that it left out by a precondition or an assumption. */
function regionsOf({ path, turned }: SeenPath, builder: TermBuilder): TermRef[] {
  const regions: TermRef[] = [];
  const before: TermRef[] = [];
  for (const { ref, taken, condition } of path.decisions.slice(0, turned)) {
    const held = builder.holding(ref, taken);
    // Whoever breaks the precondition is of no interest, and whoever breaks an assumption is named elsewhere.
    if (condition.kind !== 'branch') regions.push(builder.all([...before, builder.holding(held, false)]));
    before.push(held);
  }
  regions.push(builder.all(before));
  return regions;
}
