import type { ShadowRun, ShadowValue } from '../../../../core/shadow.ts';
import type { Variable } from '../../../../core/term.ts';
import { pythonText, valuesOf } from './shadow-runs.ts';
import { type TermValue, termValues } from './term-values.ts';

/** A function that leaves its arguments as they are: its run gives them as trees with a variable for each leaf. */
export const ARGUMENTS_SOURCE = 'def f(*args):\n    pass\n';

const CHARACTERS = Array.from("abzAZ019 ,.!-_'\n\téß");

/** Numbers below 1 from a seed: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function mutate(variable: Variable, old: TermValue, others: readonly TermValue[], random: () => number): TermValue {
  if (variable.sort === 'bool') return old === false;
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const other = pick(others);
  const sameKind = typeof other === 'bigint' ? other : (old as bigint);
  if (variable.greatest !== null) {
    const code = random() < 0.5 ? sameKind : BigInt(pick(CHARACTERS).codePointAt(0) as number);
    return code >= 0n && code < 0xd800n ? code : 97n;
  }
  const number = old as bigint;
  return pick([
    number + 1n,
    number - 1n,
    -number,
    0n,
    1n,
    sameKind,
    number * 2n,
    BigInt(Math.floor(random() * 40)) - 10n,
  ]);
}

/**
 * Other arguments of the same shape: the call with them, and the values of the variables of a run on the first ones.
 *
 * @param shape a run of {@link ARGUMENTS_SOURCE} on the first ones
 * @param run the run that has the variables
 */
export function mutatedInput(shape: ShadowRun, run: ShadowRun, random: () => number) {
  const values = valuesOf(shape);
  const old = [...values.values()];
  const share = random() < 0.6 ? 1 / Math.max(1, old.length) : random();
  const changed = shape.variables.map((variable, place) => {
    return random() < share ? mutate(variable, old[place] as TermValue, old, random) : (old[place] as TermValue);
  });
  const mutated = new Map(shape.variables.map(({ name }, place) => [name, changed[place] as TermValue]));
  const leaves = termValues(shape.terms, mutated);
  const call = `f(${shape.after.map(({ value }: { value: ShadowValue }) => pythonText(value, leaves)).join(', ')})`;
  // Both runs meet the leaves in the same order.
  const variables = new Map(run.variables.map(({ name }, place) => [name, changed[place] as TermValue]));
  return { call, variables };
}
