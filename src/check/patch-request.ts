import { z } from 'zod';
import { byName } from '../../core/names.ts';
import { PythonVersion } from '../../core/program.ts';
import { Stamp } from '../../core/stamp.ts';

const Path = z
  .string()
  .min(1)
  .max(512)
  .refine((path) => !/^\/|\\|\0/.test(path) && !path.split('/').some((part) => part === '..' || part === '__proto__'), {
    message: 'must be a relative path with `/` and without `..`',
  });

/** Files of one version by path. */
const Version = z.strictObject({
  files: byName(Path).describe('Path → text: the changed modules, and what they import from the same repository.'),
});

export const PatchClaim = z
  .strictObject({
    file: Path.describe('The module that the call is made in.'),
    call: z.string().min(1).max(10_000).describe('One call, with the module’s names in reach.'),
    returns: z.string().optional().describe('Repr of what it returns.'),
    raises: z.string().optional().describe('Type name of the exception that it raises.'),
    message: z.string().optional(),
    stdout: z.string().optional(),
    line: z.int().min(1).optional().describe('Where the claim stands, for reports.'),
    source: z.string().optional().describe('File in which the claim stands, for reports.'),
  })
  .refine((claim) => claim.returns !== undefined || claim.raises !== undefined || claim.stdout !== undefined, {
    message: 'a claim says what the call returns, raises or prints',
  })
  .meta({ id: 'PatchClaim' });
export type PatchClaim = z.infer<typeof PatchClaim>;

export const PatchTest = z
  .strictObject({ file: Path.describe('A pytest-style file of the head version.'), only: z.string().optional() })
  .or(z.strictObject({ module: Path, call: z.string().min(1).max(10_000).describe('Passes where it does not raise.') }))
  .meta({ id: 'PatchTest' });
export type PatchTest = z.infer<typeof PatchTest>;

export const PatchOptions = z
  .strictObject({
    python: PythonVersion.default('3.14'),
    seed: z.int().min(0).max(0xffff_ffff).default(0).describe('Inputs are drawn by it.'),
    inputs: z.int().min(0).max(10_000).default(160).describe('Inputs that are tried on each changed function.'),
    ms: z
      .int()
      .min(0)
      .max(3_600_000)
      .default(45_000)
      .describe('Milliseconds after which no further input is tried: functions that are left are unknown.'),
    proofs: z
      .boolean()
      .default(true)
      .describe('Try to prove that a function behaves as before where no input shows otherwise.'),
    doctests: z.boolean().default(true).describe('Test the examples in docstrings of the new version.'),
  })
  .meta({ id: 'PatchOptions' });
export type PatchOptions = z.infer<typeof PatchOptions>;

export const PatchRequest = z
  .strictObject({
    base: Version,
    head: Version,
    renames: byName(Path).optional().describe('New path → old path.'),
    only: z.array(Path).optional().describe('Paths to look at; by default all that differ.'),
    claims: z.array(PatchClaim).max(10_000).default([]),
    tests: z.array(PatchTest).max(200).default([]),
    options: PatchOptions.optional(),
  })
  .meta({ id: 'PatchRequest' });
/** As a caller writes it. */
export type PatchRequest = z.input<typeof PatchRequest>;

export const LEVELS = ['error', 'warning', 'note'] as const;
export type Level = (typeof LEVELS)[number];

/** A step on the way to what a finding tells of. */
export const FlowStep = z.strictObject({ path: z.string(), line: z.int().min(1), text: z.string() });
export type FlowStep = z.infer<typeof FlowStep>;

export const Finding = z
  .strictObject({
    code: z.string().describe('Stable code, `assay explain CODE`.'),
    level: z.enum(LEVELS).describe('`error` is wrong; `warning` has to be looked at; `note` is neither.'),
    path: z.string().describe('File of the new version; of the old one where it is gone.'),
    line: z.int().min(1).nullable(),
    function: z.string().nullable(),
    message: z.string(),
    notes: z.array(z.string()),
    help: z.string().nullable(),
    flow: z.array(FlowStep).describe('The calls that lead to it.'),
    fingerprint: z.string().describe('The same for the same finding, wherever it moves in its file.'),
  })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof Finding>;

export const Effect = z.strictObject({
  ends: z.string().describe("How the call ends, in words: `returns 3`, `raises KeyError: 'k'`."),
  arguments: z.array(z.string()).describe('`self` and arguments after the call.'),
  stdout: z.string(),
});

export const PatchedFunction = z
  .strictObject({
    path: z.string(),
    name: z.string(),
    line: z.int().min(1),
    behaviour: z.enum(['same', 'differs', 'unknown', 'added', 'removed']),
    reason: z.string().nullable().describe('Why it is unknown.'),
    message: z.string(),
    inputs: z.int().min(0).describe('Inputs that were compared.'),
    witness: z
      .strictObject({ calls: z.array(z.string()), kind: z.string(), base: Effect, head: Effect })
      .nullable()
      .describe('The smallest input found, replayed alone on both sides.'),
    proof: z
      .strictObject({
        parameters: z.array(z.string()).describe('Parameters with their types: what is proved of.'),
        bounds: z
          .array(z.string())
          .describe('What is left out, such as `len(xs) <= 5`: no longer ones were looked at.'),
        paths: z.int().min(0),
      })
      .nullable()
      .describe('What a proof that both behave the same covers.'),
  })
  .meta({ id: 'PatchedFunction' });
export type PatchedFunction = z.infer<typeof PatchedFunction>;

export const PatchResponse = z
  .strictObject({
    findings: z.array(Finding),
    functions: z.array(PatchedFunction).describe('Every changed function, and what is known about it.'),
    summary: z.strictObject({
      files: z.int(),
      functions: z.int(),
      same: z.int(),
      differs: z.int(),
      unknown: z.int(),
      claims: z.int(),
      claims_refuted: z.int(),
      tests: z.int(),
      tests_failed: z.int(),
      errors: z.int(),
      warnings: z.int(),
      notes: z.int(),
      inconclusive: z.int().describe('Modules, functions and claims of which nothing could be said.'),
    }),
    stamp: Stamp,
    runs: z.int().describe('Runs of the interpreter that it took.'),
  })
  .meta({ id: 'PatchResponse' });
export type PatchResponse = z.infer<typeof PatchResponse>;
