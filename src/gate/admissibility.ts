import type { GateIssue, GateResult } from './gate-request.ts';
import { type GatePolicy, namesModel } from './policy.ts';

/** How far a clock may be ahead of ours, in milliseconds. */
const CLOCK_SKEW_MS = 60_000;

/**
 * What a policy has against where a result comes from, whatever its verdict.
 *
 * @param now in milliseconds since 1970
 */
export function issuesOfOrigin(result: GateResult, policy: GatePolicy, now: number): GateIssue[] {
  return [...issuesOfModel(result, policy), ...issuesOfAge(result, policy, now)];
}

function issuesOfModel({ model }: GateResult, { models }: GatePolicy): GateIssue[] {
  if (models === undefined || namesModel(models, model)) return [];
  const message = model === undefined ? 'no model is named' : `the policy does not allow ${model.name}`;
  return [{ code: 'model', message }];
}

function issuesOfAge({ produced_at }: GateResult, { max_age_s }: GatePolicy, now: number): GateIssue[] {
  if (max_age_s === undefined) return [];
  if (produced_at === undefined) return [{ code: 'undated', message: '`produced_at` does not say how old it is' }];
  const age = now - Date.parse(produced_at);
  if (age < -CLOCK_SKEW_MS) return [{ code: 'future', message: `${produced_at} has not come yet` }];
  if (age <= max_age_s * 1000) return [];
  return [{ code: 'stale', message: `it is ${Math.floor(age / 1000)} s old, the policy takes ${max_age_s} s` }];
}
