import type { Budget } from './budget.ts';
import type { ResolvedProgram, UnknownSource } from './program.ts';
import type { TermRef, TermTable, Variable } from './term.ts';

/**
 * A Python value as a tree. `term` stands where the value depends on the unknowns and the term is known; a leaf without
 * one is what it is for all inputs on this path, unless the run says that something was concretised.
 */
export type ShadowValue =
  | { readonly t: 'none' }
  | { readonly t: 'int'; readonly v: string; readonly term?: TermRef }
  | { readonly t: 'bool'; readonly v: boolean; readonly term?: TermRef }
  /** `chars` has a term or null a code point; it is left out where no code point has a term. */
  | { readonly t: 'str'; readonly v: string; readonly chars?: readonly (TermRef | null)[] }
  | { readonly t: 'float'; readonly v: string }
  | { readonly t: 'bytes'; readonly v: string }
  | { readonly t: 'list' | 'tuple' | 'set' | 'frozenset'; readonly items: readonly ShadowValue[] }
  | { readonly t: 'dict'; readonly items: readonly (readonly [ShadowValue, ShadowValue])[] }
  /** An instance with plain attributes. */
  | { readonly t: 'object'; readonly type: string; readonly items: readonly (readonly [string, ShadowValue])[] }
  /** Anything else, as its repr. */
  | { readonly t: 'opaque'; readonly type: string; readonly v: string };

/**
 * Which value an argument has, and that its leaves are unknowns: ints, bools and code points become variables. Keys of
 * dicts and elements of sets do not, they are part of its shape.
 */
export interface ShadowArgument {
  readonly name: string;
  readonly value: ShadowValue;
}

/** A run with terms beside its values. */
export interface ShadowRequest {
  readonly program: ResolvedProgram;
  /** Function to call, by its name in the module; left out, the call of the program's entry is used. */
  readonly function?: string;
  /** Arguments by name; left out, those of the entry's call. */
  readonly args?: readonly ShadowArgument[];
  /** Python expressions over the parameters that hold before the call; each is a condition of kind `requires`. */
  readonly requires?: readonly string[];
  /** Python expression over the parameters as they were before the call and `result`; its value is `ensured`. */
  readonly ensures?: string;
  /** Sources whose values are unknowns instead of the stated world's. */
  readonly unknown?: readonly UnknownSource[];
  /** Decimal values of draws from `random` and `clock`, such as `random#0`, in place of the world's; cut to their bounds. */
  readonly draws?: Readonly<Record<string, string>>;
  /** The arguments are no unknowns. */
  readonly concrete?: boolean;
  readonly budget: Budget;
}

/** A decision of the run that depends on the unknowns. */
export interface PathCondition {
  /**
   * `branch`: the program decided. `requires`: the caller's precondition. `assumption`: the run holds only for inputs that
   * meet it, see `restriction`; what does not meet it was not looked at.
   */
  readonly kind: 'branch' | 'requires' | 'assumption';
  readonly line: number;
  /** From 1, in characters; line and column are 0 where the condition has no place in the source. */
  readonly column: number;
  /** The condition as Python over the program's own names, such as `n % 3 == 0`. */
  readonly text: string;
  /** Its value in this run. */
  readonly taken: boolean;
  /** The condition itself: where `taken` is false its negation holds on this path. */
  readonly term: TermRef;
  /** How many entries of {@link ShadowRun.lines} there were when it was decided. */
  readonly at: number;
  /** For an assumption: what is assumed, such as `ascii` or `|x| < 2**64`. */
  readonly restriction?: string;
}

/** A place where a value's term was dropped: what follows is right for this run's input only. */
export interface Concretised {
  readonly line: number;
  readonly column: number;
  /** The operation without a rule, such as `float.__add__` or `re.match`. */
  readonly construct: string;
}

export type ShadowOutcome =
  | { readonly kind: 'returned'; readonly value: ShadowValue; readonly repr: string }
  | { readonly kind: 'raised'; readonly type: string; readonly message: string; readonly messageTerms?: ShadowValue }
  | { readonly kind: 'halted'; readonly reason: string; readonly detail: string };

/** What a shadow run saw. `halted` has the reasons of a replay besides `engine` (our own fault) and `budget`. */
export interface ShadowRun {
  readonly variables: readonly Variable[];
  readonly terms: TermTable;
  /** In the order of the run. */
  readonly conditions: readonly PathCondition[];
  readonly concretised: readonly Concretised[];
  /** Lines of the statements as they were begun, loop heads each time they are asked; the entry's call on. */
  readonly lines: readonly number[];
  readonly outcome: ShadowOutcome;
  /** The arguments before the call, as `args` of a request takes them. */
  readonly args: readonly ShadowArgument[];
  /** The arguments after the call, which may have changed them, in their order. */
  readonly after: readonly ShadowArgument[];
  readonly stdout: ShadowValue;
  /** Value of `ensures`, as a truth value, with its term; null where it was not asked or raised an exception. */
  readonly ensured: ShadowValue | null;
  /** Where `ensures` raised: the exception. */
  readonly ensuresRaised?: string;
}
