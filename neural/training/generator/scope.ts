import type { Random } from './random.ts';

/** The types of values that generated programs hold. */
export const TYPES = ['int', 'bool', 'str', 'ints', 'strs', 'counts', 'pair'] as const;

/** Integers, booleans, strings, lists of integers or strings, dicts from strings to integers, pairs of integers. */
export type Type = (typeof TYPES)[number];

/** A name and what it holds. */
export interface Variable {
  readonly name: string;
  readonly type: Type;
}

/** A function that a program defines and its statements may call. */
export interface Callable {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly returns: Type;
}

const NAMES: Readonly<Record<Type, readonly string[]>> = {
  int: ['n', 'k', 'x', 'y', 'total', 'count', 'a', 'b', 'm', 'best', 'size', 'value', 'num', 'result', 'step', 'limit'],
  bool: ['ok', 'found', 'flag', 'done', 'valid', 'seen'],
  str: ['s', 't', 'text', 'word', 'name', 'out', 'line', 'result', 'prefix', 'key', 'string', 'tail'],
  ints: ['nums', 'items', 'numbers', 'xs', 'values', 'acc', 'lst', 'arr', 'rest', 'output', 'array', 'data'],
  strs: ['words', 'parts', 'names', 'lines', 'tokens', 'chars', 'strings', 'pieces'],
  counts: ['counts', 'd', 'table', 'scores', 'dic', 'seen', 'mapping', 'memo'],
  pair: ['pair', 'point', 'p', 'span', 'bounds'],
};

const SPARE = 'abcdefghijmnopqrstuvwxyz';
const VOWELS = 'aeiou';
const CONSONANTS = 'bcdfghklmnprstvw';

/** A name that no list has: a letter, maybe with a number, or two or three syllables, which spell no keyword. */
export function anyName(random: Random): string {
  if (random.chance(0.3)) return random.pick([...SPARE]) + (random.chance(0.5) ? random.integer(1, 9) : '');
  const syllable = (): string => random.pick([...CONSONANTS]) + random.pick([...VOWELS]);
  return random.times(random.integer(2, 3), syllable).join(random.chance(0.15) ? '_' : '');
}

/** What is in reach at a place of a program. */
export class Scope {
  readonly random: Random;
  readonly variables: Variable[];
  readonly callables: readonly Callable[];
  /** How often a variable was wanted where none of its type was in reach. */
  missed = 0;
  /** Every name of the function, so that a new one is new. */
  readonly #taken: Set<string>;

  constructor(random: Random, callables: readonly Callable[], variables: Variable[] = [], taken = new Set<string>()) {
    this.random = random;
    this.callables = callables;
    this.variables = variables;
    this.#taken = taken;
  }

  /** A scope for a block: what it binds is not seen behind it. */
  block(): Scope {
    return new Scope(this.random, this.callables, [...this.variables], this.#taken);
  }

  /** Of a few tries the one that makes the most of the variables in reach. */
  best<Made>(make: () => Made): Made {
    let best = make();
    let least = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 5 && least > 0; tries += 1) {
      const before = this.missed;
      const made = make();
      const missed = this.missed - before;
      if (missed < least) [best, least] = [made, missed];
    }
    return best;
  }

  of(type: Type): Variable[] {
    return this.variables.filter((variable) => variable.type === type);
  }

  /** A name that the function does not use yet, not bound. */
  fresh(type: Type): Variable {
    const free = NAMES[type].filter((name) => !this.#taken.has(name));
    let name = free.length > 0 && this.random.chance(0.75) ? this.random.pick(free) : '';
    while (name === '' || this.#taken.has(name)) name = anyName(this.random);
    this.#taken.add(name);
    return { name, type };
  }

  bind(variable: Variable): void {
    if (!this.variables.some(({ name }) => name === variable.name)) this.variables.push(variable);
  }
}
