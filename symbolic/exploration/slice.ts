import type { Branch, Step } from './path-tree.ts';
import type { UnknownsOfTerms } from './unknowns.ts';

/**
 * The steps that an input for the branch depends on: the wanted one, and those that share an unknown with it, directly or
 * through others. The input at hand meets the rest, and no unknown of the rest changes; so the branch is feasible exactly
 * if these steps are.
 */
export function relevantSteps(unknowns: UnknownsOfTerms, { prefix, ref, wanted }: Branch): Step[] {
  const names = new Set(unknowns.of(ref));
  const chosen = new Set<Step>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const step of prefix) {
      if (chosen.has(step)) continue;
      const own = unknowns.of(step.ref);
      if (![...own].some((name) => names.has(name))) continue;
      chosen.add(step);
      for (const name of own) names.add(name);
      grew = true;
    }
  }
  return [...prefix.filter((step) => chosen.has(step)), { ref, taken: wanted, fixed: false }];
}
