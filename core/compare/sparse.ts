import type { SparseClaim } from '../claim.ts';
import type { Divergence, VariableDifference } from '../divergence.ts';
import type { Frame } from '../frame.ts';
import type { Trace } from '../trace.ts';
import type { ClaimComparison } from './claim-comparison.ts';
import { claimDivergence } from './claim-comparison.ts';
import { brief } from './cut.ts';
import { difference } from './frame.ts';
import { isSetOrder } from './set-order.ts';
import { sameRepr } from './value.ts';

type SparseState = SparseClaim['states'][number];

/**
 * Compares states at some lines with the true run. The hit-th time that a line is about to run is its hit-th `line`
 * frame, in whichever scope; a `def` line that never runs as a line is hit by its calls. Only the locals that the claim
 * names are compared. A divergence's `frame` is the index of the claimed state.
 */
export function compareSparse(claim: SparseClaim, truth: Trace): ClaimComparison {
  const hits = hitsByLine(truth, new Set(claim.states.map(({ line }) => line)));
  let divergence: Divergence | undefined;
  let excused = true;
  let matched = 0;
  let unseen = 0;
  for (const [index, state] of claim.states.entries()) {
    const frames = hits.get(state.line) ?? [];
    const frame = frames[state.hit - 1];
    if (frame === undefined && truth.outcome.kind === 'halted') {
      unseen += 1;
      continue;
    }
    const found = frame === undefined ? neverReached(index, state, frames.length) : compareState(index, state, frame);
    if (found === null) {
      matched += 1;
      continue;
    }
    divergence ??= found;
    excused &&= frame !== undefined && isExcused(state, frame, truth);
  }
  const checked = claim.states.length;
  if (divergence !== undefined) {
    return { result: excused ? 'platform' : 'differs', divergence, checked, matched, message: divergence.message };
  }
  if (unseen > 0) {
    const message = `${matched} of ${checked} states hold; the run was stopped before it came to the others`;
    return { result: 'unfinished', divergence: null, checked, matched, message };
  }
  return { result: 'agrees', divergence: null, checked, matched, message: `all ${checked} states hold` };
}

function hitsByLine(truth: Trace, lines: ReadonlySet<number>): Map<number, Frame[]> {
  const runs = new Map<number, Frame[]>();
  const calls = new Map<number, Frame[]>();
  for (const frame of truth.frames) {
    if (!lines.has(frame.line) || frame.locals === undefined) continue;
    const hits = frame.event === 'call' ? calls : runs;
    const known = hits.get(frame.line);
    if (known === undefined) hits.set(frame.line, [frame]);
    else known.push(frame);
  }
  return new Map([...calls, ...runs]);
}

function neverReached(index: number, { line, hit }: SparseState, hits: number): Divergence {
  const message = hits === 0 ? `line ${line} never runs` : `line ${line} runs ${hits} times, not ${hit}`;
  return claimDivergence({ kind: 'action', index, predicted: `line ${line}`, message });
}

function compareState(index: number, state: SparseState, frame: Frame): Divergence | null {
  const variables = differences(state, frame);
  const [first] = variables;
  if (first === undefined) return null;
  const missing = variables.find(({ observed }) => observed === null);
  const { name, predicted, observed } = missing ?? first;
  const where = `before line ${state.line}${state.hit === 1 ? '' : `, time ${state.hit},`}`;
  const message =
    observed === null
      ? `${where} there is no \`${brief(name)}\`, predicted ${brief(predicted ?? '')}`
      : `${where} \`${brief(name)}\` is ${brief(observed)}, predicted ${brief(predicted ?? '')}`;
  return claimDivergence({ kind: missing === undefined ? 'value' : 'keys', index, at: frame, variables, message });
}

function differences(state: SparseState, frame: Frame): VariableDifference[] {
  const variables: VariableDifference[] = [];
  for (const [name, predicted] of Object.entries(state.locals)) {
    const observed = frame.locals?.get(name);
    if (observed === undefined || !sameRepr(predicted, observed)) {
      variables.push(difference(name, predicted, observed ?? null));
    }
  }
  return variables.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MAX_VARIABLES);
}

const MAX_VARIABLES = 50;

function isExcused(state: SparseState, frame: Frame, { platform }: Trace): boolean {
  return (
    platform.sets &&
    Object.entries(state.locals).every(([name, predicted]) => {
      const observed = frame.locals?.get(name);
      return observed !== undefined && (sameRepr(predicted, observed) || isSetOrder(predicted, observed));
    })
  );
}
