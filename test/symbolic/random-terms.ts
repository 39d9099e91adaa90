import fc from 'fast-check';
import type { Operator, TermRef } from '../../core/term.ts';
import type { TermBuilder } from '../../symbolic/terms/builder.ts';
import type { TermValue } from '../../symbolic/terms/value.ts';

/** Variables of random terms. */
export const INTS = ['x', 'y', 'z'] as const;
export const BOOLS = ['p', 'q'] as const;
export const SORTS = new Map([
  ...INTS.map((name) => [name, 'int'] as const),
  ...BOOLS.map((name) => [name, 'bool'] as const),
]);

/** Integers where encodings go wrong: around 0, powers of two, and large. */
export const integers: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt({ min: -9n, max: 9n }),
  fc.bigInt({ min: -300n, max: 300n }),
  fc.constantFrom(2n ** 31n, 2n ** 31n - 1n, -(2n ** 31n), 2n ** 53n + 1n, 2n ** 63n, -(2n ** 64n) - 1n, 10n ** 30n),
);

export const assignments: fc.Arbitrary<Map<string, TermValue>> = fc
  .tuple(...INTS.map(() => integers), ...BOOLS.map(() => fc.boolean()))
  .map((values) => new Map([...INTS, ...BOOLS].map((name, at) => [name, values[at] as TermValue])));

const TO_INT: readonly Operator[] = ['neg', 'add', 'sub', 'mul', 'floordiv', 'mod', 'bitand', 'ite', 'int'];
const TO_BOOL: readonly Operator[] = ['eq', 'lt', 'le', 'not', 'and', 'or'];

/** A step of making a term: which operator, and from which of the terms so far. */
export interface Step {
  readonly operator: Operator;
  readonly picks: readonly [number, number, number];
}

/** Recipes of terms; `linear` ones multiply and divide by constants only. */
export const recipes = (most: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      operator: fc.constantFrom(...TO_INT, ...TO_BOOL),
      picks: fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40)),
    }),
    { minLength: 2, maxLength: most },
  );

/** The terms of a recipe, each as its own root. */
export function cook(
  builder: TermBuilder,
  steps: readonly Step[],
  constants: readonly bigint[],
  linear: boolean,
): { ints: TermRef[]; bools: TermRef[] } {
  const fixed = [0n, 1n, 3n, -2n, ...constants].map((value) => builder.constant(value));
  const ints = [...INTS.map((name) => builder.variable(name, 'int')), ...fixed];
  const bools = [...BOOLS.map((name) => builder.variable(name, 'bool')), builder.truth(true)];
  const int = (pick: number) => ints[pick % ints.length] as TermRef;
  const bool = (pick: number) => bools[pick % bools.length] as TermRef;
  for (const { operator, picks } of steps) {
    const [a, b, c] = picks;
    const second = linear ? (fixed[1 + (b % (fixed.length - 1))] as TermRef) : int(b);
    switch (operator) {
      case 'neg':
        ints.push(builder.apply('neg', int(a)));
        break;
      case 'add':
        ints.push(builder.apply('add', int(a), int(b), int(c)));
        break;
      case 'sub':
        ints.push(builder.apply('sub', int(a), int(b)));
        break;
      case 'mul':
      case 'bitand':
        ints.push(builder.apply(operator, int(a), second));
        break;
      case 'floordiv':
      case 'mod':
        if (builder.valueOf(second) !== 0n) ints.push(builder.apply(operator, int(a), second));
        break;
      case 'ite':
        ints.push(builder.apply('ite', bool(a), int(b), int(c)));
        break;
      case 'int':
        ints.push(builder.apply('int', bool(a)));
        break;
      case 'eq':
      case 'lt':
      case 'le':
        bools.push(builder.apply(operator, int(a), int(b)));
        break;
      case 'not':
        bools.push(builder.apply('not', bool(a)));
        break;
      case 'and':
      case 'or':
        bools.push(builder.apply(operator, bool(a), bool(b)));
        break;
    }
  }
  return { ints, bools };
}
