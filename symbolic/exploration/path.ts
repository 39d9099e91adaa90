import type { PathCondition, ShadowArgument } from '../../core/shadow.ts';
import type { Imported } from '../outcomes/difference.ts';
import type { Gap } from './gap.ts';
import type { Step } from './path-tree.ts';

/** A step and what the program says it is. */
export interface Decision extends Step {
  readonly condition: PathCondition;
  /** Which of the runs decided it, from 0. */
  readonly side: number;
}

/** One way through the program, or through both programs one after the other, and the input that was run. */
export interface ExploredPath {
  readonly args: readonly ShadowArgument[];
  readonly decisions: readonly Decision[];
  /** One a program. */
  readonly runs: readonly Imported[];
  /** The input meets the precondition. */
  readonly inDomain: boolean;
  /** What the path is right within; empty: its terms say everything. */
  readonly restrictions: readonly string[];
  /** Operations whose terms were dropped on the way, as `line 3: re.match`; empty: none. */
  readonly concretised: readonly string[];
}

/** How much of all inputs an exploration has seen. */
export interface Coverage {
  /** Every input of the shapes that were looked at takes a path that was run. */
  readonly exhausted: boolean;
  /** Why it is not exhausted, or why its paths do not say everything. */
  readonly gaps: readonly Gap[];
  /** Assumptions, such as `ascii`, under which it holds. */
  readonly restrictions: readonly string[];
  /** Shapes that were left out, such as `len(s) <= 4`. */
  readonly bounds: readonly string[];
  /** Paths within the precondition. */
  readonly paths: number;
  /** No input that was looked at meets the precondition, and none exists if the exploration is exhausted. */
  readonly vacuous: boolean;
}
