import type { TermRef, TermTable } from './term.ts';

/** A step between two places of a program over integers. Its terms speak of the values before it. */
export interface Transition {
  readonly from: number;
  readonly to: number;
  /** It is taken where this holds. */
  readonly guard: TermRef;
  /** Variables that it gives another value, all at once. */
  readonly updates: readonly (readonly [name: string, value: TermRef])[];
}

/**
 * A function over integers as places and steps. In each place but the end exactly one step is taken, whatever the values;
 * to return, and to raise an exception, is to go to the end. So a run of the function ends exactly when this one comes to
 * its end.
 */
export interface TransitionSystem {
  readonly parameters: readonly string[];
  /** Parameters first. What is no parameter is 0 at the start, and is not read before it is given a value. */
  readonly variables: readonly string[];
  readonly terms: TermTable;
  readonly transitions: readonly Transition[];
  /** Every cycle goes through one of these places. */
  readonly heads: readonly number[];
  /** Line of each head's loop. */
  readonly lines: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** Why a program cannot be written so. */
export interface UnsupportedProgram {
  readonly unsupported: string;
  /** 1-based; 0 where it is the program as a whole. */
  readonly line: number;
}
