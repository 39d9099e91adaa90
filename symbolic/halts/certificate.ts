import type { State } from './system.ts';

/** A sum of variables times numbers, and a number. */
export interface LinearForm {
  readonly coefficients: ReadonlyMap<string, bigint>;
  readonly constant: bigint;
}

/** Says of a state that the form is 0 or less; with a modulus, that the form is a multiple of it. */
export interface Atom {
  readonly form: LinearForm;
  readonly modulus?: bigint;
}

/** Why a run ends, or never does, in a form that can be checked without knowing how it was found. */
export type Certificate =
  /** The run was followed to its end. */
  | { readonly kind: 'run'; readonly visits: number }
  /** A head is reached twice in one state, so the run goes round for ever. */
  | { readonly kind: 'repeated-state'; readonly place: number; readonly state: State }
  /**
   * A state that the run reaches is in a set that no step leaves: for each head in it, atoms that hold there. From none
   * of these heads does a state of the set come to the end.
   */
  | {
      readonly kind: 'recurrence-set';
      readonly place: number;
      readonly state: State;
      readonly set: ReadonlyMap<number, readonly Atom[]>;
    }
  /**
   * From head to head a tuple of numbers goes down: in each step some entry that is not negative falls by 1 or more, and no
   * entry before it rises. The atoms hold whenever their head is reached. Heads that have no tuple are not in a cycle.
   */
  | {
      readonly kind: 'ranking';
      readonly measures: ReadonlyMap<number, readonly LinearForm[]>;
      readonly invariants: ReadonlyMap<number, readonly Atom[]>;
    };
