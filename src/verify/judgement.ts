import type { Divergence } from '../../core/divergence.ts';
import { type Metrics, NO_METRICS } from '../../core/metrics.ts';
import type { Halt, Trace } from '../../core/trace.ts';
import type { Correction, InconclusiveReason, Proof, Status, VerifyResponse, Witness } from '../../core/verdict.ts';

/** What comparing a claim with the true run comes to, before it is stamped. */
export interface Judgement {
  readonly status: Status;
  readonly reason: InconclusiveReason | null;
  readonly message: string;
  readonly divergence: Divergence | null;
  readonly correction: Correction | null;
  readonly frames: VerifyResponse['frames'];
  readonly metrics: Metrics;
  /** An input that shows it, which was replayed. */
  readonly witness?: Witness | null;
  /** What a statement about all inputs rests on. */
  readonly proof?: Proof | null;
}

export const NO_FRAMES: VerifyResponse['frames'] = { claimed: 0, true: 0, matched: 0, stepped_over: 0 };

/** A judgement that was neither compared with a trace nor corrected. */
export function plain(status: Judgement['status'], message: string, rest: Partial<Judgement> = {}): Judgement {
  return {
    divergence: null,
    correction: null,
    frames: NO_FRAMES,
    metrics: NO_METRICS,
    reason: null,
    ...rest,
    status,
    message,
  };
}

/** A judgement that nothing was shown. */
export function inconclusive(reason: InconclusiveReason, message: string, rest: Partial<Judgement> = {}): Judgement {
  return plain('inconclusive', message, { ...rest, reason });
}

/** Null for a run that was long enough to judge by. */
const HALT_REASONS: Readonly<Record<Halt, InconclusiveReason | null>> = {
  divergence: null,
  steps: 'budget',
  frames: 'budget',
  time: 'budget',
  output: 'budget',
  files: 'budget',
  trace: 'budget',
  memory: 'memory',
  platform: 'platform',
  tampered: 'tampered',
  unsupported: 'unsupported',
};

/**
 * Why a run cannot stand as the truth, or null where it can: it was stopped, or it lacked a module that the program may
 * well find where it really runs.
 */
export function unusable(truth: Trace): { readonly reason: InconclusiveReason; readonly message: string } | null {
  const { outcome } = truth;
  if (outcome.kind === 'halted') {
    const reason = HALT_REASONS[outcome.reason];
    return reason && { reason, message: outcome.detail };
  }
  if (outcome.kind === 'raised' && outcome.type === 'ModuleNotFoundError') {
    return { reason: 'unsupported', message: `the program needs a module that is not here: ${outcome.message}` };
  }
  return null;
}
