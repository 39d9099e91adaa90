import type { ShadowArgument, ShadowValue } from '../../core/shadow.ts';
import type { ParameterType } from './parameter-type.ts';

/** Rounds whose integers are small: what a program counts to or raises to a power is then soon done. */
const SMALL_ROUNDS = 20;
const SMALL = 256n;

/** Integers at which Python code likes to change its mind: signs, powers, what a float cannot hold. */
const INTEGERS: readonly bigint[] = [
  0n,
  1n,
  -1n,
  2n,
  -2n,
  3n,
  5n,
  7n,
  10n,
  -10n,
  100n,
  255n,
  256n,
  -256n,
  2n ** 31n,
  -(2n ** 31n),
  2n ** 53n + 1n,
  2n ** 63n,
  -(2n ** 64n),
];

/** Texts at which it does: empty, cases, spaces, digits of other scripts, letters that grow when they change case. */
const TEXTS: readonly string[] = [
  '',
  'a',
  'b',
  'A',
  'ab',
  'ba',
  'aa',
  'aba',
  'abc',
  'Hello World',
  ' ',
  ' a ',
  '0',
  '12',
  '-1',
  'a1',
  '1a',
  'ß',
  'İ',
  'ǰ',
  '²',
  '٣',
  'é',
  '\n',
  '\t',
  'a,b',
  'a-b',
  '((',
  '()',
  '_',
  '😀',
];
const FLOATS: readonly string[] = ['0.0', '-0.0', '1.0', '-1.0', '0.1', '0.5', '2.5', '1e16', 'inf', '-inf', 'nan'];

/** More than these are not taken from one source. */
const MINED = 40;

/** Constants of a source text, which are where its conditions turn. */
export function mineConstants(sources: readonly string[]): { integers: bigint[]; texts: string[] } {
  const integers = new Set<bigint>();
  const texts = new Set<string>();
  for (const source of sources) {
    for (const [digits] of source.matchAll(/(?<![\w.])\d{1,30}(?![\w.])/g)) {
      if (integers.size < MINED) for (const offset of [0n, 1n, -1n]) integers.add(BigInt(digits) + offset);
    }
    for (const match of source.matchAll(/'([^'\\\n]{0,24})'|"([^"\\\n]{0,24})"/g)) {
      if (texts.size < MINED) texts.add(match[1] ?? match[2] ?? '');
    }
  }
  return { integers: [...integers], texts: [...texts] };
}

/**
 * Seeded inputs: boundary values and the sources' own constants first, mixtures of them after. The same seed gives the
 * same inputs.
 */
export class Seeds {
  readonly #integers: readonly bigint[];
  readonly #texts: readonly string[];
  #state: number;

  constructor(sources: readonly string[], seed = 0) {
    const mined = mineConstants(sources);
    this.#integers = [...mined.integers, ...INTEGERS];
    this.#texts = [...mined.texts, ...TEXTS];
    this.#state = seed >>> 0;
  }

  /** The next inputs for a parameter list. */
  *inputs(parameters: readonly (readonly [name: string, type: ParameterType])[]): Generator<ShadowArgument[], never> {
    for (let round = 0; ; round++) {
      yield parameters.map(([name, type], place) => ({ name, value: this.#value(type, round, place, 0) }));
    }
  }

  /** Mulberry32, by Tommy Ettinger, who put it in the public domain: a number from 0 up to `below`. */
  #below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  #pick<T>(choices: readonly T[], round: number): T {
    // A lone parameter walks through all of its values; the mixtures come with the rounds after that.
    const choice = choices[round < choices.length && this.#below(2) === 0 ? round : this.#below(choices.length)];
    if (choice === undefined) throw new Error('nothing to choose from');
    return choice;
  }

  #value(type: ParameterType, round: number, place: number, depth: number): ShadowValue {
    switch (type.kind) {
      case 'none':
        return { t: 'none' };
      case 'int':
        return { t: 'int', v: this.#integer(round + place).toString() };
      case 'bool':
        return { t: 'bool', v: this.#below(2) === 1 };
      case 'float':
        return { t: 'float', v: this.#pick(FLOATS, round) };
      case 'str':
        return { t: 'str', v: this.#text(round) };
      case 'optional':
        return this.#below(4) === 0 ? { t: 'none' } : this.#value(type.item, round, place, depth);
      case 'tuple':
        return type.rest
          ? { t: 'tuple', items: this.#items(type.items[0] ?? { kind: 'none' }, round, depth) }
          : { t: 'tuple', items: type.items.map((item) => this.#value(item, round, place, depth + 1)) };
      case 'list':
        return { t: 'list', items: this.#items(type.item, round, depth) };
      case 'set':
        return { t: 'set', items: distinct(this.#items(type.item, round, depth)) };
      case 'dict': {
        const keys = distinct(this.#items(type.key, round, depth));
        return {
          t: 'dict',
          items: keys.map((key) => [key, this.#value(type.value, round, place, depth + 1)] as const),
        };
      }
    }
  }

  #integer(round: number): bigint {
    if (this.#below(3) === 0) return BigInt(this.#below(21) - 10);
    const value = this.#pick(this.#integers, round);
    return round < SMALL_ROUNDS && (value > SMALL || value < -SMALL) ? value % SMALL : value;
  }

  #text(round: number): string {
    const text = this.#pick(this.#texts, round);
    return this.#below(4) === 0 ? (text + this.#pick(this.#texts, round)).slice(0, 16) : text;
  }

  #items(type: ParameterType, round: number, depth: number): ShadowValue[] {
    const length = this.#below(depth === 0 ? 6 : 3);
    return Array.from({ length }, (_, index) => this.#value(type, round + index, index, depth + 1));
  }
}

function distinct(values: readonly ShadowValue[]): ShadowValue[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
