import type { DivergenceKind } from '../../core/divergence.ts';
import type { InconclusiveReason } from '../../core/verdict.ts';

/** Stable codes: one for each way a claim can be wrong. A code is never given another meaning. */
export const DIVERGENCE_CODES: Readonly<Record<DivergenceKind, string>> = {
  format: 'AS100',
  value: 'AS101',
  keys: 'AS102',
  argument: 'AS103',
  action: 'AS104',
  event: 'AS105',
  short: 'AS106',
  extra: 'AS107',
};

/** Refuted without a divergence of frames, as by a witness. */
export const REFUTED_CODE = 'AS108';

/** Stable codes: one for each reason why nothing can be said. */
export const INCONCLUSIVE_CODES: Readonly<Record<InconclusiveReason, string>> = {
  budget: 'AS201',
  memory: 'AS202',
  unsupported: 'AS203',
  platform: 'AS204',
  nondeterministic: 'AS205',
  'solver-unknown': 'AS206',
  tampered: 'AS207',
  bounded: 'AS208',
  vacuous: 'AS209',
};

/** Inconclusive, and no reason is given. */
export const INCONCLUSIVE_CODE = 'AS200';
