import { z } from 'zod';
import { type Rollout, readTask, type Scored } from './rollout.ts';

/** The one action of an episode: a completion and its task. */
export const OpenEnvAction = z.strictObject({
  completion: z.unknown().describe('What the model wrote: text, or chat messages.'),
  label: z.unknown().describe('The task.'),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

export const OpenEnvStep = z
  .looseObject({
    action: OpenEnvAction,
    timeout_s: z.number().positive().max(120).nullish(),
    request_id: z.string().max(255).nullish(),
  })
  .meta({ id: 'OpenEnvStep' });
export type OpenEnvStep = z.infer<typeof OpenEnvStep>;

export const OpenEnvReset = z
  .looseObject({ seed: z.int().min(0).nullish(), episode_id: z.string().max(255).nullish() })
  .meta({ id: 'OpenEnvReset' });

export const OpenEnvObservation = z.strictObject({
  status: z.string().nullable().describe('Null before the step.'),
  metrics: z.record(z.string(), z.number()),
  why: z.string().nullable().describe('Why there is no reward, where there is none.'),
});

export const OpenEnvResult = z
  .strictObject({ observation: OpenEnvObservation, reward: z.number().nullable(), done: z.boolean() })
  .meta({ id: 'OpenEnvResult' });
export type OpenEnvResult = z.infer<typeof OpenEnvResult>;

/** No episode is kept: over HTTP each request has an environment of its own. */
export const OpenEnvState = z.strictObject({ episode_id: z.string().nullable(), step_count: z.int().min(0) });

/** @throws Fault `invalid-request` where the label is no task */
export function toRollout({ action }: OpenEnvStep): Rollout {
  return { completion: action.completion, task: readTask(action.label, '/action/label') };
}

/** @param metrics with the keys that a step's observation has */
export function firstObservation(metrics: Readonly<Record<string, number>>): OpenEnvResult {
  return { observation: { status: null, metrics: { ...metrics }, why: null }, reward: null, done: false };
}

export function toResult({ reward, status, metrics, why }: Scored): OpenEnvResult {
  return { observation: { status, metrics: { ...metrics }, why }, reward, done: true };
}
