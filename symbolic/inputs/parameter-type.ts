/** The declared type of a parameter. `optional` is its item or None. */
export type ParameterType =
  | { readonly kind: 'int' | 'bool' | 'str' | 'float' | 'none' }
  | { readonly kind: 'list'; readonly item: ParameterType }
  | { readonly kind: 'set'; readonly item: ParameterType }
  | { readonly kind: 'optional'; readonly item: ParameterType }
  /** A tuple of any length where `rest` is set, else of exactly `items`. */
  | { readonly kind: 'tuple'; readonly items: readonly ParameterType[]; readonly rest: boolean }
  | { readonly kind: 'dict'; readonly key: ParameterType; readonly value: ParameterType };

/** A type's text cannot be read; `message` says what was expected where. */
export class TypeTextError extends Error {
  override readonly name = 'TypeTextError';
}

/** Types are written by callers, who have no reason to nest deeper. */
const DEEPEST = 16;
const TOKEN = /\s*(?:([A-Za-z_][\w.]*)|(\.\.\.)|([[\],|]))/y;

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['List', 'list'],
  ['Tuple', 'tuple'],
  ['Dict', 'dict'],
  ['Set', 'set'],
  ['Sequence', 'list'],
  ['Iterable', 'list'],
  ['Mapping', 'dict'],
]);

/**
 * Reads `int bool str float None list[T] tuple[T, …] dict[K, V] set[T] Optional[T] T | None`, with or without `typing.`.
 *
 * @throws TypeTextError
 */
export function parseParameterType(text: string): ParameterType {
  const reader = new TypeReader(text);
  const type = reader.union(0);
  reader.end();
  return type;
}

class TypeReader {
  readonly #text: string;
  #at = 0;
  #token: string | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#advance();
  }

  #fail(expected: string): never {
    const found = this.#token === undefined ? 'the end' : `\`${this.#token}\``;
    throw new TypeTextError(`\`${this.#text.slice(0, 80)}\`: expected ${expected}, found ${found}`);
  }

  #advance(): void {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (match === null) {
      const rest = this.#text.slice(this.#at).trim();
      this.#token = rest === '' ? undefined : rest.slice(0, 20);
      this.#at = this.#text.length;
      return;
    }
    this.#at = TOKEN.lastIndex;
    this.#token = (match[1] ?? match[2] ?? match[3] ?? '').replace(/^(?:typing|collections\.abc)\./, '');
  }

  #take(token: string): boolean {
    if (this.#token !== token) return false;
    this.#advance();
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) this.#fail(`\`${token}\``);
  }

  end(): void {
    if (this.#token !== undefined) this.#fail('the end of the type');
  }

  union(depth: number): ParameterType {
    if (depth > DEEPEST) this.#fail(`at most ${DEEPEST} levels`);
    let type = this.#single(depth);
    while (this.#take('|')) {
      const other = this.#single(depth);
      if (other.kind === 'none') type = { kind: 'optional', item: type };
      else if (type.kind === 'none') type = { kind: 'optional', item: other };
      else this.#fail('`None` on one side of `|`');
    }
    return type;
  }

  #single(depth: number): ParameterType {
    const written = this.#token ?? '';
    const name = ALIASES.get(written) ?? written;
    switch (name) {
      case 'int':
      case 'bool':
      case 'str':
      case 'float':
        this.#advance();
        return { kind: name };
      case 'None':
        this.#advance();
        return { kind: 'none' };
      case 'Optional':
      case 'list':
      case 'set':
        this.#advance();
        return { kind: name === 'Optional' ? 'optional' : name, item: this.#one(depth) };
      case 'dict':
        this.#advance();
        return this.#dict(depth);
      case 'tuple':
        this.#advance();
        return this.#tuple(depth);
    }
    return this.#fail('int, bool, str, float, None, list, tuple, dict, set or Optional');
  }

  #one(depth: number): ParameterType {
    this.#expect('[');
    const type = this.union(depth + 1);
    this.#expect(']');
    return type;
  }

  #dict(depth: number): ParameterType {
    this.#expect('[');
    const key = this.union(depth + 1);
    this.#expect(',');
    const value = this.union(depth + 1);
    this.#expect(']');
    return { kind: 'dict', key, value };
  }

  #tuple(depth: number): ParameterType {
    this.#expect('[');
    const items: ParameterType[] = [this.union(depth + 1)];
    let rest = false;
    while (this.#take(',')) {
      if (this.#take('...')) {
        if (items.length !== 1) this.#fail('one type before `...`');
        rest = true;
        break;
      }
      items.push(this.union(depth + 1));
    }
    this.#expect(']');
    return { kind: 'tuple', items, rest };
  }
}
