import type { ShadowArgument } from '../../core/shadow.ts';
import { Seeds } from '../inputs/seeds.ts';
import { enumerateShapes } from '../inputs/shapes.ts';
import type { Subject } from './subject.ts';

/** What an exploration starts from: a simple input of every shape. */
export function startingInputs({ parameters, limits }: Subject): {
  inputs: readonly (readonly ShadowArgument[])[];
  bounds: readonly string[];
} {
  const { shapes, bounds } = enumerateShapes(parameters, limits);
  return { inputs: shapes, bounds };
}

/** Seeded inputs, boundary values first. */
export function seededInputs({ parameters, limits, sources }: Subject): ShadowArgument[][] {
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
