import { NO_METRICS } from '../../../core/metrics.ts';
import type { Trace } from '../../../core/trace.ts';
import { inconclusive, type Judgement, NO_FRAMES, unusable } from '../judgement.ts';

/** Judges whether a run ends, by the run: one that was stopped shows nothing. */
export function judgeHalting(halts: boolean, truth: Trace): Judgement {
  const shared = {
    divergence: null,
    correction: null,
    frames: { ...NO_FRAMES, true: truth.frames.length },
    metrics: { ...NO_METRICS, frames_true: truth.frames.length },
  };
  const stop = unusable(truth);
  if (stop !== null) return inconclusive(stop.reason, stop.message, shared);
  const message = `the run ends after ${truth.steps} steps`;
  return { ...shared, status: halts ? 'verified' : 'refuted', reason: null, message };
}
