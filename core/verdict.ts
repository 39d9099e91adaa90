import { z } from 'zod';
import { Budget } from './budget.ts';
import { Claim } from './claim.ts';
import { Divergence } from './divergence.ts';
import { Metrics } from './metrics.ts';
import { Program, World } from './program.ts';
import { Stamp } from './stamp.ts';

export const STATUSES = ['verified', 'corrected', 'refuted', 'incomplete', 'inconclusive'] as const;
export const Status = z.enum(STATUSES).meta({
  id: 'Status',
  description:
    '`corrected` = refuted, with the true states; `incomplete` = right as far as it goes, never a pass; `inconclusive` = neither proved nor refuted, see `reason`.',
});
export type Status = z.infer<typeof Status>;

export const INCONCLUSIVE_REASONS = [
  'budget',
  'memory',
  'unsupported',
  'platform',
  'nondeterministic',
  'solver-unknown',
  'tampered',
  'bounded',
  'vacuous',
] as const;
export const InconclusiveReason = z.enum(INCONCLUSIVE_REASONS);
export type InconclusiveReason = z.infer<typeof InconclusiveReason>;

export const VerifyOptions = z
  .strictObject({
    correction: z.boolean().default(true).describe('Return the true states where the claim is wrong.'),
    path: z.enum(['off', 'check']).default('off').describe('Check whether the claimed path is possible at all.'),
    bounded: z
      .enum(['reject', 'accept'])
      .default('reject')
      .describe('Whether what holds only within bounds counts as verified.'),
    cross_check: z
      .boolean()
      .default(false)
      .describe('Run the program again untraced, and in another world: what it does must not depend on either.'),
    stop_at_divergence: z
      .boolean()
      .optional()
      .describe(
        'End a long run soon after the first frame of a trace claim that does not hold. Counts, metrics and correction then speak of the true frames up to there.',
      ),
    budget: Budget.partial().optional(),
  })
  .meta({ id: 'VerifyOptions' });
export type VerifyOptions = z.infer<typeof VerifyOptions>;

export const VerifyRequest = z
  .strictObject({
    program: Program.optional().describe('May be left out where the claim’s CWM text starts with the prompt.'),
    claim: Claim,
    options: VerifyOptions.optional(),
  })
  .meta({ id: 'VerifyRequest' });
export type VerifyRequest = z.infer<typeof VerifyRequest>;

export const Correction = z
  .discriminatedUnion('format', [
    z.strictObject({ from: z.int().min(0), format: z.literal('cwm'), text: z.string() }),
    z.strictObject({
      from: z.int().min(0),
      format: z.literal('json'),
      frames: z.array(z.record(z.string(), z.unknown())),
    }),
  ])
  .meta({ id: 'Correction', description: 'The true frames from the first divergence on, in the claim’s format.' });
export type Correction = z.infer<typeof Correction>;

/** What the run did in the end. */
export const Output = z
  .strictObject({
    returns: z.string().optional(),
    raises: z.string().optional(),
    message: z.string().optional(),
  })
  .meta({ id: 'Output' });
export type Output = z.infer<typeof Output>;

export const Witness = z
  .strictObject({
    call: z.string(),
    expected: z.string().nullable(),
    observed: z.string().nullable(),
    other: z.string().nullable(),
    world: World.optional().describe('Where parts of the world are unknown: one that shows it.'),
  })
  .meta({ id: 'Witness', description: 'An input that shows it, always replayed.' });
export type Witness = z.infer<typeof Witness>;

export const PathAnswer = z
  .strictObject({
    status: z.enum(['taken', 'feasible', 'infeasible', 'unknown']),
    reason: z.string().nullable(),
    exact: z.boolean(),
    conditions: z
      .array(z.strictObject({ line: z.int(), text: z.string(), taken: z.boolean() }))
      .describe('What the run decided that depends on its arguments, in its order.'),
    witness: z
      .strictObject({ call: z.string() })
      .nullable()
      .describe('Where it is `feasible`: an input that goes the claimed way. It was replayed.'),
    core: z.array(z.int()).describe('Where it is `infeasible`: lines whose conditions clash.'),
    explanation: z.string().nullable().describe('The decision at which the run leaves the claimed way.'),
  })
  .meta({
    id: 'PathAnswer',
    description:
      'Whether the claimed way is possible: `taken` by this input, `feasible` for another one, `infeasible` for every input.',
  });
export type PathAnswer = z.infer<typeof PathAnswer>;

export const Proof = z
  .strictObject({
    bounds: z.array(z.string()).describe('What was left out, such as `len(s) <= 6`; empty: nothing.'),
    restrictions: z.array(z.string()).describe('Assumptions, such as `ascii`; empty: none.'),
    paths: z.int().min(0),
    complete: z.boolean().describe('Every input within the bounds and restrictions takes one of the paths.'),
    certificate: z
      .string()
      .nullable()
      .describe('Of `halts`: the measure that goes down, or the states that are never left.'),
    smtlib: z.string().describe('The solver’s queries as SMT-LIB 2, each with the answer that is expected.'),
  })
  .meta({ id: 'Proof', description: 'What a statement about all inputs rests on.' });
export type Proof = z.infer<typeof Proof>;

export const Timings = z
  .strictObject({
    queue: z.number(),
    replay: z.number(),
    compare: z.number(),
    path: z.number(),
    total: z.number(),
  })
  .meta({ id: 'Timings', description: 'Milliseconds.' });
export type Timings = z.infer<typeof Timings>;

export const VerifyResponse = z
  .strictObject({
    status: Status,
    kind: z.string(),
    frames: z.strictObject({
      claimed: z.int().min(0),
      true: z.int().min(0),
      matched: z.int().min(0),
      stepped_over: z.int().min(0).describe('True frames of calls that the claim steps over.'),
    }),
    divergence: Divergence.nullable(),
    correction: Correction.nullable(),
    metrics: Metrics,
    path: PathAnswer.nullable(),
    witness: Witness.nullable(),
    proof: Proof.nullable(),
    output: Output.nullable().describe('How the true run ends; null where it was not run to its end.'),
    stdout: z.string().nullable(),
    reason: InconclusiveReason.nullable(),
    message: z.string().describe('The verdict in a sentence.'),
    stamp: Stamp,
    evidence: z.string().describe('SHA-256 of program, claim, options, verdict and stamp.'),
    timings_ms: Timings,
  })
  .meta({ id: 'VerifyResponse' });
export type VerifyResponse = z.infer<typeof VerifyResponse>;
