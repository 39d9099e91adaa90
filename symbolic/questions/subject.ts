import type { ShadowArgument, ShadowRequest, ShadowRun } from '../../core/shadow.ts';
import type { ParameterType } from '../inputs/parameter-type.ts';
import type { ShapeBounds } from '../inputs/shapes.ts';
import type { CheckOptions, Solver } from '../solver/solver.ts';

/** How a call of a program went, by a plain replay: nothing of it comes from terms. */
export type Replayed =
  | { readonly kind: 'returned'; readonly repr: string; readonly stdout: string; readonly lines: readonly number[] }
  | { readonly kind: 'raised'; readonly type: string; readonly stdout: string; readonly lines: readonly number[] }
  | { readonly kind: 'halted'; readonly detail: string };

/** What a call did, as texts that are equal where the values are. */
export interface Observed {
  /** How it ended: the result, or the type of the exception; null where the run was stopped. */
  readonly outcome: { readonly kind: 'returned' | 'raised'; readonly text: string } | null;
  /** The arguments after the call. */
  readonly after: readonly string[];
  readonly stdout: string;
}

/** What a question may do with programs. */
export interface Interpreter {
  /** A run with terms; its answer was checked against its own variables. */
  shadow(request: Omit<ShadowRequest, 'program' | 'budget'>, side?: number): Promise<ShadowRun>;
  /** Evaluates an expression in a program's module and records the lines it goes through. */
  replay(expression: string, side?: number): Promise<Replayed>;
  /** Makes a call and describes what it did, arguments included, without running any method of the program for it. */
  observe(call: string, side?: number): Promise<Observed>;
}

/** Limits of one question. All are counted but the last. */
export interface QuestionLimits extends ShapeBounds {
  /** Shadow runs. */
  readonly runs: number;
  /** Seeded inputs that are tried before anything is solved. */
  readonly seeds: number;
  /** For each query. */
  readonly check: CheckOptions;
  /** When to stop, as `performance.now()` counts. */
  readonly until: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Whether the time is used up.
 *
 * @throws the signal's reason where it fired
 */
export function isOver({ until, signal }: QuestionLimits): boolean {
  signal?.throwIfAborted();
  return performance.now() >= until;
}

/** What every question needs. */
export interface Subject {
  readonly interpreter: Interpreter;
  readonly solver: Solver;
  /** Source texts, whose constants make good inputs. */
  readonly sources: readonly string[];
  readonly function: string;
  readonly parameters: readonly (readonly [name: string, type: ParameterType])[];
  readonly limits: QuestionLimits;
}

/** An input that shows it, and what was seen when it was run. */
export interface WitnessRun {
  readonly args: readonly ShadowArgument[];
  readonly call: string;
  readonly expected: string | null;
  readonly observed: string | null;
  readonly other: string | null;
}
