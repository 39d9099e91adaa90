import type { TransitionSystem } from '../../core/transitions.ts';
import { readTermTable, TermError } from '../terms/table.ts';

/** Values of a system's variables at a place. */
export type State = ReadonlyMap<string, bigint>;

/**
 * Checks a system that came from elsewhere: its terms, their sorts, and that every place and name is there.
 *
 * @throws TermError
 */
export function checkSystem(system: TransitionSystem): TransitionSystem {
  const { sorts } = readTermTable(system.terms, new Map(system.variables.map((name) => [name, 'int'])));
  const known = new Set(system.variables);
  for (const { guard, updates } of system.transitions) {
    if (sorts[guard] !== 'bool') throw new TermError('a guard is a truth value');
    for (const [name, value] of updates) {
      if (!known.has(name) || sorts[value] !== 'int') throw new TermError('an update gives a variable an integer');
    }
  }
  if (!system.parameters.every((name) => known.has(name))) throw new TermError('a parameter is a variable');
  return system;
}

/** The steps from each place. */
export function stepsByPlace(system: TransitionSystem): Map<number, TransitionSystem['transitions'][number][]> {
  const steps = new Map<number, TransitionSystem['transitions'][number][]>();
  for (const step of system.transitions) {
    const from = steps.get(step.from);
    if (from === undefined) steps.set(step.from, [step]);
    else from.push(step);
  }
  return steps;
}

/** The state at the start: parameters as given, everything else 0. */
export function initialState(system: TransitionSystem, given: State): State {
  return new Map(system.variables.map((name) => [name, given.get(name) ?? 0n]));
}
