import type { Claim } from '../../../core/claim.ts';
import type { ClaimComparison } from '../../../core/compare/claim-comparison.ts';
import { compareOutput } from '../../../core/compare/output.ts';
import { comparePath } from '../../../core/compare/path.ts';
import { compareSparse } from '../../../core/compare/sparse.ts';
import { NO_METRICS } from '../../../core/metrics.ts';
import type { Trace } from '../../../core/trace.ts';
import { inconclusive, type Judgement, unusable } from '../judgement.ts';

/** Claims about one run that are no whole trace. */
export type PartialClaim = Extract<Claim, { kind: 'sparse' | 'output' | 'input' | 'path' }>;

export function comparePartialClaim(claim: PartialClaim, truth: Trace): ClaimComparison {
  switch (claim.kind) {
    case 'sparse':
      return compareSparse(claim, truth);
    case 'output':
      return compareOutput(claim, truth);
    case 'input':
      return compareOutput({ returns: claim.returns }, truth);
    case 'path':
      return comparePath(claim, truth);
  }
}

/** Judges a claim about some states, the output or the path of one run. */
export function judgePartial(claim: PartialClaim, comparison: ClaimComparison, truth: Trace): Judgement {
  const { checked, matched, divergence, message } = comparison;
  const aboutStates = claim.kind === 'sparse';
  const aboutOutput = claim.kind === 'output' || claim.kind === 'input';
  const shared = {
    divergence,
    correction: null,
    frames: {
      claimed: aboutStates ? checked : 0,
      true: truth.frames.length,
      matched: aboutStates ? matched : 0,
      stepped_over: 0,
    },
    metrics: {
      ...NO_METRICS,
      frames_true: truth.frames.length,
      ...(aboutStates && { frames_claimed: checked, frames_matched: matched, state_exact: matched / checked }),
      ...(aboutOutput && comparison.result === 'agrees' && { output_exact: 1 as const }),
    },
  };
  const stop = unusable(truth);
  if (stop !== null) return inconclusive(stop.reason, stop.message, shared);
  switch (comparison.result) {
    case 'agrees':
      return { ...shared, status: 'verified', reason: null, message };
    case 'differs':
      return { ...shared, status: 'refuted', reason: null, message };
    case 'platform':
      return inconclusive('platform', `${message}; only the 32-bit platform of the replay can explain it`, shared);
    case 'unfinished':
      return inconclusive('budget', message, shared);
  }
}
