import { z } from 'zod';
import { Claim } from '../../core/claim.ts';
import { Divergence } from '../../core/divergence.ts';
import { Program } from '../../core/program.ts';
import { Stamp } from '../../core/stamp.ts';
import { Correction, InconclusiveReason, Output, Status, Witness } from '../../core/verdict.ts';
import { Receipt } from '../receipts/receipt.ts';
import { GatePolicy } from './policy.ts';

/** Results of one request. The whole receipt has to be read by whoever trusts it. */
export const MOST_RESULTS = 10_000;

export const GateResult = z
  .strictObject({
    id: z
      .string()
      .min(1)
      .max(128)
      .refine((id) => id.isWellFormed(), { message: 'must be well-formed Unicode' })
      .describe('Names the result; no two have the same.'),
    program: Program.describe('Required: a claim must not bring the program that it is about.'),
    claim: Claim,
    model: z
      .looseObject({ name: z.string().min(1).max(256), version: z.string().min(1).max(256).optional() })
      .optional()
      .describe('What simulated it. Other fields are let through and not looked at.'),
    produced_at: z.iso.datetime({ offset: true }).optional().describe('When it was simulated.'),
  })
  .meta({
    id: 'GateResult',
    description: 'A simulated result: what somebody says about a program without a run of it.',
  });
export type GateResult = z.infer<typeof GateResult>;

export const GateRequest = z
  .strictObject({
    results: z
      .array(GateResult)
      .min(1)
      .max(MOST_RESULTS)
      .superRefine((results, context) => {
        const seen = new Set<string>();
        for (const [index, { id }] of results.entries()) {
          if (seen.has(id)) context.addIssue({ code: 'custom', path: [index, 'id'], message: 'another result has it' });
          seen.add(id);
        }
      }),
    policy: GatePolicy,
    receipt: z.boolean().default(true).describe('Sign what was found.'),
  })
  .meta({ id: 'GateRequest' });
export type GateRequest = z.infer<typeof GateRequest>;
/** As a caller writes it, before defaults. */
export type GateRequestInput = z.input<typeof GateRequest>;

export const DECISIONS = ['accept', 'hold', 'reject'] as const;
export const Decision = z.enum(DECISIONS).meta({
  id: 'Decision',
  description: '`reject`: something is wrong. `hold`: something was not shown. `accept`: neither.',
});
export type Decision = z.infer<typeof Decision>;

export const Basis = z.enum(['replay', 'proof', 'spot-check', 'none']).meta({
  id: 'Basis',
  description:
    'What is known of a result: from its own `replay` or `proof`; only that others like it were checked (`spot-check`); nothing (`none`).',
});
export type Basis = z.infer<typeof Basis>;

export const GateIssue = z
  .strictObject({
    code: z.enum([
      'wrong',
      'incomplete',
      'inconclusive',
      'no-verdict',
      'sample-failed',
      'error-bound',
      'model',
      'stale',
      'undated',
      'future',
    ]),
    message: z.string(),
  })
  .meta({ id: 'GateIssue', description: 'Why a result is held or rejected.' });
export type GateIssue = z.infer<typeof GateIssue>;

export const GateItem = z
  .strictObject({
    id: z.string(),
    decision: Decision,
    checked: z.boolean().describe('This very result was tested.'),
    basis: Basis,
    status: Status.nullable().describe('Null where it was not checked.'),
    reason: InconclusiveReason.nullable(),
    message: z.string(),
    issues: z.array(GateIssue),
    corrected: z
      .strictObject({
        output: Output.nullable(),
        stdout: z.string().nullable(),
        divergence: Divergence.nullable(),
        correction: Correction.nullable(),
        witness: Witness.nullable(),
      })
      .nullable()
      .describe('What is true, where the result is wrong.'),
    program: z.string().describe('SHA-256 of the program, in canonical JSON.'),
    claim: z.string().describe('SHA-256 of the claim, in canonical JSON.'),
    evidence: z.string().nullable(),
    stamp: Stamp.nullable(),
  })
  .meta({ id: 'GateItem' });
export type GateItem = z.infer<typeof GateItem>;

export const ErrorBound = z
  .strictObject({
    population: z.int().describe('Results that the choice was made from.'),
    checked: z.int(),
    failed: z.int().describe('Checked ones that are not verified.'),
    confidence: z.number(),
    unchecked: z.int(),
    at_most: z.int().describe('With this confidence, no more of the unchecked ones would fail.'),
    share: z.number().describe('`at_most` / `unchecked`; 0 where all were checked.'),
  })
  .meta({ id: 'ErrorBound', description: 'What a spot check says about the results that were not checked.' });
export type ErrorBound = z.infer<typeof ErrorBound>;

export const GateResponse = z
  .strictObject({
    decision: Decision.describe('The worst of the items.'),
    items: z.array(GateItem).describe('In the order of the results.'),
    error_bound: ErrorBound.nullable().describe('Null without a spot check.'),
    policy: z.string().describe('SHA-256 of the policy, in canonical JSON.'),
    receipt: Receipt.nullable(),
  })
  .meta({ id: 'GateResponse' });
export type GateResponse = z.infer<typeof GateResponse>;
