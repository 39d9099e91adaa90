import type { TermValue } from '../terms/value.ts';
import type { UnknownReason } from './solver.ts';

/** What an engine said to a problem in SMT-LIB's terms, not yet checked. */
export type RawAnswer = { readonly rlimit: number } /** Values in the order of the problem's variables. */ & (
  | { readonly status: 'sat'; readonly values: readonly TermValue[] }
  /** Places of the labelled assertions that cannot hold together. */
  | { readonly status: 'unsat'; readonly core: readonly number[] }
  | { readonly status: 'unknown'; readonly reason: UnknownReason }
);

/** Z3's words for why it gave up, as ours. */
export function reasonOf(words: string): UnknownReason {
  if (/memory|memout/i.test(words)) return 'memory';
  if (/timeout/i.test(words)) return 'timeout';
  return /cancel|resource|rlimit|interrupted/i.test(words) ? 'rlimit' : 'incomplete';
}
