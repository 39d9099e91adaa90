/** Draws that are the same in each run. */
export interface Random {
  /** An integer from 0, below the limit. */
  below(limit: number): number;
  /** One of the items; undefined where there is none. */
  pick<T>(items: readonly T[]): T | undefined;
}

/** mulberry32, seeded with a text. */
export function seededRandom(seed: string): Random {
  let state = 0;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x9e37_79b1) >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return { below, pick: (items) => items[below(items.length)] };
}

const ONE_MORE: readonly (readonly [open: string, close: string, item: string])[] = [
  ['[', ']', "'more'"],
  ['(', ')', "'more'"],
  ['{', '}', "'more': 0"],
];

/** A repr of another value of the same type, or nearly so, as a model errs. */
export function wrongRepr(repr: string): string {
  if (/^-?\d+$/.test(repr)) return String(BigInt(repr) + 1n);
  if (/^-?\d+\.\d+$/.test(repr)) return `${repr}5`;
  if (repr === 'True') return 'False';
  if (repr === 'False' || repr === 'None') return 'True';
  if (/^b?['"]/.test(repr)) return `${repr.slice(0, -1)}x${repr.slice(-1)}`;
  for (const [open, close, item] of ONE_MORE) {
    if (!repr.startsWith(open) || !repr.endsWith(close)) continue;
    if (repr === `${open}${close}`) return open === '(' ? `(${item},)` : `${open}${item}${close}`;
    const isSet = open === '{' && !repr.includes(':');
    return `${repr.slice(0, -1).replace(/,$/, '')}, ${isSet ? "'more'" : item}${close}`;
  }
  return `[${repr}]`;
}

/** A repr of a value that is equal in Python, or nearly so, but of another type; null where there is none at hand. */
export function wrongType(repr: string): string | null {
  if (repr === '0') return 'False';
  if (repr === '1') return 'True';
  if (/^-?\d+$/.test(repr)) return `${repr}.0`;
  if (/^-?\d+\.0$/.test(repr)) return repr.slice(0, -2);
  if (repr === 'True') return '1';
  if (repr === 'False') return '0';
  if (/^'[ -~]*'$/.test(repr)) return `b${repr}`;
  if (repr === '[]') return '()';
  if (/^\[.*\]$/.test(repr)) {
    const inner = repr.slice(1, -1).match(/^(-?\d+)((?:, .*)?)$/);
    return inner === null ? null : `[${inner[1]}.0${inner[2]}]`;
  }
  return null;
}
