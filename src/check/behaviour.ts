import type { FunctionOutline } from '../../bridges/python/outline.ts';
import type { CallRecord } from '../../core/call-record.ts';
import type { DifferenceKind } from './difference.ts';
import type { Sources } from './inputs/draw.ts';
import type { Callee } from './inputs/plan.ts';
import type { Scenario } from './inputs/scenario.ts';
import type { Trials } from './trial.ts';

/** The smallest input found on which two versions differ, replayed on both alone. */
export interface FoundWitness {
  readonly scenario: Scenario;
  readonly kind: DifferenceKind;
  /** The last call on each side. */
  readonly base: CallRecord;
  readonly head: CallRecord;
}

/** What is known about the behaviour of a changed function. */
export type Behaviour =
  /** Shown for all inputs, by `by`. */
  | { readonly status: 'same'; readonly by: string }
  | { readonly status: 'differs'; readonly witness: FoundWitness }
  | { readonly status: 'unknown'; readonly reason: UnknownReason; readonly inputs: number; readonly detail: string };

export type UnknownReason = 'no-difference-found' | 'nondeterministic' | 'no-input' | 'unsupported' | 'budget';

/** A function in both versions, and the means to run them. */
export interface ComparedFunction {
  readonly base: FunctionOutline;
  readonly head: FunctionOutline;
  readonly callee: Callee;
  readonly sources: Sources;
  /** Arguments, with their parentheses, of calls that somebody wrote in tests, examples or other code. */
  readonly written: readonly string[];
  readonly trials: Trials;
  /** Scenarios to try, and the seed that they are drawn by. */
  readonly inputs: number;
  readonly seed: number;
}

/**
 * A way to find out whether two versions of a function behave alike. Asked in order; the first that answers counts. A proof
 * answers with `same`; a search never does.
 */
export interface BehaviourSource {
  readonly name: string;
  compare(compared: ComparedFunction): Promise<Behaviour | undefined>;
}

/** Asks each source in turn. */
export async function behaviourOf(sources: readonly BehaviourSource[], compared: ComparedFunction): Promise<Behaviour> {
  for (const source of sources) {
    const answer = await source.compare(compared);
    if (answer !== undefined) return answer;
  }
  return { status: 'unknown', reason: 'no-input', inputs: 0, detail: 'nothing could be tried' };
}
