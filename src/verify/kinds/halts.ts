import { NO_METRICS } from '../../../core/metrics.ts';
import type { Trace } from '../../../core/trace.ts';
import type { ReplayOptions } from '../../../workers/pool.ts';
import { inconclusive, type Judgement, NO_FRAMES, unusable } from '../judgement.ts';
import type { Engine } from '../pipeline.ts';
import type { Question } from '../question.ts';
import { isOpen, judgeByProof } from '../questions/halting.ts';

/**
 * Judges whether a run ends: by the run, and by a proof where it was stopped because it was long.
 *
 * @throws what the pool throws
 */
export async function judgeHalting(
  engine: Engine,
  question: Question,
  halts: boolean,
  truth: Trace,
  call: ReplayOptions,
): Promise<Judgement> {
  const shared = {
    divergence: null,
    correction: null,
    frames: { ...NO_FRAMES, true: truth.frames.length },
    metrics: { ...NO_METRICS, frames_true: truth.frames.length },
  };
  const { outcome } = truth;
  if (outcome.kind === 'halted' && isOpen(outcome.reason)) {
    return { ...(await judgeByProof(engine, question, halts, outcome.detail, call)), ...shared };
  }
  const stop = unusable(truth);
  if (stop !== null) return inconclusive(stop.reason, stop.message, shared);
  const message = `the run ends after ${truth.steps} steps`;
  return { ...shared, status: halts ? 'verified' : 'refuted', reason: null, message };
}
