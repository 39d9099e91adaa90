import { z } from 'zod';
import { byName } from './names.ts';

const Line = z.int().min(1);
const Repr = z.string().describe('A Python repr.');

/**
 * A frame of a JSON trace as a model wrote it. Its inside is the model's word, so that a wrong one is a verdict and not
 * a broken request: `neural/formats/json.ts` reads it.
 */
const ModelFrame = z.unknown().meta({
  description:
    'A trace frame: `{"event": "call|line|return|exception", "line": 3, "function": "f", "source": "…", "locals": {"x": "3"}, "arg": "4"}`.',
});

const CwmTraceClaim = z.strictObject({
  kind: z.literal('trace'),
  format: z.literal('cwm').describe('CWM trace text, tagged or with its special tokens stripped.'),
  text: z.string(),
});
const CwmIdsTraceClaim = z.strictObject({
  kind: z.literal('trace'),
  format: z.literal('cwm-ids'),
  tokens: z
    .array(z.union([z.int().min(0), z.string()]))
    .describe('Special tokens as ids, ordinary text decoded by the caller: `[128100, "text", …]`.'),
});
const JsonTraceClaim = z.strictObject({
  kind: z.literal('trace'),
  format: z.literal('json'),
  frames: z.array(ModelFrame),
});

export const TraceClaim = z
  .discriminatedUnion('format', [CwmTraceClaim, CwmIdsTraceClaim, JsonTraceClaim])
  .meta({ id: 'TraceClaim' });
export type TraceClaim = z.infer<typeof TraceClaim>;

export const SparseClaim = z
  .strictObject({
    kind: z.literal('sparse'),
    states: z
      .array(
        z.strictObject({
          line: Line,
          hit: Line.default(1).describe('The how-manieth time, from 1, that the line is about to run.'),
          locals: byName().describe('Name → repr of the locals that the claim speaks of; others may exist.'),
        }),
      )
      .min(1),
  })
  .meta({ id: 'SparseClaim' });
export type SparseClaim = z.infer<typeof SparseClaim>;

export const OutputClaim = z
  .strictObject({
    kind: z.literal('output'),
    returns: Repr.optional(),
    raises: z.string().optional().describe('Type name of the exception that leaves the entry.'),
    message: z.string().optional().describe('`str()` of that exception.'),
    stdout: z.string().optional(),
  })
  .refine((claim) => claim.returns !== undefined || claim.raises !== undefined || claim.stdout !== undefined, {
    message: 'an output claim says what the run returns, raises or prints',
  })
  .refine((claim) => claim.returns === undefined || claim.raises === undefined, {
    message: 'a run cannot both return and raise',
  })
  .meta({ id: 'OutputClaim' });
export type OutputClaim = z.infer<typeof OutputClaim>;

export const InputClaim = z
  .strictObject({
    kind: z.literal('input'),
    call: z.string().min(1).optional().describe('The proposed call. Without it an input is searched for.'),
    returns: Repr,
    function: z.string().optional(),
  })
  .meta({ id: 'InputClaim' });
export type InputClaim = z.infer<typeof InputClaim>;

export const PathClaim = z
  .strictObject({
    kind: z.literal('path'),
    line: Line.optional(),
    reached: z.boolean().optional(),
    lines: z.array(Line).min(1).optional().describe('The sequence of lines that the run goes through.'),
  })
  .refine((claim) => (claim.lines !== undefined) !== (claim.line !== undefined), {
    message: 'a path claim has either `line` with `reached`, or `lines`',
  })
  .refine((claim) => claim.line === undefined || claim.reached !== undefined, {
    path: ['reached'],
    message: 'say whether the line is reached',
  })
  .meta({ id: 'PathClaim' });
export type PathClaim = z.infer<typeof PathClaim>;

const ParameterTypes = byName().describe('Parameter → type, such as `{"x": "int"}`.');

export const AlwaysClaim = z
  .strictObject({
    kind: z.literal('always'),
    function: z.string(),
    params: ParameterTypes,
    requires: z.string().optional(),
    ensures: z.string(),
  })
  .meta({ id: 'AlwaysClaim' });

export const EquivalentClaim = z
  .strictObject({
    kind: z.literal('equivalent'),
    other: z.string().describe('Source of the second version.'),
    function: z.string(),
    params: ParameterTypes,
    except: z.string().optional(),
  })
  .meta({ id: 'EquivalentClaim' });

export const HaltsClaim = z.strictObject({ kind: z.literal('halts'), halts: z.boolean() }).meta({ id: 'HaltsClaim' });

/** What somebody says about a program. */
export const Claim = z
  .discriminatedUnion('kind', [
    TraceClaim,
    SparseClaim,
    OutputClaim,
    InputClaim,
    PathClaim,
    AlwaysClaim,
    EquivalentClaim,
    HaltsClaim,
  ])
  .meta({ id: 'Claim' });
export type Claim = z.infer<typeof Claim>;
