import type { PathCondition } from '../../core/shadow.ts';
import type { TermRef } from '../../core/term.ts';
import type { Imported } from '../outcomes/difference.ts';
import type { TermBuilder } from '../terms/builder.ts';
import type { Decision } from './path.ts';

/** What runs of one input decided, one run after the other, in the terms of one table. */
export function decisionsOf(runs: readonly Imported[], builder: TermBuilder): Decision[] {
  const decisions = runs.flatMap(({ run, refs }, side) =>
    run.conditions.map((condition): Decision => {
      const ref = refs[condition.term];
      if (ref === undefined) throw new Error('a condition names a term that is not there');
      return { ref, taken: condition.taken, fixed: isFixed(condition), condition, side };
    }),
  );
  return withoutKnown(decisions, builder);
}

/** A precondition that does not hold is to be turned; one that holds, and every assumption, is to be kept. */
function isFixed({ kind, taken }: PathCondition): boolean {
  return kind === 'assumption' || (kind === 'requires' && taken);
}

/** Decisions that their own term settles, or that were taken before on this path, are no branches. */
function withoutKnown(decisions: readonly Decision[], builder: TermBuilder): Decision[] {
  const seen = new Map<TermRef, boolean>();
  return decisions.filter(({ ref, taken }) => {
    if (builder.valueOf(ref) === taken || seen.get(ref) === taken) return false;
    seen.set(ref, taken);
    return true;
  });
}
