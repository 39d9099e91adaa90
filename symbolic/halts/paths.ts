import type { Sort, TermRef } from '../../core/term.ts';
import type { TransitionSystem } from '../../core/transitions.ts';
import type { TermBuilder } from '../terms/builder.ts';
import { stepsByPlace } from './system.ts';

/** A way from the start or a head to the next head or the end, as one step. */
export interface Path {
  readonly from: number;
  readonly to: number;
  /** It is gone where this holds of the values before it. */
  readonly guard: TermRef;
  /** The value of each variable behind it, by the values before it. */
  readonly values: ReadonlyMap<string, TermRef>;
}

const MAX_PATHS = 300;
/** Places that all paths together may go through. */
const MAX_VISITS = 5_000;

/**
 * All paths of a system, as terms of the builder. What cannot be gone, because its guard folds to false, is left out.
 *
 * @returns null where there are too many
 */
export function pathsOf(system: TransitionSystem, builder: TermBuilder): Path[] | null {
  const walk = new Walk(system, builder);
  for (const cut of [system.start, ...system.heads]) if (!walk.from(cut)) return null;
  return walk.paths;
}

class Walk {
  readonly paths: Path[] = [];
  readonly #system: TransitionSystem;
  readonly #builder: TermBuilder;
  readonly #steps: ReturnType<typeof stepsByPlace>;
  readonly #sorts: ReadonlyMap<string, Sort>;
  readonly #cuts: ReadonlySet<number>;
  #visits = 0;

  constructor(system: TransitionSystem, builder: TermBuilder) {
    this.#system = system;
    this.#builder = builder;
    this.#steps = stepsByPlace(system);
    this.#sorts = new Map(system.variables.map((name) => [name, 'int']));
    this.#cuts = new Set([...system.heads, system.end]);
  }

  /** Follows every way from a place; false where there are too many. */
  from(cut: number): boolean {
    const builder = this.#builder;
    const before = new Map(this.#system.variables.map((name) => [name, builder.variable(name, 'int')]));
    const open = [{ place: cut, guard: builder.truth(true), values: before }];
    for (let here = open.pop(); here !== undefined; here = open.pop()) {
      if (++this.#visits > MAX_VISITS) return false;
      const refs = builder.adopt(this.#system.terms, this.#sorts, here.values);
      for (const { to, guard, updates } of this.#steps.get(here.place) ?? []) {
        const whole = builder.all([here.guard, refs[guard] ?? -1]);
        if (builder.valueOf(whole) === false) continue;
        const values = new Map(here.values);
        for (const [name, value] of updates) values.set(name, refs[value] ?? -1);
        if (!this.#cuts.has(to)) open.push({ place: to, guard: whole, values });
        else if (this.paths.push({ from: cut, to, guard: whole, values }) > MAX_PATHS) return false;
      }
    }
    return true;
  }
}
