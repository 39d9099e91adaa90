import { readLiteralText } from './literal-text.ts';

export type ScalarType =
  | 'int'
  | 'float'
  | 'complex'
  | 'str'
  | 'bytes'
  | 'bool'
  | 'NoneType'
  | 'ellipsis'
  | 'NotImplementedType';

/** One argument of constructor-like text; `name` is null for a positional one. */
export interface ReprArgument {
  readonly name: string | null;
  readonly value: ReprValue;
}

/** The value that a Python repr spells. */
export type ReprValue =
  /** `text` is the same for every spelling of the same value. */
  | { readonly kind: 'scalar'; readonly type: ScalarType; readonly text: string }
  | { readonly kind: 'sequence'; readonly type: 'list' | 'tuple'; readonly items: readonly ReprValue[] }
  | { readonly kind: 'set'; readonly type: 'set' | 'frozenset'; readonly items: readonly ReprValue[] }
  /** `keys[i]` belongs to `values[i]`, in the order of the text. */
  | { readonly kind: 'dict'; readonly keys: readonly ReprValue[]; readonly values: readonly ReprValue[] }
  /** Text such as `Counter({'a': 2})`, `range(0, 3)` or `Point(x=1, y=2)`. */
  | { readonly kind: 'construction'; readonly callee: string; readonly args: readonly ReprArgument[] }
  /** Text that says nothing about a value's parts, such as `<__main__.C object at 0x7f>`. */
  | { readonly kind: 'opaque'; readonly text: string };

/** Containers in containers, beyond which a repr is compared as text. */
export const MAX_REPR_DEPTH = 200;
/** Values in one repr, beyond which it is compared as text: bounds the memory of the tree. */
export const MAX_REPR_VALUES = 1_000_000;

/** Bounded, as are the names below: a long repetition of a group overflows the stack of the regex engine. */
const IDENTIFIER = String.raw`[\p{L}_][\p{L}\p{N}_]{0,255}`;
const NUMBER = /([+-]?)(nan|inf|(\d+)(\.\d*)?([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?)(j?)(?![\p{L}\p{N}_.])/uy;
const PATH = String.raw`${IDENTIFIER}(?:\.(?:${IDENTIFIER}|<locals>)){0,32}`;
/** A name, or flags such as `re.IGNORECASE|re.DOTALL`. */
const NAME = new RegExp(String.raw`${PATH}(?:\|${PATH}){0,32}`, 'uy');
const KEYWORD = new RegExp(`(${IDENTIFIER})=(?!=)`, 'uy');
const ADDRESS_IN_LITERAL = / at 0x[0-9a-fA-F]+(?=>)/g;

const NAMED_SCALARS: ReadonlyMap<string, ScalarType> = new Map([
  ['True', 'bool'],
  ['False', 'bool'],
  ['None', 'NoneType'],
  ['Ellipsis', 'ellipsis'],
  ['NotImplemented', 'NotImplementedType'],
]);

/**
 * Reads a Python repr in linear time. Undefined where the text is no repr of this grammar, or is deeper than
 * {@link MAX_REPR_DEPTH} or larger than {@link MAX_REPR_VALUES}.
 */
export function parseRepr(text: string): ReprValue | undefined {
  const reader = new ReprReader(text);
  const value = reader.value();
  return value !== undefined && reader.atEnd() ? value : undefined;
}

class ReprReader {
  readonly #text: string;
  #position = 0;
  #depth = 0;
  #values = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#skipSpace();
    return this.#position === this.#text.length;
  }

  value(): ReprValue | undefined {
    this.#values += 1;
    if (this.#values > MAX_REPR_VALUES || this.#depth >= MAX_REPR_DEPTH) return undefined;
    this.#depth += 1;
    const value = this.#anyValue();
    this.#depth -= 1;
    return value;
  }

  #anyValue(): ReprValue | undefined {
    this.#skipSpace();
    const first = this.#text.charAt(this.#position);
    if (first === '[') return this.#list();
    if (first === '(') return this.#parenthesised();
    if (first === '{') return this.#braces();
    if (first === '<') return this.#angles();
    if (first === "'" || first === '"') return this.#quoted('str');
    if (first === 'b' && /^['"]$/.test(this.#text.charAt(this.#position + 1))) {
      this.#position += 1;
      return this.#quoted('bytes');
    }
    if (first === '.' && this.#take('...')) return { kind: 'opaque', text: '...' };
    return this.#number() ?? this.#named();
  }

  #quoted(type: 'str' | 'bytes'): ReprValue | undefined {
    const literal = readLiteralText(this.#text, this.#position, type === 'bytes');
    if (literal === undefined) return undefined;
    this.#position = literal.end;
    return { kind: 'scalar', type, text: literal.content.replace(ADDRESS_IN_LITERAL, '') };
  }

  #number(): ReprValue | undefined {
    const real = this.#match(NUMBER);
    if (real === undefined) return undefined;
    if (real[7] === 'j') return complex('0', floatText(real));
    const position = this.#position;
    this.#skipSpace();
    if (/^[+-]$/.test(this.#text.charAt(this.#position))) {
      const imaginary = this.#match(NUMBER);
      if (imaginary?.[7] === 'j') return complex(floatText(real), floatText(imaginary));
    }
    this.#position = position;
    const integer = real[3] !== undefined && real[4] === undefined && real[5] === undefined;
    if (!integer) return { kind: 'scalar', type: 'float', text: floatText(real) };
    const digits = real[3] ?? '';
    if (/^0+$/.test(digits)) return { kind: 'scalar', type: 'int', text: '0' };
    // Python has no decimal with a leading zero.
    if (digits.startsWith('0')) return undefined;
    return { kind: 'scalar', type: 'int', text: real[1] === '-' ? `-${digits}` : digits };
  }

  #named(): ReprValue | undefined {
    const name = this.#match(NAME)?.[0];
    if (name === undefined) return undefined;
    const scalar = NAMED_SCALARS.get(name);
    if (scalar !== undefined) return { kind: 'scalar', type: scalar, text: name };
    return this.#take('(') ? this.#construction(name) : { kind: 'opaque', text: name };
  }

  #construction(callee: string): ReprValue | undefined {
    const args: ReprArgument[] = [];
    while (!this.#takeSpaced(')')) {
      if (args.length > 0 && !this.#take(',')) return undefined;
      if (args.length > 0 && this.#takeSpaced(')')) break;
      this.#skipSpace();
      const name = this.#match(KEYWORD)?.[1] ?? null;
      const value = this.value();
      if (value === undefined) return undefined;
      args.push({ name, value });
    }
    if (callee === 'set' && args.length === 0) return { kind: 'set', type: 'set', items: [] };
    if (callee === 'frozenset') {
      const [only, more] = args;
      if (only === undefined) return { kind: 'set', type: 'frozenset', items: [] };
      if (more === undefined && only.name === null && only.value.kind === 'set' && only.value.type === 'set') {
        return { kind: 'set', type: 'frozenset', items: only.value.items };
      }
    }
    return { kind: 'construction', callee, args };
  }

  #list(): ReprValue | undefined {
    this.#position += 1;
    const items: ReprValue[] = [];
    return this.#items(items, ']') ? { kind: 'sequence', type: 'list', items } : undefined;
  }

  #parenthesised(): ReprValue | undefined {
    if (this.#take('(...)')) return { kind: 'opaque', text: '(...)' };
    this.#position += 1;
    if (this.#takeSpaced(')')) return { kind: 'sequence', type: 'tuple', items: [] };
    const first = this.value();
    if (first === undefined || this.#takeSpaced(')')) return first;
    if (!this.#take(',')) return undefined;
    const items = [first];
    return this.#items(items, ')') ? { kind: 'sequence', type: 'tuple', items } : undefined;
  }

  #braces(): ReprValue | undefined {
    if (this.#take('{...}')) return { kind: 'opaque', text: '{...}' };
    this.#position += 1;
    if (this.#takeSpaced('}')) return { kind: 'dict', keys: [], values: [] };
    const first = this.value();
    if (first === undefined) return undefined;
    if (this.#takeSpaced(':')) return this.#dict(first);
    const items = [first];
    if (this.#takeSpaced('}')) return { kind: 'set', type: 'set', items };
    return this.#take(',') && this.#items(items, '}') ? { kind: 'set', type: 'set', items } : undefined;
  }

  /** Reads on behind the colon of a dict's first key. */
  #dict(first: ReprValue): ReprValue | undefined {
    const keys = [first];
    const values: ReprValue[] = [];
    while (true) {
      const value = this.value();
      if (value === undefined) return undefined;
      values.push(value);
      if (this.#takeSpaced('}')) break;
      if (!this.#take(',')) return undefined;
      if (this.#takeSpaced('}')) break;
      const key = this.value();
      if (key === undefined || !this.#takeSpaced(':')) return undefined;
      keys.push(key);
    }
    return { kind: 'dict', keys, values };
  }

  /** Reads items and commas up to the closing bracket, which may follow a comma. */
  #items(items: ReprValue[], close: string): boolean {
    while (!this.#takeSpaced(close)) {
      const value = this.value();
      if (value === undefined) return false;
      items.push(value);
      this.#skipSpace();
      if (!this.#take(',')) return this.#take(close);
    }
    return true;
  }

  /** `<…>` with nested angles; quoted text inside may hold any character. */
  #angles(): ReprValue | undefined {
    const start = this.#position;
    let open = 0;
    for (let position = start; position < this.#text.length; position += 1) {
      const character = this.#text.charAt(position);
      if (character === "'" || character === '"') {
        const literal = readLiteralText(this.#text, position, false);
        if (literal === undefined) return undefined;
        position = literal.end - 1;
      } else if (character === '<') {
        open += 1;
      } else if (character === '>') {
        open -= 1;
        if (open === 0) {
          this.#position = position + 1;
          return { kind: 'opaque', text: normaliseOpaque(this.#text.slice(start, position + 1)) };
        }
      }
    }
    return undefined;
  }

  #skipSpace(): void {
    while (isSpace(this.#text.charCodeAt(this.#position))) this.#position += 1;
  }

  #take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#position)) return false;
    this.#position += expected.length;
    return true;
  }

  #takeSpaced(expected: string): boolean {
    this.#skipSpace();
    return this.#take(expected);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#position = pattern.lastIndex;
    return match;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function complex(real: string, imaginary: string): ReprValue {
  return { kind: 'scalar', type: 'complex', text: `${real},${imaginary}` };
}

/** The shortest text of the same float: `1e20`, `1E+20` and `100000000000000000000.0` are one value. */
function floatText(number: RegExpExecArray): string {
  const magnitude =
    number[2] === 'nan' ? Number.NaN : number[2] === 'inf' ? Number.POSITIVE_INFINITY : Number(number[2]);
  if (Number.isNaN(magnitude)) return 'nan';
  return `${number[1] === '-' ? '-' : ''}${magnitude}`;
}

/** Drops what differs from run to run or from build to build of an interpreter, and tells nothing about a value. */
export function normaliseOpaque(text: string): string {
  return text
    .replace(/ at 0x[0-9a-fA-F]+/g, '')
    .replace(/\bstr_ascii_iterator\b/g, 'str_iterator')
    .replace(/<module '([^']*)' (?:from '[^']*'|\([^()]*\))>/g, "<module '$1'>");
}
