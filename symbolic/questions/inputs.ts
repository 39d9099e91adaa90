import type { ShadowArgument } from '../../core/shadow.ts';
import { Exploration, type ExplorationOptions } from '../exploration/exploration.ts';
import type { Inquiry } from '../exploration/inquiry.ts';
import { Seeds } from '../inputs/seeds.ts';
import { enumerateShapes } from '../inputs/shapes.ts';
import { isOver, type Subject } from './subject.ts';

/** All paths of a subject, from a simple input of every shape on. */
export function explorationOf(
  { parameters, limits }: Subject,
  inquiry: Inquiry,
  execute: ExplorationOptions['execute'],
): Exploration {
  const { shapes, bounds } = enumerateShapes(parameters, limits);
  const { runs, until, signal } = limits;
  return new Exploration({ execute, inquiry, inputs: shapes, bounds, runs, until, signal });
}

/** What the first seeded input shows that shows something, within the limits. */
export async function amongSeeds<T>(
  subject: Subject,
  show: (args: readonly ShadowArgument[]) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const args of seededInputs(subject)) {
    if (isOver(subject.limits)) break;
    const shown = await show(args);
    if (shown !== undefined) return shown;
  }
  return undefined;
}

/** Seeded inputs, boundary values first. */
function seededInputs({ parameters, limits, sources }: Subject): ShadowArgument[][] {
  if (parameters.length === 0) return [[]];
  const seeds = new Seeds(sources).inputs(parameters);
  const inputs: ShadowArgument[][] = [];
  const seen = new Set<string>();
  for (let drawn = 0; drawn < limits.seeds * 2 && inputs.length < limits.seeds; drawn++) {
    const input = seeds.next().value;
    const key = JSON.stringify(input);
    if (!seen.has(key)) inputs.push(input);
    seen.add(key);
  }
  return inputs;
}
