import type { Problem } from '../../core/fault.ts';
import type { VerifyResponse } from '../../core/verdict.ts';
import type { Finding, PatchedFunction, PatchResponse } from '../check/patch-request.ts';

/** What a claim was read from, for people. */
export interface Subject {
  /** Path, or `<stdin>`; with `#n` for the n-th of several claims in one file. */
  readonly name: string;
  /** Source of the program that the claim is about. */
  readonly source: string | null;
  /** The file that holds the program's text, its line 1 `lineOffset` lines down; null where no file does. */
  readonly program: { readonly name: string; readonly lineOffset: number } | null;
}

/** A verdict, or why a claim got none. */
export type ClaimResult =
  | { readonly subject: Subject; readonly response: VerifyResponse }
  | { readonly subject: Subject; readonly problem: Problem };

/** A verdict, why a claim got none, or what a comparison of two versions found. */
export type Result =
  | ClaimResult
  | { readonly subject: Subject; readonly finding: Finding }
  | { readonly subject: Subject; readonly compared: PatchedFunction };

/** What a reader of text can see. */
export interface View {
  readonly style: Style;
  /** Columns. */
  readonly width: number;
  /** Leave out what is right. */
  readonly quiet: boolean;
}

/** Marks a piece of text; colour never carries what the text does not say. */
export type Mark = 'wrong' | 'right' | 'unsure' | 'strong' | 'faint';
export type Style = (mark: Mark, text: string) => string;

/** One output format: what is written for each result in turn, and at the end. */
export interface Renderer {
  result(result: Result, index: number): string;
  end(summary: Summary | PatchResponse['summary']): string;
}

/** Counts of results by what came of them; `errors` are claims that got no verdict. */
export interface Summary {
  readonly items: number;
  readonly verified: number;
  readonly corrected: number;
  readonly refuted: number;
  readonly incomplete: number;
  readonly inconclusive: number;
  readonly errors: number;
}
