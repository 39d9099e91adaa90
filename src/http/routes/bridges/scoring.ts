import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Rollout, Scored } from '../../../../bridges/trainers/rollout.ts';
import { Fault } from '../../../../core/fault.ts';
import { answersWith } from '../../../reward/expected-result.ts';
import { NO_REWARD_METRICS } from '../../../reward/metrics.ts';
import type { Completion, FailureClass, RewardItem, RewardResponse } from '../../../reward/reward-request.ts';
import type { Rewarder } from '../../../reward/rewarder.ts';
import { SCHEME_NAMES } from '../../../reward/schemes/list.ts';
import { hangUpSignal } from '../../cancel.ts';
import { nearest, requestDeadline } from '../../deadline.ts';
import { RETRY_AFTER_S } from '../../options.ts';

const scheme = z.enum(SCHEME_NAMES).optional().describe('By default what the daemon was told: `bridge_scheme`.');
const floor = z.coerce.number().min(0).max(1).default(0);

/** What the address of a bridge says, for trainers that can leave a reward out. */
export const AbstainingQuery = z.strictObject({
  scheme,
  on_inconclusive: z.enum(['null', 'zero', 'floor']).default('null'),
  floor,
});
/** What it says for trainers that need a number. */
export const NumericQuery = z.strictObject({
  scheme,
  on_inconclusive: z.enum(['zero', 'floor']).default('zero'),
  floor,
});
export type BridgeQuery = z.infer<typeof AbstainingQuery>;

/** Names of the metrics that every rollout has. */
export const METRIC_KEYS = Object.keys(NO_REWARD_METRICS);

/**
 * A run that takes longer is inconclusive. It is the same each time, where a deadline is not: the three or four runs of
 * one claim fit into the 12 s that an item has.
 */
const RUN_MS = 2_500;

/** Faults after which the same request may well be answered. A program that ends its worker would do so again. */
const TRANSIENT: ReadonlySet<FailureClass> = new Set(['deadline', 'queue-full', 'shutting-down', 'not-ready']);

/** A rollout's score, and what kept it from getting one. */
export interface BridgeScore extends Scored {
  readonly failure: FailureClass | null;
}

/** Scores rollouts in their order. Whatever a model wrote has a score. */
export async function scoreRollouts(
  rewarder: Rewarder,
  rollouts: readonly Rollout[],
  query: BridgeQuery,
  { request, reply, deadlineMs }: { request: FastifyRequest; reply: FastifyReply; deadlineMs?: number | undefined },
): Promise<BridgeScore[]> {
  const scores: BridgeScore[] = [];
  const items: RewardItem[] = [];
  const places: number[] = [];
  for (const [index, { task, completion }] of rollouts.entries()) {
    if ('expected' in task) scores[index] = scoreExpected(completion, task.expected, query);
    else {
      places.push(index);
      items.push({ program: task.program, completion: completion as Completion });
    }
  }
  const response = await rewarder.score(items, {
    ...query,
    budget: { ms: RUN_MS },
    deadlineMs: nearest(deadlineMs, requestDeadline(request)),
    caller: request.caller,
    signal: hangUpSignal(reply),
    onInternal: (error) => request.log.error({ err: error }, 'a rollout failed'),
  });
  for (const [position, index] of places.entries()) scores[index] = scoreOf(response, position);
  return scores;
}

/**
 * Rewards for a trainer that needs a number for each.
 *
 * @throws Fault 503 where another try may succeed, 500 where Assay failed
 */
export function toNumbers(scores: readonly BridgeScore[], query: BridgeQuery): number[] {
  return scores.map(({ reward, failure, why }) => {
    if (failure !== null && TRANSIENT.has(failure)) {
      throw new Fault('queue-full', `${failure}: ${why}`, { retryAfterSeconds: RETRY_AFTER_S });
    }
    if (failure === 'internal') throw new Fault('internal', why ?? 'an error of Assay’s own');
    return reward ?? (query.on_inconclusive === 'floor' ? query.floor : 0);
  });
}

function scoreOf({ rewards, statuses, metrics, details, failures }: RewardResponse, position: number): BridgeScore {
  const failure = failures.find(({ index }) => index === position);
  const reward = rewards[position] ?? null;
  const why = failure?.detail ?? details[position]?.reason ?? null;
  return {
    reward,
    status: statuses[position] ?? 'failed',
    metrics: metrics[position] ?? NO_REWARD_METRICS,
    why: reward === null ? (why ?? 'inconclusive') : null,
    failure: failure?.failure_class ?? null,
  };
}

function scoreExpected(completion: unknown, expected: string, query: BridgeQuery): BridgeScore {
  const right = answersWith(completion, expected);
  const reward = right === true ? 1 : 0;
  return {
    reward: query.on_inconclusive === 'floor' ? Math.max(query.floor, reward) : reward,
    status: right === true ? 'verified' : 'refuted',
    metrics: { ...NO_REWARD_METRICS, claimed: right === undefined ? 0 : 1, verified: reward, output_exact: reward },
    why: null,
    failure: null,
  };
}
