import { z } from 'zod';
import { Metrics, NO_METRICS } from '../../core/metrics.ts';
import type { VerifyResponse } from '../../core/verdict.ts';

const Flag = z.union([z.literal(0), z.literal(1)]);

/**
 * Flat numbers under the same keys for every item in every outcome: trainers take the keys from the first item and look
 * each of them up in all others. None is called `reward`, which some of them keep for themselves.
 */
export const RewardMetrics = Metrics.extend({
  steps_valid: Metrics.shape.steps_valid.describe(
    'As in a verdict under the scheme `steps`. Under the others the steps behind the first divergence are not run, and count as wrong.',
  ),
  frames_stepped_over: z.int().min(0).describe('True frames of calls that the claim steps over.'),
  claimed: Flag.describe('1 if there was a claim to judge.'),
  verified: Flag,
  inconclusive: Flag,
  failed: Flag.describe('1 if the item got no verdict; see `failures`.'),
}).meta({ id: 'RewardMetrics' });
export type RewardMetrics = z.infer<typeof RewardMetrics>;

/** Metrics of an item that holds no claim. */
export const NO_REWARD_METRICS: RewardMetrics = {
  ...NO_METRICS,
  frames_stepped_over: 0,
  claimed: 0,
  verified: 0,
  inconclusive: 0,
  failed: 0,
};

/** Metrics of an item that got no verdict. */
export const FAILED_METRICS: RewardMetrics = { ...NO_REWARD_METRICS, failed: 1 };

export function metricsOf({ metrics, frames, status }: VerifyResponse): RewardMetrics {
  return {
    ...metrics,
    frames_stepped_over: frames.stepped_over,
    claimed: 1,
    verified: status === 'verified' ? 1 : 0,
    inconclusive: status === 'inconclusive' ? 1 : 0,
    failed: 0,
  };
}
