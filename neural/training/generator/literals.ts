import type { Random } from './random.ts';
import type { Type } from './scope.ts';

const WORDS = [
  'ab',
  'cat',
  'dog',
  'red',
  'blue',
  'sun',
  'key',
  'one',
  'two',
  'tree',
  'Hi',
  'Bob',
  'xyz',
  'data',
  'a b',
];
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const MIXED = `${LETTERS}${LETTERS}ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789`;
const MARKS = ' ,-_.!:;';

/** A small integer, as programs of this kind have them. */
export function integer(random: Random): number {
  return random.weighted<() => number>([
    [10, () => random.integer(0, 9)],
    [5, () => random.integer(10, 30)],
    [2, () => random.integer(31, 99)],
    [0.5, () => random.integer(100, 300)],
    [1.5, () => -random.integer(1, 9)],
  ])();
}

/** The contents of a string. */
export function word(random: Random): string {
  return random
    .weighted<() => string>([
      [3, () => random.pick(WORDS)],
      [5, () => random.times(random.integer(1, 6), () => random.pick([...LETTERS])).join('')],
      [3, () => random.times(random.integer(1, 7), () => random.pick([...MIXED])).join('')],
      [2, () => [word(random), word(random)].join(random.pick([...MARKS]))],
      [1, () => String(random.integer(0, 199))],
      [0.5, () => ''],
      [0.7, () => ` ${random.pick(WORDS)} `],
      [0.7, () => random.pick(['a', 'b', 'ab', 'xy']).repeat(random.integer(2, 4))],
    ])()
    .slice(0, 14);
}

/** A string as Python writes it; {@link withQuotes} changes the quotes of a whole program. */
export function quoted(text: string): string {
  return `'${text}'`;
}

/** A program with other quotes around its strings, which hold none and no backslash. */
export function withQuotes(source: string, quote: string): string {
  return source.replaceAll("'", quote);
}

/** A literal of a type. */
export function literal(random: Random, type: Type): string {
  switch (type) {
    case 'int':
      return String(integer(random));
    case 'bool':
      return random.pick(['True', 'False']);
    case 'str':
      return quoted(word(random));
    case 'ints':
      return `[${random.times(length(random), () => integer(random)).join(', ')}]`;
    case 'strs':
      return `[${random.times(length(random), () => quoted(word(random).slice(0, 6))).join(', ')}]`;
    case 'counts':
      return `{${keys(random)
        .map((key) => `${quoted(key)}: ${integer(random)}`)
        .join(', ')}}`;
    case 'pair':
      return `(${integer(random)}, ${integer(random)})`;
  }
}

function length(random: Random): number {
  return random.weighted([
    [1, 0],
    [2, 1],
    [5, 2],
    [6, 3],
    [5, 4],
    [3, 5],
    [1.5, 6],
  ]);
}

function keys(random: Random): string[] {
  return [...new Set(random.times(random.integer(0, 4), () => word(random).slice(0, 4)))];
}
