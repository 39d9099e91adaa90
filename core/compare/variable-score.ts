import type { ClaimedFrame, Frame } from '../frame.ts';
import { frameAt, UNCHANGED } from '../frame.ts';
import type { ClaimedTrace, Trace } from '../trace.ts';
import { type ClaimedState, claimedKeys, type KeyOf, placeFrames, resolveClaimedStates, sameValue } from './score.ts';
import type { TraceComparison } from './trace.ts';

/** How many of the true variables a trace claims. */
export interface VariableCounts {
  /** Variables of the true call and line frames, one for each frame that it stands in. */
  readonly variables: number;
  /** Those of them that the claimed frame at the same place names. */
  readonly named: number;
  /** Those that it names with the right value. */
  readonly right: number;
}

/**
 * Counts variables frame by frame, placed as `scoreTrace` places frames. Frames of calls that the claim steps over do not
 * count, frames that it lacks at its end do.
 */
export function countVariables(claim: ClaimedTrace, truth: Trace, comparison: TraceComparison): VariableCounts {
  const { holding, shift } = placeFrames(comparison);
  let variables = 0;
  let named = 0;
  let right = 0;
  for (let index = 0; index < holding; index += 1) {
    const size = frameAt(truth.frames, comparison.alignment[index] ?? -1)?.locals?.size ?? 0;
    variables += size;
    named += size;
    right += size;
  }
  const states = resolveClaimedStates(claim);
  const keyOf = claimedKeys();
  for (let index = holding; index + shift < truth.frames.length; index += 1) {
    const observed = frameAt(truth.frames, index + shift);
    if (observed === undefined) continue;
    variables += observed.locals?.size ?? 0;
    const found = countFrame(claim.frames[index], states[index] ?? null, observed, keyOf);
    named += found.named;
    right += found.right;
  }
  return { variables, named, right };
}

function countFrame(
  claimed: ClaimedFrame | undefined,
  state: ClaimedState | null,
  { locals = new Map() }: Frame,
  keyOf: KeyOf,
) {
  let named = 0;
  let right = 0;
  for (const [name, observed] of locals) {
    const claimedAs = claimed?.locals?.get(name);
    if (claimedAs === undefined) continue;
    named += 1;
    const predicted = claimedAs === UNCHANGED ? state?.get(name) : claimedAs;
    if (predicted !== undefined && sameValue(predicted, observed, keyOf)) right += 1;
  }
  return { named, right };
}
