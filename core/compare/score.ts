import type { ClaimedFrame, Frame } from '../frame.ts';
import { frameAt, UNCHANGED } from '../frame.ts';
import type { Metrics } from '../metrics.ts';
import { NO_METRICS } from '../metrics.ts';
import type { ClaimedTrace, Trace } from '../trace.ts';
import { sameAction } from './frame.ts';
import { claimsOutcome } from './outcome.ts';
import { sourceText } from './source-text.ts';
import type { TraceComparison } from './trace.ts';
import { canonicalRepr } from './value.ts';

/**
 * Measures a claimed trace against the true one. Frames behind the first divergence are compared position by position,
 * shifted as the divergent frame is; true frames of calls that the claim steps over are not counted against it.
 *
 * @param stepsValid share of claimed transitions that are right given the claimed state before them
 */
export function scoreTrace(
  claim: ClaimedTrace,
  truth: Trace,
  comparison: TraceComparison,
  stepsValid: number,
): Metrics {
  const counts = {
    frames_claimed: claim.frames.length,
    frames_true: truth.frames.length,
    frames_matched: comparison.matched,
  };
  if (comparison.result === 'agrees') {
    const frames_exact = comparison.steppedOver === 0 ? 1 : share(comparison.matched, truth.frames.length);
    return { ...counts, prefix: 1, state_exact: 1, action_exact: 1, frames_exact, steps_valid: 1, output_exact: 1 };
  }
  const judged = truth.frames.length - steppedOverWhole(truth, comparison);
  if (judged === 0) return { ...NO_METRICS, ...counts, steps_valid: share(stepsValid, 1) };
  const exact = countExact(claim, truth, comparison);
  return {
    ...counts,
    prefix: share(comparison.matched, judged),
    state_exact: share(exact.states, judged),
    action_exact: share(exact.actions, judged),
    frames_exact: share(exact.frames, truth.frames.length),
    steps_valid: share(stepsValid, 1),
    output_exact: claimsOutcome(claim, truth) ? 1 : 0,
  };
}

function share(part: number, whole: number): number {
  const value = part / whole;
  return value > 0 ? Math.min(1, value) : 0;
}

/** True frames of calls that the claim leaves out altogether. Those of a call that it enters count as missing. */
function steppedOverWhole({ frames }: Trace, { alignment }: TraceComparison): number {
  let skipped = 0;
  let before = -1;
  for (const index of alignment) {
    if (index < 0) break;
    if (frameAt(frames, before)?.event === 'line') skipped += index - before - 1;
    before = index;
  }
  return skipped;
}

/** How many true frames are claimed exactly: by their state, by their line, and by both with the event. */
function countExact(
  claim: ClaimedTrace,
  truth: Trace,
  comparison: TraceComparison,
): { readonly states: number; readonly actions: number; readonly frames: number } {
  const { holding, shift } = placeFrames(comparison);
  let states = holding;
  let actions = holding;
  let frames = holding;
  if (holding === claim.frames.length) return { states, actions, frames };
  const source = sourceText(comparison.lines);
  const resolver = new StateResolver();
  const keyOf = claimedKeys();
  for (const [index, claimed] of claim.frames.entries()) {
    const state = resolver.next(claimed);
    if (index < holding) continue;
    const observed = frameAt(truth.frames, index + shift);
    if (observed === undefined) break;
    const actionHolds = sameAction(claimed, observed, source);
    const stateHolds = sameState(claimed, state, observed, keyOf);
    if (actionHolds) actions += 1;
    if (stateHolds) states += 1;
    if (actionHolds && stateHolds && claimed.events.includes(observed.event)) frames += 1;
  }
  return { states, actions, frames };
}

/** Which true frame each claimed one stands beside. */
export interface Placement {
  /** Claimed frames up to the first that does not hold; the alignment says where they stand. */
  readonly holding: number;
  /** How far behind its own index the true frame of each later one stands. */
  readonly shift: number;
}

/** Position by position behind the first divergence, shifted as the divergent frame is. */
export function placeFrames(comparison: TraceComparison): Placement {
  const { alignment } = comparison;
  const holding = countHolding(comparison);
  const place = alignment[holding] ?? -1;
  return { holding, shift: (place < 0 ? (alignment[holding - 1] ?? -1) + 1 : place) - holding };
}

/** Claimed frames that were compared and hold; a divergent frame was compared too. */
function countHolding({ alignment, result, divergence }: TraceComparison): number {
  const end = alignment.indexOf(-1);
  const compared = end < 0 ? alignment.length : end;
  return result === 'differs' || result === 'platform' ? Math.min(divergence?.frame ?? compared, compared) : compared;
}

/** One text for all spellings of a claimed value. */
export type KeyOf = (repr: string) => string;

/** Keys of claimed values, each made once: a `..` repeats one of any length in as many frames as the claim has. */
export function claimedKeys(): KeyOf {
  const keys = new Map<string, string>();
  return (repr) => {
    const known = keys.get(repr);
    if (known !== undefined) return known;
    const key = canonicalRepr(repr);
    keys.set(repr, key);
    return key;
  };
}

function sameState(claimed: ClaimedFrame, state: ClaimedState | null, observed: Frame, keyOf: KeyOf): boolean {
  if (observed.locals === undefined)
    return claimed.arg !== undefined && sameValue(claimed.arg, observed.arg ?? '', keyOf);
  if (state === null || state.size !== observed.locals.size) return false;
  for (const [name, actual] of observed.locals) {
    const predicted = state.get(name);
    if (predicted === undefined || !sameValue(predicted, actual, keyOf)) return false;
  }
  return true;
}

/** Whether a claimed value is the true one. */
export function sameValue(claimed: string, observed: string, keyOf: KeyOf): boolean {
  return claimed === observed || keyOf(claimed) === canonicalRepr(observed);
}

/** Locals as a claim states them, each `..` replaced by what it refers to. */
export type ClaimedState = ReadonlyMap<string, string>;

/**
 * The state that each claimed call and line frame states, with `..` resolved in the claim itself: it refers to the frame
 * just before, and reaches over an exception but not over a call or a return. Null for the other frames, and where a
 * `..` refers to nothing.
 */
export function resolveClaimedStates(claim: ClaimedTrace): (ClaimedState | null)[] {
  const resolver = new StateResolver();
  return claim.frames.map((frame) => resolver.next(frame));
}

/** Resolves the frames of a claim one after the other. */
class StateResolver {
  #memory: ClaimedState | null = null;

  next(frame: ClaimedFrame): ClaimedState | null {
    if (frame.locals === undefined) {
      if (!isException(frame)) this.#memory = null;
      return null;
    }
    this.#memory = resolve(frame.locals, frame.events.includes('line') ? this.#memory : null);
    return this.#memory;
  }
}

function resolve(locals: ClaimedState, memory: ClaimedState | null): ClaimedState | null {
  const state = new Map<string, string>();
  let repeats = false;
  for (const [name, value] of locals) {
    const resolved = value === UNCHANGED ? memory?.get(name) : value;
    if (resolved === undefined) return null;
    repeats ||= value === UNCHANGED;
    state.set(name, resolved);
  }
  return repeats ? state : locals;
}

/** A frame with a value, whose event the text may leave open. */
function isException(frame: ClaimedFrame): boolean {
  if (!frame.events.includes('exception')) return false;
  return !frame.events.includes('return') || (frame.arg?.startsWith("(<class '") ?? false);
}
