import type { ShadowArgument, ShadowOutcome, ShadowRun, ShadowValue } from '../../core/shadow.ts';
import type { TermRef } from '../../core/term.ts';
import type { TermBuilder } from '../terms/builder.ts';

/**
 * Where two values, or two runs, differ: nowhere; on all inputs of these paths; exactly where a condition holds; or it
 * cannot be said, since a part has no term language.
 */
export type Difference =
  | { readonly kind: 'same' }
  | { readonly kind: 'always'; readonly what: string }
  | { readonly kind: 'where'; readonly ref: TermRef; readonly what: string }
  | { readonly kind: 'unknown'; readonly what: string };

/** A run whose terms were brought into the exploration's table. */
export interface Imported {
  readonly run: ShadowRun;
  /** Row of the run's own table → ref in the exploration's. */
  readonly refs: readonly TermRef[];
}

/** Brings a run's terms into a builder: for each row of its table the ref there. */
export function adoptTerms(builder: TermBuilder, run: ShadowRun): TermRef[] {
  return builder.adopt(run.terms, new Map(run.variables.map(({ name, sort }) => [name, sort])));
}

const SAME: Difference = { kind: 'same' };

/** Deeper values are compared no further. */
const DEEPEST = 200;

/** Compares values of two runs: by type and content, all the way down, as their reprs would. */
class ValueComparison {
  readonly #builder: TermBuilder;
  readonly #refsA: readonly TermRef[];
  readonly #refsB: readonly TermRef[];

  constructor(builder: TermBuilder, refsA: readonly TermRef[], refsB: readonly TermRef[]) {
    this.#builder = builder;
    this.#refsA = refsA;
    this.#refsB = refsB;
  }

  compare(a: ShadowValue, b: ShadowValue, what: string, depth = 0): Difference {
    if (depth > DEEPEST) return { kind: 'unknown', what };
    if (a.t !== b.t) return { kind: 'always', what };
    switch (a.t) {
      case 'none':
        return SAME;
      case 'int':
        return b.t === 'int' ? this.#leaf(this.#integer(a, this.#refsA), this.#integer(b, this.#refsB), what) : SAME;
      case 'bool':
        return b.t === 'bool' ? this.#leaf(this.#truth(a, this.#refsA), this.#truth(b, this.#refsB), what) : SAME;
      case 'str':
        return b.t === 'str' ? this.#text(a, b, what) : SAME;
      case 'float':
      case 'bytes':
        return 'v' in b && a.v === b.v ? SAME : { kind: 'always', what };
      case 'list':
      case 'tuple':
        return 'items' in b && b.t === a.t ? this.#items(a.items, b.items, what, depth) : SAME;
      case 'set':
      case 'frozenset':
        return b.t === 'set' || b.t === 'frozenset' ? this.#sets(a.items, b.items, what) : SAME;
      case 'dict':
        return b.t === 'dict' ? this.#items(a.items.flat(), b.items.flat(), what, depth) : SAME;
      case 'object':
        return b.t === 'object' ? this.#objects(a, b, what, depth) : SAME;
      case 'opaque':
        return { kind: 'unknown', what };
    }
  }

  #integer(value: Extract<ShadowValue, { t: 'int' }>, refs: readonly TermRef[]): TermRef {
    const ref = value.term === undefined ? undefined : refs[value.term];
    return ref ?? this.#builder.constant(BigInt(value.v));
  }

  #truth(value: Extract<ShadowValue, { t: 'bool' }>, refs: readonly TermRef[]): TermRef {
    const ref = value.term === undefined ? undefined : refs[value.term];
    return ref ?? this.#builder.truth(value.v);
  }

  #leaf(a: TermRef, b: TermRef, what: string): Difference {
    return this.#where(this.#unequal(a, b), what);
  }

  #unequal(a: TermRef, b: TermRef): TermRef {
    return this.#builder.holding(this.#builder.apply('eq', a, b), false);
  }

  #where(ref: TermRef, what: string): Difference {
    const known = this.#builder.valueOf(ref);
    if (known === undefined) return { kind: 'where', ref, what };
    return known ? { kind: 'always', what } : SAME;
  }

  #text(a: Extract<ShadowValue, { t: 'str' }>, b: Extract<ShadowValue, { t: 'str' }>, what: string): Difference {
    const charsA = this.#codePoints(a, this.#refsA);
    const charsB = this.#codePoints(b, this.#refsB);
    if (charsA.length !== charsB.length) return { kind: 'always', what };
    const unequal = charsA.map((char, index) => this.#unequal(char, charsB[index] ?? char));
    return this.#where(this.#builder.any(unequal), what);
  }

  #codePoints(value: Extract<ShadowValue, { t: 'str' }>, refs: readonly TermRef[]): TermRef[] {
    return Array.from(value.v, (character, index) => {
      const term = value.chars?.[index];
      const ref = term === undefined || term === null ? undefined : refs[term];
      return ref ?? this.#builder.constant(BigInt(character.codePointAt(0) ?? 0));
    });
  }

  #items(a: readonly ShadowValue[], b: readonly ShadowValue[], what: string, depth: number): Difference {
    if (a.length !== b.length) return { kind: 'always', what };
    return this.all(
      a.map((item, index) => this.compare(item, b[index] ?? item, what, depth + 1)),
      what,
    );
  }

  /** Members with terms could meet in any order, so only sets without any are compared. */
  #sets(a: readonly ShadowValue[], b: readonly ShadowValue[], what: string): Difference {
    if (a.length !== b.length) return { kind: 'always', what };
    if (![...a, ...b].every(isConcrete)) return { kind: 'unknown', what };
    const key = (items: readonly ShadowValue[]) =>
      items
        .map((item) => JSON.stringify(item))
        .sort()
        .join();
    return key(a) === key(b) ? SAME : { kind: 'always', what };
  }

  #objects(
    a: Extract<ShadowValue, { t: 'object' }>,
    b: Extract<ShadowValue, { t: 'object' }>,
    what: string,
    depth: number,
  ): Difference {
    const names = (value: typeof a) => value.items.map(([name]) => name).join('\0');
    if (a.type !== b.type || names(a) !== names(b)) return { kind: 'always', what };
    const values = (value: typeof a) => value.items.map(([, item]) => item);
    return this.#items(values(a), values(b), what, depth);
  }

  /** The difference of a whole from those of its parts. */
  all(parts: readonly Difference[], what: string): Difference {
    const always = parts.find((part) => part.kind === 'always');
    if (always !== undefined) return always;
    const unknown = parts.find((part) => part.kind === 'unknown');
    if (unknown !== undefined) return unknown;
    const where = parts.filter((part) => part.kind === 'where');
    const [first, ...others] = where;
    if (first === undefined) return SAME;
    if (others.length === 0) return first;
    return this.#where(this.#builder.any(where.map((part) => part.ref)), what);
  }
}

/** Whether a value is the same for all inputs, as far as its terms tell. */
export function isConcrete(value: ShadowValue): boolean {
  switch (value.t) {
    case 'int':
    case 'bool':
      return value.term === undefined;
    case 'str':
      return value.chars === undefined || value.chars.every((term) => term === null);
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      return value.items.every(isConcrete);
    case 'dict':
      return value.items.every(([key, item]) => isConcrete(key) && isConcrete(item));
    case 'object':
      return value.items.every(([, item]) => isConcrete(item));
    case 'none':
    case 'float':
    case 'bytes':
    case 'opaque':
      return true;
  }
}

/** Where a value of one run differs from a value without terms. */
export function differenceFrom(
  builder: TermBuilder,
  a: Imported,
  value: ShadowValue,
  expected: ShadowValue,
): Difference {
  return new ValueComparison(builder, a.refs, []).compare(value, expected, 'the result');
}

/** Messages of no exception. */
const NO_MESSAGES: ReadonlySet<string> = new Set();

/**
 * Where two runs behave differently: the returned value and its type, the type of an exception, the arguments afterwards,
 * what was printed.
 *
 * @param messagesOf types of exceptions whose messages are compared as well
 */
export function behaviourDifference(
  builder: TermBuilder,
  a: Imported,
  b: Imported,
  messagesOf: ReadonlySet<string> = NO_MESSAGES,
): Difference {
  const comparison = new ValueComparison(builder, a.refs, b.refs);
  return comparison.all(
    [
      outcomeDifference(comparison, a.run.outcome, b.run.outcome, messagesOf),
      comparison.compare(a.run.stdout, b.run.stdout, 'what is printed'),
      ...a.run.after.map((argument, index) => argumentDifference(comparison, argument, b.run.after[index])),
    ],
    'what the call does',
  );
}

function outcomeDifference(
  comparison: ValueComparison,
  a: ShadowOutcome,
  b: ShadowOutcome,
  messagesOf: ReadonlySet<string>,
): Difference {
  if (a.kind === 'halted' || b.kind === 'halted') return { kind: 'unknown', what: 'a run that was stopped' };
  if (a.kind === 'returned' && b.kind === 'returned') {
    return comparison.compare(a.value, b.value, 'the returned value');
  }
  if (a.kind === 'raised' && b.kind === 'raised') {
    if (a.type !== b.type) return { kind: 'always', what: 'the exception' };
    return messagesOf.has(a.type) ? comparison.compare(messageOf(a), messageOf(b), 'the message') : SAME;
  }
  return { kind: 'always', what: 'one returns and the other raises' };
}

function messageOf({ message, messageTerms }: Extract<ShadowOutcome, { kind: 'raised' }>): ShadowValue {
  return messageTerms ?? { t: 'str', v: message };
}

function argumentDifference(comparison: ValueComparison, a: ShadowArgument, b: ShadowArgument | undefined): Difference {
  const what = `the argument \`${a.name}\` after the call`;
  return b === undefined ? { kind: 'unknown', what } : comparison.compare(a.value, b.value, what);
}
