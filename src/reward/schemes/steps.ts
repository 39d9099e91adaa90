import { type Scheme, shareOfTrace } from './scheme.ts';

/**
 * v / c · min(c, t) / max(c, t), where v of the c claimed transitions are right given the claimed state before them, and
 * the true run has t. A first mistake costs one step and its echoes nothing. The second factor makes a claim of another
 * length earn less: a short one is incomplete, and a long one may go round an easy loop that the program does not.
 * Claims other than traces earn 0.
 */
export const steps: Scheme = (judged) => {
  const { frames_claimed, frames_true, steps_valid } = judged.metrics;
  const claimed = Math.max(0, frames_claimed - 1);
  const real = Math.max(0, frames_true - 1);
  const longer = Math.max(claimed, real);
  return shareOfTrace(judged, longer === 0 ? 0 : (steps_valid * Math.min(claimed, real)) / longer);
};
