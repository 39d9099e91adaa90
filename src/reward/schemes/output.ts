import type { Scheme } from './scheme.ts';

/** 1 if what the run comes to is claimed rightly, else 0: by an output claim as a whole, or by the last frames of a trace. */
export const output: Scheme = ({ kind, whole, metrics }) => {
  if (kind === 'trace') return metrics.output_exact;
  return whole ? 1 : 0;
};
