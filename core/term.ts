/**
 * The language of path conditions: integers without bounds and booleans, written as a table whose rows name earlier rows,
 * so that a term of any depth is read without recursion and a shared part is written once.
 */

export type Sort = 'int' | 'bool';

/** Operators and their number of operands; `and`, `or` and `add` take two or more. */
export const OPERATORS = {
  neg: 1,
  add: 'many',
  sub: 2,
  mul: 2,
  /** Python's `//` and `%`: towards minus infinity. The divisor is known not to be 0 where the term is made. */
  floordiv: 2,
  mod: 2,
  /** `&` of two integers in two's complement of unlimited width; `|` and `^` are written with it. */
  bitand: 2,
  /** Condition, then, else; the last two of one sort. */
  ite: 3,
  /** Of two terms of one sort. */
  eq: 2,
  lt: 2,
  le: 2,
  not: 1,
  and: 'many',
  or: 'many',
  /** 1 for true and 0 for false. */
  int: 1,
} as const;
export type Operator = keyof typeof OPERATORS;

/** Constants are decimal, so that no digit is lost on the way. */
export type TermNode =
  | readonly ['const', string]
  | readonly ['true']
  | readonly ['false']
  | readonly ['var', string]
  | readonly [Operator, ...number[]];

/** Row of a {@link TermTable}. */
export type TermRef = number;

/** Rows in an order in which each names only rows before it; equal rows are one row. */
export type TermTable = readonly TermNode[];

/** An unknown that terms speak of, and the values it may take. */
export interface Variable {
  /** Where it stands in the arguments: `n`, `xs[2]`, `d['k'][0]`, `s[0]` (a code point). */
  readonly name: string;
  readonly sort: Sort;
  /** Its value in the run at hand: decimal, or `true`/`false`. */
  readonly value: string;
  /** Least and greatest value, decimal; null is none. A code point is 0 … 1114111 without the surrogates' gap. */
  readonly least: string | null;
  readonly greatest: string | null;
}
