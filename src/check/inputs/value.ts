/** A Python value that an input is made of, as a tree: it can be written as an expression, and made smaller. */
export type Value =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'str'; readonly value: string }
  /** `None`, `True`, a member of an enumeration, a lambda: an expression without smaller forms. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list' | 'tuple' | 'set' | 'frozenset' | 'bytes'; readonly items: readonly Value[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Value, Value])[] }
  /** A call of a class of the program. */
  | { readonly kind: 'new'; readonly class: string; readonly args: readonly Value[] };

export const NONE: Value = { kind: 'text', text: 'None' };

/** A Python literal for a text, in printable ASCII. */
export function textLiteral(text: string): string {
  const escaped = Array.from(text, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    if (character === '\n') return '\\n';
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f) return character;
    if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `'${escaped.join('')}'`;
}

function floatLiteral(value: number): string {
  if (Number.isNaN(value)) return "float('nan')";
  if (!Number.isFinite(value)) return value > 0 ? "float('inf')" : "float('-inf')";
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function listed(items: readonly Value[]): string {
  return items.map(render).join(', ');
}

/** The Python expression that makes a value. */
export function render(value: Value): string {
  switch (value.kind) {
    case 'int':
      return String(value.value);
    case 'float':
      return floatLiteral(value.value);
    case 'str':
      return textLiteral(value.value);
    case 'text':
      return value.text;
    case 'list':
      return `[${listed(value.items)}]`;
    case 'tuple':
      return value.items.length === 1 ? `(${listed(value.items)},)` : `(${listed(value.items)})`;
    case 'set':
      return value.items.length === 0 ? 'set()' : `{${listed(value.items)}}`;
    case 'frozenset':
      return `frozenset([${listed(value.items)}])`;
    case 'bytes':
      return `bytes([${listed(value.items)}])`;
    case 'dict':
      return `{${value.entries.map(([key, item]) => `${render(key)}: ${render(item)}`).join(', ')}}`;
    case 'new':
      return `${value.class}(${listed(value.args)})`;
  }
}

/** Texts of more than this many characters are halved before single ones are taken away. */
const SHORT = 4;

/** Smaller values of the same kind, the smallest first. */
export function smaller(value: Value): Value[] {
  switch (value.kind) {
    case 'int':
      return smallerNumbers(value.value).map((number) => ({ kind: 'int', value: number }));
    case 'float':
      return Number.isFinite(value.value)
        ? smallerNumbers(Math.trunc(value.value)).map((number) => ({ kind: 'float', value: number }))
        : [{ kind: 'float', value: 0 }];
    case 'str':
      return smallerTexts(value.value).map((text) => ({ kind: 'str', value: text }));
    case 'text':
      return [];
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
    case 'bytes':
      return smallerLists(value.items, value.kind !== 'tuple').map((items) => ({ kind: value.kind, items }));
    case 'dict':
      return smallerEntries(value.entries).map((entries) => ({ kind: 'dict', entries }));
    case 'new':
      return smallerLists(value.args, false).map((args) => ({ kind: 'new', class: value.class, args }));
  }
}

function smallerNumbers(number: number): number[] {
  const candidates = [0, 1, Math.trunc(number / 2), number - Math.sign(number), Math.abs(number)];
  const weight = (one: number) => Math.abs(one) * 2 + (one < 0 ? 1 : 0);
  return [...new Set(candidates)].filter((one) => weight(one) < weight(number)).sort((a, b) => weight(a) - weight(b));
}

function smallerTexts(text: string): string[] {
  const characters = Array.from(text);
  if (characters.length === 0) return [];
  const found = [''];
  if (characters.length > SHORT) found.push(characters.slice(0, characters.length >> 1).join(''));
  for (let index = 0; index < Math.min(characters.length, 16); index++) {
    found.push(characters.filter((_, other) => other !== index).join(''));
  }
  const plain = characters.map((character) => (/[a-z ]/.test(character) ? character : 'a')).join('');
  if (plain !== text) found.push(plain);
  return [...new Set(found)].filter((one) => one !== text);
}

/** @param resizable whether items may be left out */
function smallerLists(items: readonly Value[], resizable: boolean): Value[][] {
  const found: Value[][] = [];
  if (resizable && items.length > 0) {
    found.push([]);
    if (items.length > SHORT) found.push(items.slice(0, items.length >> 1), items.slice(items.length >> 1));
    for (let index = 0; index < Math.min(items.length, 16); index++) {
      found.push(items.filter((_, other) => other !== index));
    }
  }
  for (const [index, item] of items.slice(0, 16).entries()) {
    for (const less of smaller(item).slice(0, 6)) found.push(items.with(index, less));
  }
  return found;
}

type Entries = readonly (readonly [Value, Value])[];

function smallerEntries(entries: Entries): Entries[] {
  const found: Entries[] = entries.length === 0 ? [] : [[]];
  for (const [index, [key, item]] of entries.slice(0, 12).entries()) {
    found.push(entries.filter((_, other) => other !== index));
    for (const less of smaller(key).slice(0, 3)) found.push(entries.with(index, [less, item]));
    for (const less of smaller(item).slice(0, 6)) found.push(entries.with(index, [key, less]));
  }
  return found;
}
