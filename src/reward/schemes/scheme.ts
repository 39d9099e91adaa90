import type { Metrics } from '../../../core/metrics.ts';

/** A claim that was judged, as far as a reward looks at it. */
export interface Judged {
  readonly kind: string;
  /** The claim holds in full: it is verified, and a trace leaves no frame of a call out. */
  readonly whole: boolean;
  readonly metrics: Metrics;
}

/** What a judged claim earns, in [0, 1]. */
export type Scheme = (judged: Judged) => number;

/**
 * A share as a reward: 1 for a claim that holds in full and for no other. What else would come to 1, such as a trace with
 * every frame right and more behind it, earns n / (n + 1) of n true frames: more than a trace that lacks one.
 */
export function shareOfTrace({ kind, whole, metrics }: Judged, share: number): number {
  if (kind !== 'trace') return 0;
  if (whole) return 1;
  const { frames_true: frames } = metrics;
  return frames === 0 ? 0 : Math.max(0, Math.min(share, frames / (frames + 1)));
}
