import { z } from 'zod';
import { type Rollout, readTask, type Scored } from './rollout.ts';

/** As a NeMo Gym agent sends a finished rollout to its resources server. All of it goes back in the answer. */
export const NemoGymRequest = z
  .looseObject({
    responses_create_params: z.looseObject({}),
    response: z.looseObject({ output: z.array(z.unknown()) }),
    verifier_metadata: z.unknown().describe('The task.'),
  })
  .meta({ id: 'NemoGymRequest' });
export type NemoGymRequest = z.infer<typeof NemoGymRequest>;

export const NemoGymResponse = NemoGymRequest.extend({
  reward: z.number(),
  assay_status: z.string(),
  assay_metrics: z.record(z.string(), z.number()),
  _ng_failure_class: z
    .literal('judge_failed')
    .optional()
    .describe('Nothing was shown: the rollout is kept out of the metrics.'),
  _ng_failure_judge_error: z.string().optional(),
}).meta({ id: 'NemoGymResponse' });

/** @throws Fault `invalid-request` where the metadata is no task */
export function toRollout({ response, verifier_metadata }: NemoGymRequest): Rollout {
  const messages = response.output.filter(isAssistantMessage);
  return {
    completion: messages.length === 0 ? '' : messages,
    task: readTask(verifier_metadata, '/verifier_metadata'),
  };
}

/** The request with its reward. A rollout that is judged again carries the words of the first time, which are left out. */
export function toResponse(
  request: NemoGymRequest,
  { reward, status, metrics, why }: Scored,
): z.infer<typeof NemoGymResponse> {
  const {
    _ng_failure_class: _,
    _ng_failure_judge_error: __,
    ...rest
  } = request as NemoGymRequest & Record<string, unknown>;
  return {
    ...rest,
    reward: reward ?? 0,
    assay_status: status,
    assay_metrics: { ...metrics },
    ...(reward === null && { _ng_failure_class: 'judge_failed' as const, _ng_failure_judge_error: why ?? status }),
  };
}

function isAssistantMessage(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return false;
  const { type, role } = item as { type?: unknown; role?: unknown };
  return (type === 'message' || type === undefined) && role === 'assistant';
}
