import type { Operator, TermNode, TermRef, TermTable } from '../../core/term.ts';
import { isOperatorRow } from './row.ts';

/** Least and greatest value; null is none. */
export interface Interval {
  readonly least: bigint | null;
  readonly greatest: bigint | null;
}

export const UNBOUNDED: Interval = { least: null, greatest: null };
const TRUTH: Interval = { least: 0n, greatest: 1n };

/** Ends over this many bits are not kept: an interval is only ever a help. */
const MAX_END = 1n << 512n;

/**
 * Where the integer terms of a table lie, from the bounds of its variables: each value is within its interval for all
 * inputs that meet the bounds. Intervals may be wider than need be. Rows of sort bool lie in 0 … 1.
 */
export function intervals(table: TermTable, bounds: ReadonlyMap<string, Interval>): Interval[] {
  const known: Interval[] = [];
  for (const row of table) known.push(clip(intervalOf(row, known, bounds)));
  return known;
}

function clip({ least, greatest }: Interval): Interval {
  return {
    least: least !== null && least < -MAX_END ? null : least,
    greatest: greatest !== null && greatest > MAX_END ? null : greatest,
  };
}

function intervalOf(row: TermNode, known: readonly Interval[], bounds: ReadonlyMap<string, Interval>): Interval {
  if (!isOperatorRow(row)) {
    if (row[0] === 'const') return { least: BigInt(row[1]), greatest: BigInt(row[1]) };
    return row[0] === 'var' ? (bounds.get(row[1]) ?? UNBOUNDED) : TRUTH;
  }
  const [operator, ...refs] = row;
  return operation(
    operator,
    refs.map((ref: TermRef) => known[ref] ?? UNBOUNDED),
  );
}

function operation(operator: Operator, operands: readonly Interval[]): Interval {
  const [first = UNBOUNDED, second = UNBOUNDED, third = UNBOUNDED] = operands;
  switch (operator) {
    case 'neg':
      return negated(first);
    case 'add':
      return operands.reduce(plus);
    case 'sub':
      return plus(first, negated(second));
    case 'mul':
      return times(first, second);
    case 'mod':
      return remainder(second);
    case 'floordiv':
      return quotient(first, second);
    case 'bitand':
      return masked(first, second);
    case 'ite':
      return hull(second, third);
    case 'eq':
    case 'lt':
    case 'le':
    case 'not':
    case 'and':
    case 'or':
    case 'int':
      return TRUTH;
  }
}

function negated({ least, greatest }: Interval): Interval {
  return { least: greatest === null ? null : -greatest, greatest: least === null ? null : -least };
}

function plus(left: Interval, right: Interval): Interval {
  return {
    least: left.least === null || right.least === null ? null : left.least + right.least,
    greatest: left.greatest === null || right.greatest === null ? null : left.greatest + right.greatest,
  };
}

function times(left: Interval, right: Interval): Interval {
  const ends = [left.least, left.greatest].flatMap((one) =>
    [right.least, right.greatest].map((other) => (one === null || other === null ? null : one * other)),
  );
  const known = ends.filter((end) => end !== null);
  return known.length < ends.length ? UNBOUNDED : { least: lowest(known), greatest: highest(known) };
}

/** Of at least one value. */
function lowest(values: readonly bigint[]): bigint {
  let least = values[0] ?? 0n;
  for (const value of values) if (value < least) least = value;
  return least;
}

/** Of at least one value. */
function highest(values: readonly bigint[]): bigint {
  let greatest = values[0] ?? 0n;
  for (const value of values) if (value > greatest) greatest = value;
  return greatest;
}

/** A remainder is between 0 and its divisor, on the divisor's side. */
function remainder({ least, greatest }: Interval): Interval {
  return {
    least: least === null ? null : least < 0n ? least + 1n : 0n,
    greatest: greatest === null ? null : greatest > 0n ? greatest - 1n : 0n,
  };
}

/** A quotient by 1 or more is no further from 0 than its dividend, or is -1. */
function quotient(dividend: Interval, divisor: Interval): Interval {
  if (divisor.least === null || divisor.least < 1n) return UNBOUNDED;
  return {
    least: dividend.least === null ? null : dividend.least < 0n ? dividend.least : 0n,
    greatest: dividend.greatest === null ? null : dividend.greatest > 0n ? dividend.greatest : 0n,
  };
}

/** `&` with a number that is not negative is between 0 and that number. */
function masked(left: Interval, right: Interval): Interval {
  const masks = [left, right].filter(({ least }) => least !== null && least >= 0n);
  if (masks.length === 0) return bothWays(left, right);
  const greatest = masks.map((mask) => mask.greatest).filter((end) => end !== null);
  return { least: 0n, greatest: greatest.length === 0 ? null : lowest(greatest) };
}

/** `&` of numbers that fit into some bits in two's complement fits into as many. */
function bothWays(left: Interval, right: Interval): Interval {
  const bits = [bitsOf(left), bitsOf(right)].filter((width) => width !== null);
  if (bits.length < 2) return UNBOUNDED;
  const half = 1n << BigInt(Math.max(...bits) - 1);
  return { least: -half, greatest: half - 1n };
}

function hull(left: Interval, right: Interval): Interval {
  return {
    least: left.least === null || right.least === null ? null : lowest([left.least, right.least]),
    greatest: left.greatest === null || right.greatest === null ? null : highest([left.greatest, right.greatest]),
  };
}

/** Bits that hold every value of an interval in two's complement; null where no number of bits does. */
export function bitsOf({ least, greatest }: Interval): number | null {
  if (least === null || greatest === null) return null;
  const widest = highest([greatest, -least - 1n, 0n]);
  return widest === 0n ? 1 : widest.toString(2).length + 1;
}

/** Whether no value lies within. */
export function isEmpty({ least, greatest }: Interval): boolean {
  return least !== null && greatest !== null && least > greatest;
}
