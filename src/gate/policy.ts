import { z } from 'zod';
import { Budget } from '../../core/budget.ts';
import type { Claim } from '../../core/claim.ts';
import { INCONCLUSIVE_REASONS, InconclusiveReason } from '../../core/verdict.ts';

const CLAIM_KINDS = [
  'trace',
  'sparse',
  'output',
  'input',
  'path',
  'always',
  'equivalent',
  'halts',
] as const satisfies readonly Claim['kind'][];

const selectorFields = {
  ids: z.array(z.string()).optional(),
  kinds: z.array(z.enum(CLAIM_KINDS)).optional(),
  models: z.array(z.string()).optional().describe('Names, or `name@version`.'),
};

export const ResultSelector = z
  .strictObject(selectorFields)
  .meta({ id: 'ResultSelector', description: 'Results that fit every field that is given; `{}` is all of them.' });
export type ResultSelector = z.infer<typeof ResultSelector>;

export const InconclusiveSelector = z
  .strictObject({
    ...selectorFields,
    reasons: z
      .array(InconclusiveReason)
      .default(INCONCLUSIVE_REASONS.filter((reason) => reason !== 'tampered'))
      .describe('Default: all but `tampered`.'),
  })
  .meta({ id: 'InconclusiveSelector' });
export type InconclusiveSelector = z.infer<typeof InconclusiveSelector>;

export const SpotCheck = z
  .strictObject({
    share: z.number().gt(0).max(1).describe('Of the results that need not be verified; at least one is checked.'),
    seed: z
      .string()
      .min(16)
      .max(256)
      .describe(
        'Chooses, together with the ids. Whoever makes the results must not know it, guess it, nor meet it again.',
      ),
    confidence: z.number().min(0.5).lt(1).default(0.95),
    max_error: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('Hold the unchecked results if a larger share of them may be wrong.'),
  })
  .meta({ id: 'SpotCheck', description: 'Replay a part of the results, and bound how many of the others are wrong.' });
export type SpotCheck = z.infer<typeof SpotCheck>;

/** What results have to meet before somebody acts on them. The empty one has each of them verified. */
export const GatePolicy = z
  .strictObject({
    name: z.string().min(1).max(128).optional().describe('Goes into the receipt.'),
    expires_at: z.iso.datetime({ offset: true }).optional().describe('From then on neither policy nor receipt counts.'),
    must_verify: z.array(ResultSelector).max(100).default([]).describe('Never left to a spot check, nor inconclusive.'),
    may_be_inconclusive: z
      .array(InconclusiveSelector)
      .max(100)
      .default([])
      .describe('Results that pass although nothing was shown about them. They are never called verified.'),
    spot_check: SpotCheck.optional().describe('Without it every result is replayed.'),
    max_age_s: z
      .int()
      .min(1)
      .optional()
      .describe('Seconds since `produced_at`; an older result, and one without, is held.'),
    models: z.array(z.string().min(1)).min(1).optional().describe('Only results of these: names, or `name@version`.'),
    cross_check: z
      .boolean()
      .default(true)
      .describe('Run each program again untraced and in another world: what it does must not depend on either.'),
    budget: Budget.partial().optional().describe('For each run of each program.'),
  })
  .meta({ id: 'GatePolicy' });
export type GatePolicy = z.infer<typeof GatePolicy>;

/** What selectors look at. */
export interface Selectable {
  readonly id: string;
  readonly claim: { readonly kind: string };
  readonly model?: NamedModel | undefined;
}

export interface NamedModel {
  readonly name: string;
  readonly version?: string | undefined;
}

/** Whether a list of names, or of `name@version`, has a model in it. */
export function namesModel(names: readonly string[], model: NamedModel | undefined): boolean {
  if (model === undefined) return false;
  const { name, version } = model;
  return names.includes(name) || (version !== undefined && names.includes(`${name}@${version}`));
}

/** Whether a result fits every field of a selector that is given. */
export function selects({ ids, kinds, models }: ResultSelector, { id, claim, model }: Selectable): boolean {
  if (ids !== undefined && !ids.includes(id)) return false;
  if (kinds !== undefined && !kinds.some((kind) => kind === claim.kind)) return false;
  return models === undefined || namesModel(models, model);
}

/** Whether a policy lets a result pass that is inconclusive for this reason. */
export function mayBeInconclusive(policy: GatePolicy, result: Selectable, reason: InconclusiveReason | null): boolean {
  if (mustVerify(policy, result)) return false;
  return policy.may_be_inconclusive.some(
    (selector) => selects(selector, result) && reason !== null && selector.reasons.includes(reason),
  );
}

/** Whether a policy wants this very result replayed. */
export function mustVerify({ must_verify }: GatePolicy, result: Selectable): boolean {
  return must_verify.some((selector) => selects(selector, result));
}
