import { z } from 'zod';

export const DIVERGENCE_KINDS = ['format', 'event', 'action', 'keys', 'value', 'argument', 'short', 'extra'] as const;
export const DivergenceKind = z.enum(DIVERGENCE_KINDS);
export type DivergenceKind = z.infer<typeof DivergenceKind>;

export const DivergenceFamily = z.enum(['format', 'control', 'state']);
export type DivergenceFamily = z.infer<typeof DivergenceFamily>;

const FAMILIES: Record<DivergenceKind, DivergenceFamily> = {
  format: 'format',
  event: 'control',
  action: 'control',
  short: 'control',
  extra: 'control',
  keys: 'state',
  value: 'state',
  argument: 'state',
};

/** Control errors take another path; state errors take the right one with a wrong value. */
export function familyOf(kind: DivergenceKind): DivergenceFamily {
  return FAMILIES[kind];
}

export const VariableDifference = z
  .strictObject({
    name: z.string().describe('A local, or `return`, `exception`, `stdout` for what is no variable.'),
    type: z
      .string()
      .nullable()
      .describe('Python type of the observed value, as far as its repr tells; null where nothing was observed.'),
    predicted: z.string().nullable().describe('Null where the claim lacks this name.'),
    observed: z.string().nullable().describe('Null where the program lacks this name.'),
  })
  .meta({ id: 'VariableDifference' });
export type VariableDifference = z.infer<typeof VariableDifference>;

export const Divergence = z
  .strictObject({
    frame: z.int().min(0).describe('0-based index of the first claimed frame that does not hold.'),
    line: z.int().min(1).nullable().describe('Line of the true frame at that position.'),
    function: z.string().nullable(),
    kind: DivergenceKind,
    family: DivergenceFamily,
    variables: z.array(VariableDifference),
    predicted: z.string().nullable().describe('The claimed event, source line or value, where the kind speaks of one.'),
    observed: z.string().nullable(),
    span: z
      .strictObject({ start: z.int().min(0), end: z.int().min(0) })
      .nullable()
      .describe('Character offsets of the claimed frame in the claim’s text.'),
    message: z.string(),
  })
  .meta({ id: 'Divergence', description: 'The first frame that differs, and how.' });
export type Divergence = z.infer<typeof Divergence>;
