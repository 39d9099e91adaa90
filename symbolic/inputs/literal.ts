import type { ShadowValue } from '../../core/shadow.ts';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** A Python string literal in ASCII. */
export function stringLiteral(text: string): string {
  let literal = "'";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const short = ESCAPES.get(character);
    if (short !== undefined) literal += short;
    else if (code >= 0x20 && code < 0x7f) literal += character;
    else if (code < 0x100) literal += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code < 0x10000) literal += `\\u${code.toString(16).padStart(4, '0')}`;
    else literal += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return `${literal}'`;
}

/** A float's repr as an expression that evaluates to it. */
function floatLiteral(repr: string): string {
  return /inf|nan/.test(repr) ? `float('${repr}')` : repr;
}

/** An expression that evaluates to a value equal to this one in type and content, or undefined where there is none. */
export function pythonLiteral(value: ShadowValue): string | undefined {
  switch (value.t) {
    case 'none':
      return 'None';
    case 'int':
      return value.v;
    case 'bool':
      return value.v ? 'True' : 'False';
    case 'str':
      return stringLiteral(value.v);
    case 'float':
      return floatLiteral(value.v);
    case 'bytes':
      return value.v;
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      return collectionLiteral(value);
    case 'dict':
      return dictLiteral(value.items);
    case 'object':
    case 'opaque':
      return undefined;
  }
}

function allOf(items: readonly ShadowValue[]): string[] | undefined {
  const literals: string[] = [];
  for (const item of items) {
    const literal = pythonLiteral(item);
    if (literal === undefined) return undefined;
    literals.push(literal);
  }
  return literals;
}

function collectionLiteral(
  value: Extract<ShadowValue, { t: 'list' | 'tuple' | 'set' | 'frozenset' }>,
): string | undefined {
  const items = allOf(value.items);
  if (items === undefined) return undefined;
  const inside = items.join(', ');
  switch (value.t) {
    case 'list':
      return `[${inside}]`;
    case 'tuple':
      return items.length === 1 ? `(${inside},)` : `(${inside})`;
    case 'set':
      return items.length === 0 ? 'set()' : `{${inside}}`;
    case 'frozenset':
      return items.length === 0 ? 'frozenset()' : `frozenset({${inside}})`;
  }
}

function dictLiteral(pairs: readonly (readonly [ShadowValue, ShadowValue])[]): string | undefined {
  const keys = allOf(pairs.map(([key]) => key));
  const values = allOf(pairs.map(([, value]) => value));
  if (keys === undefined || values === undefined) return undefined;
  return `{${keys.map((key, index) => `${key}: ${values[index]}`).join(', ')}}`;
}
