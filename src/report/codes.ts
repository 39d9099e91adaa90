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

/** What a code means, in a few words: the title of its page under `docs/codes/`. */
export const CODE_TITLES: Readonly<Record<string, string>> = {
  AS100: 'The claim’s text does not parse',
  AS101: 'A variable has another value',
  AS102: 'Other variables exist',
  AS103: 'Another returned value, exception or output',
  AS104: 'Another line runs',
  AS105: 'Another event',
  AS106: 'The claim stops early',
  AS107: 'The claim goes on after the end',
  AS108: 'Refuted by a witness',
  AS200: 'Nothing was shown',
  AS201: 'The run used up its budget',
  AS202: 'The run ran out of memory',
  AS203: 'Something is needed that is not here',
  AS204: 'It depends on the platform',
  AS205: 'It depends on more than its input',
  AS206: 'The solver does not know',
  AS207: 'The program tampers with its own observation',
  AS208: 'It holds within bounds only',
  AS209: 'Nothing fits what the claim requires',
  AS301: 'The function behaves otherwise',
  AS302: 'A claim about the patch is refuted',
  AS303: 'A test fails after the patch',
  AS304: 'A test passed before the patch',
  AS305: 'No test needs this hunk',
  AS306: 'A difference that no failing test asked for',
  AS307: 'The function raises where it returned',
  AS308: 'The function does not end any more',
  AS309: 'Calls may fail: the signature changed',
  AS310: 'A default changed',
  AS311: 'The code reaches outside its values now',
  AS312: 'The module cannot be run here',
  AS313: 'A new raise statement',
  AS314: 'Nothing is known about the function',
  AS315: 'The module does not compile',
  AS316: 'The module does not import any more',
  AS317: 'The code tampers with its own observation',
  AS318: 'Nothing was shown about the claim',
};
