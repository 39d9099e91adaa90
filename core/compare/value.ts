import type { ReprArgument, ReprValue } from './repr.ts';
import { normaliseOpaque, parseRepr } from './repr.ts';

/**
 * Whether two Python reprs spell the same value of the same type: `1`, `1.0` and `True` are three values, `nan` is
 * `nan`, `-0.0` is not `0.0`, sets have no order, dicts, lists and tuples have one. Memory addresses, and what differs
 * from build to build of an interpreter, do not count. Text that is no readable repr is compared as text.
 */
export function sameRepr(claimed: string, observed: string): boolean {
  return claimed === observed || canonicalRepr(claimed) === canonicalRepr(observed);
}

/** A key that two reprs share exactly if {@link sameRepr} holds for them. Not meant to be read. */
export function canonicalRepr(repr: string): string {
  const value = parseRepr(repr);
  return value === undefined ? `text:${normaliseOpaque(repr)}` : canonicalKey(value);
}

/** {@link canonicalRepr} of a parsed repr. A key never is the beginning of another one. */
export function canonicalKey(value: ReprValue): string {
  switch (value.kind) {
    case 'scalar':
      return `${value.type} ${value.text.length}:${value.text}`;
    case 'sequence':
      return `${value.type}[${value.items.map(canonicalKey).join()}]`;
    case 'set':
      return `${value.type}[${value.items.map(canonicalKey).sort().join()}]`;
    case 'dict':
      return `dict[${dictEntryKeys(value).join()}]`;
    case 'construction':
      return `${value.callee}(${value.args.map(argumentKey).join()})`;
    case 'opaque':
      return `opaque ${value.text.length}:${value.text}`;
  }
}

/** One canonical key for each entry of a dict, in its order. */
export function dictEntryKeys(dict: Extract<ReprValue, { kind: 'dict' }>): string[] {
  return Array.from(dict.keys, (key, index) => {
    const value = dict.values[index];
    return `${canonicalKey(key)}:${value === undefined ? '' : canonicalKey(value)}`;
  });
}

function argumentKey(argument: ReprArgument): string {
  return `${argument.name ?? ''}=${canonicalKey(argument.value)}`;
}

/**
 * The Python type that a repr tells: that of a literal, or the text before the parenthesis of constructor-like text.
 * Null where it tells none, as `<__main__.C object>`.
 */
export function typeOfRepr(repr: string): string | null {
  const value = parseRepr(repr);
  return value === undefined ? null : typeOfValue(value);
}

function typeOfValue(value: ReprValue): string | null {
  switch (value.kind) {
    case 'scalar':
    case 'sequence':
    case 'set':
      return value.type;
    case 'dict':
      return 'dict';
    case 'construction':
      return value.callee;
    case 'opaque':
      return null;
  }
}
