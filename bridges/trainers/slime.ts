import { z } from 'zod';
import { withoutTurnEnd } from './response-text.ts';
import { type Rollout, readTask } from './rollout.ts';

/** As `remote_rm` of slime sends it. The answer's body is the reward itself. */
export const SlimeRequest = z
  .looseObject({
    prompt: z.unknown().describe('Text or chat messages; not looked at.'),
    response: z.string(),
    label: z.unknown().describe('The task.'),
  })
  .meta({ id: 'SlimeRequest' });
export type SlimeRequest = z.infer<typeof SlimeRequest>;

/** @throws Fault `invalid-request` where the label is no task */
export function toRollout({ response, label }: SlimeRequest): Rollout {
  return { completion: withoutTurnEnd(response), task: readTask(label, '/label') };
}
