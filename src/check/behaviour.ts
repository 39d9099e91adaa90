import type { FunctionOutline, ModuleOutline } from '../../bridges/python/outline.ts';
import type { CallRecord } from '../../core/call-record.ts';
import type { DifferenceKind } from './difference.ts';
import type { DrivenModule } from './driver.ts';
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
  /** Proved within the stated bounds. */
  | { readonly status: 'same'; readonly proof: BehaviourProof }
  | { readonly status: 'differs'; readonly witness: FoundWitness }
  | { readonly status: 'unknown'; readonly reason: UnknownReason; readonly inputs: number; readonly detail: string };

/** What a proof covers. */
export interface BehaviourProof {
  /** Parameters with their types: what the proof speaks of. */
  readonly parameters: readonly string[];
  /** What is left out, in words, such as `len(xs) <= 5`. */
  readonly bounds: readonly string[];
  /** Ways that both versions can go, all of which were looked at. */
  readonly paths: number;
}

export type UnknownReason = 'no-difference-found' | 'nondeterministic' | 'no-input' | 'unsupported' | 'budget';

/** A version of the module that a function stands in. */
export interface Version {
  readonly module: DrivenModule;
  readonly outline: ModuleOutline;
}

/** A function in both versions, and the means to run them. */
export interface ComparedFunction {
  readonly versions: { readonly base: Version; readonly head: Version };
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
  /** When no further input is tried, as `performance.now()` counts. */
  readonly until: number;
}

/**
 * A way to find out whether two versions of a function behave alike: undefined where it has nothing to say. A proof answers
 * with `same`; a search never does.
 */
export interface BehaviourSource {
  readonly name: string;
  compare(compared: ComparedFunction): Promise<Behaviour | undefined>;
}

/** Asks each source in turn, until one decides. Where none does, the first that has something to say counts. */
export async function behaviourOf(sources: readonly BehaviourSource[], compared: ComparedFunction): Promise<Behaviour> {
  let open: Behaviour | undefined;
  for (const source of sources) {
    // What depends on chance is not to be proved alike.
    if (open?.status === 'unknown' && open.reason === 'nondeterministic') break;
    const answer = await source.compare(compared);
    if (answer !== undefined && answer.status !== 'unknown') return answer;
    open ??= answer;
  }
  return open ?? { status: 'unknown', reason: 'no-input', inputs: 0, detail: 'nothing could be tried' };
}
