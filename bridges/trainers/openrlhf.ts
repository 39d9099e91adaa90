import { z } from 'zod';
import { Fault } from '../../core/fault.ts';
import { behindPrompt, withoutTurnEnd } from './response-text.ts';
import { type Rollout, readTask, type Scored } from './rollout.ts';

/** As `SingleTurnAgentExecutor` of OpenRLHF sends it: parallel lists, of one sample or of none. */
export const OpenRlhfRequest = z
  .looseObject({
    query: z.array(z.string()).describe('Prompt and response, decoded with special tokens.'),
    prompts: z.array(z.string()),
    labels: z.array(z.unknown()).describe('The task of each sample.'),
  })
  .meta({ id: 'OpenRlhfRequest' });
export type OpenRlhfRequest = z.infer<typeof OpenRlhfRequest>;

export const OpenRlhfResponse = z
  .strictObject({
    rewards: z.array(z.number()),
    scores: z.array(z.number()).describe('Rewards, for dynamic filtering.'),
    extra_logs: z.record(z.string(), z.array(z.number())),
  })
  .meta({ id: 'OpenRlhfResponse' });
export type OpenRlhfResponse = z.infer<typeof OpenRlhfResponse>;

/** @throws Fault `invalid-request` where the lists do not belong together */
export function toRollouts({ query, prompts, labels }: OpenRlhfRequest): Rollout[] {
  for (const [name, list] of Object.entries({ prompts, labels })) {
    if (list.length !== query.length) throw misplaced(`/${name}`, 'must have one entry for each of `query`');
  }
  return query.map((text, index) => {
    const response = behindPrompt(text, prompts[index] ?? '');
    if (response === undefined) throw misplaced(`/query/${index}`, `must begin with \`prompts[${index}]\``);
    return { completion: withoutTurnEnd(response), task: readTask(labels[index], `/labels/${index}`) };
  });
}

/** @param keys of the metrics, which an answer to empty lists has as well */
export function toResponse(
  rewards: readonly number[],
  scored: readonly Scored[],
  keys: readonly string[],
): OpenRlhfResponse {
  return {
    rewards: [...rewards],
    scores: [...rewards],
    extra_logs: Object.fromEntries(keys.map((key) => [key, scored.map(({ metrics }) => metrics[key] ?? 0)])),
  };
}

function misplaced(path: string, message: string): Fault {
  return new Fault('invalid-request', `${path} ${message}`, { errors: [{ path, message }] });
}
