import type { Sort, TermRef, TermTable } from '../../core/term.ts';
import type { Assignment } from '../terms/value.ts';

/** An unknown and the values that it may take, as `Variable` of `core/term.ts` says; a run's value is not asked for. */
export interface QueryVariable {
  readonly name: string;
  readonly sort: Sort;
  /** Decimal; null is none. */
  readonly least: string | null;
  readonly greatest: string | null;
}

/** A term that has to hold, or not to hold. */
export interface Assertion {
  readonly term: TermRef;
  /** False asserts the negation. */
  readonly holds: boolean;
  /** Where the answer is `unsat`, its core names the labels that it needs; without one a term is part of no core. */
  readonly label?: string;
}

/** Is there an assignment, within the variables' bounds, under which all assertions hold? */
export interface Query {
  readonly terms: TermTable;
  /** Every variable that the assertions speak of. Others may be among them: the model gives them a value too. */
  readonly variables: readonly QueryVariable[];
  readonly assertions: readonly Assertion[];
  /**
   * Width at which `&` of two unknowns is looked at where their bounds do not say how wide they are: 1 … 512, and
   * {@link DEFAULT_BITS} where it is left out. What this leaves out is a restriction of the answer.
   */
  readonly bits?: number;
}

export const DEFAULT_BITS = 32;

/** What a check may use up. */
export interface CheckOptions {
  /** Z3's own count of work, the same on every machine: about a million a second in WebAssembly. */
  readonly rlimit: number;
  /** Milliseconds of wall clock from the begin of the work; the last fence, so give it room. */
  readonly ms: number;
  readonly signal?: AbortSignal;
}

export const DEFAULT_CHECK: CheckOptions = { rlimit: 1_000_000, ms: 10_000 };

/**
 * Why there is no answer: the work or the time was used up, the solver ran out of memory or died, the terms are too many or
 * too large for it, or it gave up by itself (`incomplete`, as on most products of unknowns).
 */
export type UnknownReason = 'rlimit' | 'timeout' | 'memory' | 'crashed' | 'size' | 'incomplete';

interface AnswerBase {
  /** Work that was done, in the unit of {@link CheckOptions.rlimit}. */
  readonly rlimit: number;
  /** Milliseconds that it took. */
  readonly ms: number;
  /** Name and version of what answered, such as `z3-wasm 5.1.0.0`. */
  readonly engine: string;
  /**
   * What was assumed beyond the query, as Python. `sat` is right all the same, as its model meets the query; `unsat` with
   * a restriction speaks of the inputs that meet it and of no others.
   */
  readonly restrictions: readonly string[];
}

export type SolverAnswer =
  /** The model has a value for each variable of the query, and meets it: it was evaluated. */
  | (AnswerBase & { readonly status: 'sat'; readonly model: Assignment })
  /** The core: labels of assertions that cannot hold together, in their order. */
  | (AnswerBase & { readonly status: 'unsat'; readonly core: readonly string[] })
  | (AnswerBase & { readonly status: 'unknown'; readonly reason: UnknownReason });

/**
 * Decides queries. The same query with the same rlimit gets the same answer, model and rlimit included, unless the answer
 * is `timeout`, `crashed` or `memory`.
 */
export interface Solver {
  /**
   * @throws TermError where the query's terms are none (`symbolic/terms/table.ts`); the signal's reason where it fires; what
   *   else is thrown is our own fault. A solver that fails answers `unknown`.
   */
  check(query: Query, options: CheckOptions): Promise<SolverAnswer>;
}
