import type { ReprValue } from './repr.ts';
import { parseRepr } from './repr.ts';
import { canonicalKey, dictEntryKeys } from './value.ts';

/** A set that a source line goes through, as far as the locals tell. */
export interface SetInPlay {
  /** Canonical keys of its elements. */
  readonly elements: ReadonlySet<string>;
  /** The elements are known to be these, not only to be among these. */
  readonly exact: boolean;
}

type Locals = ReadonlyMap<string, string> | undefined;

/** A name, or a name that `set` or `frozenset` is called with. */
const OPERAND = /(?<wrap>(?<![\w.])(?:set|frozenset)\s*\(\s*)?(?<![\p{L}\p{N}_.])(?<name>[\p{L}_][\p{L}\p{N}_]*)/gu;
/** Methods behind an operand that neither go through the set nor make another one. */
const ORDERLESS_METHOD = /^\s*\.\s*(?!pop\b|copy\b|union\b|intersection\b|difference\b|symmetric_difference\b)/;
/** Calls whose result does not depend on the order of what they go through. */
const ORDER_FREE = /(?<![\w.])(?:sorted|len|sum|any|all)\s*\(|\.sort\s*\(/;
const EXTREME = /(?<![\w.])(?:min|max)\s*\(/;
const KEYED = /(?<!\w)key\s*=/;

/**
 * The sets that a line goes through and whose order may depend on the platform: locals that are sets, and what `set` or
 * `frozenset` makes of a local. None where the line puts them in order. The scopes are asked in turn for a name.
 */
export function setsInPlay(line: string, scopes: readonly Locals[]): SetInPlay[] {
  if (ORDER_FREE.test(line) || (EXTREME.test(line) && !KEYED.test(line))) return [];
  const sets: SetInPlay[] = [];
  for (const match of line.matchAll(OPERAND)) {
    const { wrap, name = '' } = match.groups ?? {};
    const before = line.slice(0, match.index);
    if (isMembershipTest(before)) continue;
    if (ORDERLESS_METHOD.test(line.slice(match.index + match[0].length))) continue;
    const repr = scopes.find((locals) => locals?.has(name))?.get(name);
    const value = repr === undefined ? undefined : parseRepr(repr);
    if (value === undefined) continue;
    const elements = wrap === undefined ? (value.kind === 'set' ? value.items : []) : elementsOf(value);
    if (elements.length < 2 || elements.every(hasOnePlace)) continue;
    sets.push({ elements: new Set(elements.map(canonicalKey)), exact: wrap === undefined });
  }
  return sets;
}

/** Whether the text before an operand ends as `x in`, which looks for one element, and not as `for x in`. */
function isMembershipTest(before: string): boolean {
  if (!/(?<!\w)in\s*$/.test(before)) return false;
  const loop = before.lastIndexOf('for ');
  return loop < 0 || before.slice(loop).match(/(?<!\w)in(?!\w)/g)?.length !== 1;
}

/** What iterating over a value gives. */
function elementsOf(value: ReprValue): readonly ReprValue[] {
  switch (value.kind) {
    case 'sequence':
    case 'set':
      return value.items;
    case 'dict':
      return value.keys;
    case 'scalar':
      return value.type === 'str' ? characters(value.text).map((text) => ({ kind: 'scalar', type: 'str', text })) : [];
    case 'construction':
    case 'opaque':
      return [];
  }
}

/** Characters of a canonical text: an escape is one character. */
function characters(text: string): string[] {
  return text.match(/\\\\|\\u[0-9a-f]{4}|./gsu) ?? [];
}

const SMALL = 2n ** 31n - 1n;

/** Small numbers are their own hash, whatever the width of a hash. */
function hasOnePlace(value: ReprValue): boolean {
  if (value.kind !== 'scalar') return false;
  if (value.type === 'bool') return true;
  if (value.type !== 'int' || value.text.length > 11) return false;
  const number = BigInt(value.text);
  return number < SMALL && -number < SMALL;
}

/** Whether two values have the same parts in another order, and the parts are such that a set may order them so. */
export function isReordered(claimed: ReprValue, actual: ReprValue): boolean {
  if (claimed.kind === 'construction' && actual.kind === 'construction') {
    const [one, ...more] = claimed.args;
    const [other, ...others] = actual.args;
    if (claimed.callee !== actual.callee || one === undefined || other === undefined) return false;
    return more.length === 0 && others.length === 0 && isReordered(one.value, other.value);
  }
  const parts = partKeys(claimed);
  const others = partKeys(actual);
  if (parts === undefined || others === undefined || parts.length !== others.length || parts.length < 2) return false;
  return (
    claimed.kind === actual.kind && typeOf(claimed) === typeOf(actual) && parts.sort().join() === others.sort().join()
  );
}

/**
 * Whether only the order of a set can tell two reprs apart, where it is not known which line made them: the same parts
 * in another order, and not all of them small numbers.
 */
export function isSetOrder(claimed: string, observed: string): boolean {
  const one = parseRepr(claimed);
  const other = parseRepr(observed);
  return one !== undefined && other !== undefined && !elementsOf(other).every(hasOnePlace) && isReordered(one, other);
}

function typeOf(value: ReprValue): string | undefined {
  return value.kind === 'scalar' || value.kind === 'sequence' ? value.type : undefined;
}

/** One key for each ordered part of a value; undefined for a value without ordered parts. */
function partKeys(value: ReprValue): string[] | undefined {
  if (value.kind === 'sequence') return value.items.map(canonicalKey);
  if (value.kind === 'dict') return dictEntryKeys(value);
  return value.kind === 'scalar' && value.type === 'str' ? characters(value.text) : undefined;
}

export function isElementOf(value: ReprValue, set: SetInPlay): boolean {
  return set.elements.has(canonicalKey(value));
}

/** Whether the value is the set after one `pop`. */
export function lacksOneElement(value: ReprValue, set: SetInPlay): boolean {
  if (value.kind !== 'set' || !set.exact || value.items.length !== set.elements.size - 1) return false;
  return value.items.every((item) => isElementOf(item, set));
}
