import { NO_LOCALS } from '../claimed-trace.ts';

/** What a scanner found. `end` is the offset after it. */
export type Scanned<T> =
  | { readonly kind: 'read'; readonly value: T; readonly end: number }
  /** The text stops in the middle of something that was right so far. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'broken'; readonly at: number; readonly message: string };

/** Reads something that starts at `start` and does not reach beyond `limit`. */
export type Scanner<T> = (text: string, start: number, limit: number) => Scanned<T>;

const CUT = { kind: 'cut' } as const;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The offset of the first character at or after `start` that is not JSON white space. */
export function skipSpace(text: string, start: number, limit = text.length): number {
  let at = start;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    at += 1;
  }
  return at;
}

/** Reads a JSON string. Lone surrogates pass, raw or escaped. */
export const scanString: Scanner<string> = (text, start, limit) => {
  if (start >= limit) return CUT;
  if (text.charCodeAt(start) !== QUOTE) return broken(start, 'expected a JSON string');
  let escaped = false;
  for (let at = start + 1; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const value = escaped ? unescapeString(text.slice(start, at + 1)) : text.slice(start + 1, at);
      if (value === undefined) return broken(start, 'a JSON string has a bad escape');
      return { kind: 'read', value, end: at + 1 };
    }
    if (code < 0x20) return broken(at, 'a JSON string has a raw control character');
    if (code === BACKSLASH) {
      escaped = true;
      at += 1;
    }
  }
  return CUT;
};

/** Reads the locals of a frame: a JSON object whose values are strings, each name once. */
export const scanLocals: Scanner<ReadonlyMap<string, string>> = (text, start, limit) => {
  if (start >= limit) return CUT;
  if (text.charCodeAt(start) !== OPEN_BRACE) return broken(start, 'expected a JSON object of locals');
  let at = skipSpace(text, start + 1, limit);
  if (text.charCodeAt(at) === CLOSE_BRACE && at < limit) return { kind: 'read', value: NO_LOCALS, end: at + 1 };

  const locals = new Map<string, string>();
  for (;;) {
    const name = scanString(text, at, limit);
    if (name.kind !== 'read') return name;
    if (locals.has(name.value)) return broken(at, `the local ${quote(name.value)} is given twice`);
    at = skipSpace(text, name.end, limit);
    if (at >= limit) return CUT;
    if (text.charCodeAt(at) !== COLON) return broken(at, `expected ":" after the local ${quote(name.value)}`);
    at = skipSpace(text, at + 1, limit);

    if (at < limit && text.charCodeAt(at) !== QUOTE) {
      return broken(at, `the local ${quote(name.value)} must be a repr in a JSON string`);
    }
    const repr = scanString(text, at, limit);
    if (repr.kind !== 'read') return repr;
    locals.set(name.value, repr.value);

    at = skipSpace(text, repr.end, limit);
    if (at >= limit) return CUT;
    const code = text.charCodeAt(at);
    if (code === CLOSE_BRACE) return { kind: 'read', value: locals, end: at + 1 };
    if (code !== COMMA) return broken(at, `expected "," or "}" after the local ${quote(name.value)}`);
    at = skipSpace(text, at + 1, limit);
  }
};

/** A piece of a claim for a message: short, on one line, in quotes. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function broken(at: number, message: string): Scanned<never> {
  return { kind: 'broken', at, message };
}

function unescapeString(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}
