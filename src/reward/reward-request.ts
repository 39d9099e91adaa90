import { z } from 'zod';
import { Budget } from '../../core/budget.ts';
import { Claim } from '../../core/claim.ts';
import { DivergenceKind } from '../../core/divergence.ts';
import { FAULTS, type FaultCode } from '../../core/fault.ts';
import { Program } from '../../core/program.ts';
import { InconclusiveReason } from '../../core/verdict.ts';
import { EXTRACTOR_NAMES } from '../../neural/extract/index.ts';
import { RewardMetrics } from './metrics.ts';
import { SCHEME_NAMES } from './schemes/list.ts';

/** Inside of a message nothing is asked for: what a model wrote is data. */
const Message = z.looseObject({ role: z.string() });

export const Completion = z.union([z.string(), z.array(Message)]).meta({
  id: 'Completion',
  description:
    'What a model wrote: text, or chat messages, of which the last one of an `assistant` counts. The last complete claim in it is judged.',
});
export type Completion = z.infer<typeof Completion>;

export const RewardItem = z
  .strictObject({
    program: Program.describe('Required: a claim must not bring the program that it is about.'),
    claim: Claim.optional(),
    completion: Completion.optional(),
  })
  .refine(({ claim, completion }) => (claim === undefined) !== (completion === undefined), {
    message: 'an item has either a `claim` or a `completion`',
  })
  .meta({ id: 'RewardItem' });
export type RewardItem = z.infer<typeof RewardItem>;

export const OnInconclusive = z.enum(['null', 'zero', 'floor']);
export type OnInconclusive = z.infer<typeof OnInconclusive>;

export const RewardRequest = z
  .strictObject({
    items: z.array(RewardItem).max(100_000),
    scheme: z.enum(SCHEME_NAMES).default('exact'),
    on_inconclusive: OnInconclusive.default('null').describe(
      'What an inconclusive claim earns: null, 0, or `floor`. Under `floor` no claim earns less than `floor`, so that none gains by being inconclusive.',
    ),
    floor: z.number().min(0).max(1).default(0),
    cross_check: z
      .boolean()
      .default(true)
      .describe('Run each program again untraced and in another world: what it does must not depend on either.'),
    budget: Budget.partial().optional().describe('For each run of each program.'),
    deadline_ms: z
      .int()
      .min(1)
      .max(120_000)
      .optional()
      .describe('Milliseconds for the whole request, queue included. Default 25 000, and 12 000 an item.'),
  })
  .meta({ id: 'RewardRequest' });
export type RewardRequest = z.infer<typeof RewardRequest>;

export const RewardStatus = z.enum(['verified', 'refuted', 'incomplete', 'inconclusive', 'failed']);
export type RewardStatus = z.infer<typeof RewardStatus>;

/** Why an item got no verdict: `deadline`, where there was no time left for it, or the code of a problem document. */
export const FailureClass = z.enum(['deadline', ...(Object.keys(FAULTS) as [FaultCode, ...FaultCode[]])]);
export type FailureClass = z.infer<typeof FailureClass>;

export const RewardFailure = z
  .strictObject({ index: z.int().min(0), failure_class: FailureClass, detail: z.string() })
  .meta({ id: 'RewardFailure' });
export type RewardFailure = z.infer<typeof RewardFailure>;

/** Words about an item. Nothing in it tells a true value. */
export const RewardDetail = z
  .strictObject({
    reason: InconclusiveReason.nullable().describe('Why the claim is inconclusive.'),
    divergence: DivergenceKind.nullable().describe('How the first frame that does not hold is wrong.'),
    frame: z.int().min(0).nullable().describe('Index of that frame.'),
    extractor: z.enum(EXTRACTOR_NAMES).nullable().describe('What found the claim in a completion.'),
  })
  .meta({ id: 'RewardDetail' });
export type RewardDetail = z.infer<typeof RewardDetail>;

export const RewardResponse = z
  .strictObject({
    rewards: z.array(z.number().min(0).max(1).nullable()).describe('In the order of the items. Null: no reward.'),
    statuses: z.array(RewardStatus),
    metrics: z.array(RewardMetrics),
    details: z.array(RewardDetail),
    failures: z.array(RewardFailure).describe('Items that got no verdict; their reward is null.'),
    stamp: z.strictObject({ assay: z.string(), policy: z.string() }),
  })
  .meta({ id: 'RewardResponse' });
export type RewardResponse = z.infer<typeof RewardResponse>;
