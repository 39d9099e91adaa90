/** Two functions that differ in at most one place. */
export interface RandomPair {
  readonly source: string;
  readonly other: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Numbers in [0, 1) from a seed: mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SHAPES: readonly Readonly<Record<string, string>>[] = [
  { a: 'int' },
  { a: 'int', b: 'int' },
  { a: 'int', s: 'str' },
  { s: 'str' },
  { xs: 'list[int]' },
  { xs: 'list[int]', a: 'int' },
];

/** Writes functions over small integers, short texts and lists; each choice is drawn, so that one can be drawn otherwise. */
class Writer {
  readonly #next: () => number;
  readonly #names: string[];
  readonly #params: Readonly<Record<string, string>>;
  /** The choice that is drawn again, counted from 0. */
  readonly #changed: number;
  #count = 0;

  constructor(seed: number, params: Readonly<Record<string, string>>, changed: number) {
    this.#next = generator(seed);
    this.#params = params;
    this.#changed = changed;
    this.#names = Object.keys(params).filter((name) => params[name] === 'int');
  }

  get choices(): number {
    return this.#count;
  }

  #draw<T>(options: readonly T[]): T {
    const drawn = this.#next();
    const again = this.#next();
    const at = this.#count++ === this.#changed ? again : drawn;
    return options[Math.floor(at * options.length)] as T;
  }

  #has(type: string): boolean {
    return Object.values(this.#params).includes(type);
  }

  #number(depth: number): string {
    const kind: (typeof KINDS)[number] = depth <= 0 ? this.#draw(['name', 'constant', 'name']) : this.#draw(KINDS);
    const inner = () => this.#number(depth - 1);
    switch (kind) {
      case 'constant':
        return this.#draw(['0', '1', '2', '3', '-1', '5', '7', '10', '-4']);
      case 'binary':
        return `(${inner()} ${this.#draw(['+', '-', '*', '+', '-'])} ${inner()})`;
      case 'division':
        return `(${inner()} ${this.#draw(['//', '%'])} ${this.#draw(['2', '3', '-3', '7', 'k'])})`;
      case 'call':
        return `${this.#draw(['min', 'max'])}(${inner()}, ${inner()})`;
      case 'unary':
        return this.#draw([`abs(${inner()})`, `(-${inner()})`, `int(${this.#condition(depth - 1)})`]);
      case 'choice':
        return `(${inner()} if ${this.#condition(depth - 1)} else ${inner()})`;
      case 'name':
        return this.#leaf();
    }
  }

  #leaf(): string {
    const own = this.#names.length > 0 ? this.#names : ['k'];
    const more = [
      ...(this.#has('str') ? ['len(s)', "s.count('a')", "s.find('b')", 'len(s.strip())'] : []),
      ...(this.#has('list[int]') ? ['len(xs)', 'sum(xs)', 'xs[0]', 'max(xs)', 'xs.count(0)'] : []),
    ];
    return this.#draw([...own, ...own, 'k', ...more]);
  }

  #condition(depth: number): string {
    if (depth > 0 && this.#draw([false, false, true])) {
      return `(${this.#condition(depth - 1)} ${this.#draw(['and', 'or'])} ${this.#condition(depth - 1)})`;
    }
    const texts = this.#has('str') ? ["s.startswith('a')", "'b' in s", 's.isdigit()', "s == 'ab'", 's == s[::-1]'] : [];
    const lists = this.#has('list[int]') ? ['3 in xs', 'xs == sorted(xs)', 'not xs'] : [];
    const compared = `${this.#number(depth - 1)} ${this.#draw(['<', '<=', '==', '!=', '>', '>='])} ${this.#number(depth - 1)}`;
    return this.#draw([compared, compared, ...texts, ...lists]);
  }

  #statement(depth: number, indent: string): string {
    const kind: (typeof STATEMENTS)[number] = this.#draw(STATEMENTS);
    switch (kind) {
      case 'assign':
        return `${indent}k = ${this.#number(2)}\n`;
      case 'if': {
        if (depth <= 0) return `${indent}k += 1\n`;
        const [then, otherwise] = [
          this.#statement(depth - 1, `${indent}    `),
          this.#statement(depth - 1, `${indent}    `),
        ];
        return `${indent}if ${this.#condition(2)}:\n${then}${indent}else:\n${otherwise}`;
      }
      case 'loop':
        return `${indent}for i in range(${this.#draw(['2', '3', '4'])}):\n${indent}    k = k + ${this.#draw(['i', '2', 'i * 2', this.#number(0)])}\n`;
      case 'raise':
        return `${indent}if ${this.#condition(1)}:\n${indent}    raise ${this.#draw(['ValueError', 'KeyError'])}\n`;
      case 'mutate':
        return this.#has('list[int]')
          ? `${indent}xs.${this.#draw(['append(k)', 'reverse()', 'sort()'])}\n`
          : `${indent}k -= 1\n`;
    }
  }

  write(): string {
    const body = Array.from({ length: 1 + this.#draw([0, 1, 1, 2]) }, () => this.#statement(2, '    ')).join('');
    const result = this.#draw([
      'k',
      '(k, 1)',
      'k > 2',
      '[k]',
      ...(this.#has('str') ? ['s + str(k % 3)', 's.upper()'] : []),
    ]);
    return `def f(${Object.keys(this.#params).join(', ')}):\n    k = ${this.#draw(['0', '1', '2'])}\n${body}    return ${result}\n`;
  }
}

const STATEMENTS = ['assign', 'if', 'loop', 'assign', 'if', 'raise', 'mutate'] as const;
const KINDS = ['constant', 'binary', 'division', 'call', 'unary', 'choice', 'name', 'binary'] as const;

/** The same pair for the same seed. */
export function randomPair(seed: number): RandomPair {
  const params = SHAPES[seed % SHAPES.length] ?? { a: 'int' };
  const plain = new Writer(seed, params, -1);
  const source = plain.write();
  const from = Math.floor(generator(seed ^ 0x5bd1e995)() * plain.choices);
  // Not every choice shows in the text.
  for (let change = 0; change < plain.choices; change++) {
    const other = new Writer(seed, params, (from + change) % plain.choices).write();
    if (other !== source) return { source, other, params };
  }
  return { source, other: source, params };
}
