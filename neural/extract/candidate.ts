import type { Claim } from '../../core/claim.ts';
import type { ClaimedTrace } from '../../core/trace.ts';

/** A claim that stands somewhere in a completion. Offsets are into the segment that it was found in. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  /** It says itself that it is whole: a trace that leaves its entry, an answer with its closing tag. */
  readonly complete: boolean;
  readonly claim: Claim;
  /** The claim's trace, where looking for it has read all of it. */
  readonly parsed?: ClaimedTrace;
}

/** Finds claims of one form in a piece of a completion, in order. Linear in the text, and never throws. */
export interface Extractor {
  /** What it finds. */
  readonly kind: 'trace' | 'output';
  /**
   * @param text a piece of a completion: the inside of a fenced block, or what is outside of them
   * @param lines physical lines of the program that the completion is about
   */
  find(text: string, lines: readonly string[]): Iterable<Candidate>;
}
