import type { TraceClaim } from '../../../core/claim.ts';
import { scoreTrace } from '../../../core/compare/score.ts';
import { compareTraces, type TraceComparison } from '../../../core/compare/trace.ts';
import { sourceLines } from '../../../core/program.ts';
import type { ClaimedTrace, Trace } from '../../../core/trace.ts';
import type { Correction } from '../../../core/verdict.ts';
import { renderTagged } from '../../../neural/formats/cwm/render.ts';
import { renderJsonFrames } from '../../../neural/formats/json.ts';
import { inconclusive, type Judgement, unusable } from '../judgement.ts';

/** A claimed trace beside the true one. */
export interface TraceEvidence {
  readonly claim: TraceClaim;
  readonly claimed: ClaimedTrace;
  readonly truth: Trace;
  readonly comparison: TraceComparison;
}

export function compareTraceClaim(
  claim: TraceClaim,
  claimed: ClaimedTrace,
  truth: Trace,
  source: string,
): TraceEvidence {
  return { claim, claimed, truth, comparison: compareTraces(claimed, truth, sourceLines(source)) };
}

/** Index of the true frame that belongs where the claim goes wrong. */
export function divergentTrueFrame({ comparison }: TraceEvidence): number {
  const { alignment, matched } = comparison;
  const here = alignment[matched];
  if (here !== undefined && here >= 0) return here;
  return matched === 0 ? 0 : (alignment[matched - 1] ?? -1) + 1;
}

function correct(evidence: TraceEvidence): Correction | null {
  const { claim, truth, comparison } = evidence;
  const from = divergentTrueFrame(evidence);
  if (from >= truth.frames.length && comparison.divergence?.kind !== 'extra') return null;
  const at = comparison.matched;
  if (claim.format === 'json') {
    return { from: at, format: 'json', frames: renderJsonFrames(truth.frames, from).map((frame) => ({ ...frame })) };
  }
  return { from: at, format: 'cwm', text: renderTagged(truth.frames, comparison.lines, { from }) };
}

/**
 * Judges a claimed trace.
 *
 * @param stepsValid share of claimed transitions that hold given the claimed state before them
 * @param wantsCorrection give the true frames where the claim is wrong
 */
export function judgeTrace(evidence: TraceEvidence, stepsValid: number, wantsCorrection: boolean): Judgement {
  const { claimed, truth, comparison } = evidence;
  const { divergence, matched, steppedOver } = comparison;
  const shared = {
    divergence,
    frames: { claimed: claimed.frames.length, true: truth.frames.length, matched, stepped_over: steppedOver },
    metrics: scoreTrace(claimed, truth, comparison, stepsValid),
  };
  const stop = unusable(truth);
  if (stop !== null) return inconclusive(stop.reason, stop.message, shared);
  const message = divergence?.message ?? '';
  switch (comparison.result) {
    case 'agrees':
      return {
        ...shared,
        status: 'verified',
        reason: null,
        correction: null,
        message: agreement(steppedOver, matched),
      };
    case 'incomplete':
      return {
        ...shared,
        status: 'incomplete',
        reason: null,
        message,
        correction: wantsCorrection ? correct(evidence) : null,
      };
    case 'platform':
      return inconclusive('platform', `${message}; only the 32-bit platform of the replay can explain it`, shared);
    case 'unfinished':
      return inconclusive('budget', 'the run was stopped before the claim could be checked to its end', shared);
    case 'differs': {
      // What does not even parse has no state to correct.
      const correction = wantsCorrection && divergence?.kind !== 'format' ? correct(evidence) : null;
      return { ...shared, status: correction === null ? 'refuted' : 'corrected', reason: null, message, correction };
    }
  }
}

function agreement(steppedOver: number, matched: number): string {
  const held = `${matched} ${matched === 1 ? 'frame holds' : 'frames hold'}`;
  return steppedOver === 0 ? `all ${held}` : `${held}; the claim steps over ${steppedOver} frames of calls`;
}
