import type { ShadowArgument, ShadowValue } from '../../core/shadow.ts';
import type { ParameterType } from './parameter-type.ts';

/** How far shapes are enumerated. */
export interface ShapeBounds {
  /** Items of a list, a set, a dict, an open tuple; code points of a string. */
  readonly length: number;
  /** Shapes in all. */
  readonly shapes: number;
}

/** Arguments whose leaves are free, and whose lengths and keys are fixed. */
export interface Shapes {
  readonly shapes: readonly (readonly ShadowArgument[])[];
  /** What the enumeration leaves out, in words; empty: the shapes and their leaves are all inputs there are. */
  readonly bounds: readonly string[];
}

/** Distinct keys and members for spines, which are concrete. */
const SPINE: Readonly<Record<'int' | 'str' | 'bool', readonly ShadowValue[]>> = {
  int: [0, 1, 2, -1, 3, 5, 7, 10].map((number) => ({ t: 'int', v: String(number) }) as const),
  str: ['a', 'b', '', 'c', 'ab', 'A', ' ', '0'].map((text) => ({ t: 'str', v: text }) as const),
  bool: [
    { t: 'bool', v: false },
    { t: 'bool', v: true },
  ],
};
const OTHER_SPINE: readonly ShadowValue[] = [{ t: 'none' }];

function spineOf(type: ParameterType): readonly ShadowValue[] {
  return type.kind === 'int' || type.kind === 'str' || type.kind === 'bool' ? SPINE[type.kind] : OTHER_SPINE;
}

/** Where the fuzzers start: the first letter keeps most string code on its ordinary way. */
const LETTER = 'a';
const FLOATS: readonly string[] = ['0.0', '1.0', '-1.5', '0.5', '-0.0', 'inf', 'nan', '1e308'];

class Enumeration {
  readonly bounds = new Set<string>();
  readonly #limits: ShapeBounds;

  constructor(limits: ShapeBounds) {
    this.#limits = limits;
  }

  /** The shapes of one type, small ones first, at most `limit` of them. */
  of(type: ParameterType, name: string, limit: number): ShadowValue[] {
    switch (type.kind) {
      case 'none':
        return [{ t: 'none' }];
      case 'int':
        return [{ t: 'int', v: '0' }];
      case 'bool':
        return [{ t: 'bool', v: false }];
      case 'float':
        this.bounds.add(`${name} among ${FLOATS.length} floats`);
        return FLOATS.map((v) => ({ t: 'float', v }));
      case 'str':
        this.#bound(name);
        return this.#lengths().map((length) => ({ t: 'str', v: LETTER.repeat(length) }));
      case 'list':
      case 'tuple':
      case 'set':
      case 'dict':
        return this.#collection(type, name, limit);
      case 'optional':
        return [{ t: 'none' }, ...this.of(type.item, name, limit - 1)];
    }
  }

  #lengths(): number[] {
    return Array.from({ length: this.#limits.length + 1 }, (_, length) => length);
  }

  #bound(name: string): void {
    this.bounds.add(`len(${name}) <= ${this.#limits.length}`);
  }

  #collection(
    type: Extract<ParameterType, { kind: 'list' | 'tuple' | 'set' | 'dict' }>,
    name: string,
    limit: number,
  ): ShadowValue[] {
    if (type.kind === 'tuple' && !type.rest) {
      return this.product(
        type.items.map((item, index) => this.of(item, `${name}[${index}]`, limit)),
        limit,
        name,
      ).map((items) => ({ t: 'tuple', items }));
    }
    this.#bound(name);
    switch (type.kind) {
      case 'list':
        return this.#sequences(type.item, name, limit).map((items) => ({ t: 'list', items }));
      case 'tuple':
        return this.#sequences(type.items[0] ?? { kind: 'none' }, name, limit).map((items) => ({ t: 'tuple', items }));
      case 'set':
        return this.#spines(type.item, name).map((items) => ({ t: 'set', items }));
      case 'dict':
        return this.#dicts(type, name, limit);
    }
  }

  #sequences(item: ParameterType, name: string, limit: number): ShadowValue[][] {
    const items = this.of(item, `${name}[i]`, limit);
    return this.#lengths().flatMap((length) =>
      this.product(
        Array.from({ length }, () => items),
        Math.max(1, Math.floor(limit / (this.#limits.length + 1))),
        name,
      ),
    );
  }

  #spines(item: ParameterType, name: string): ShadowValue[][] {
    const spine = spineOf(item);
    this.bounds.add(`members of ${name} among ${spine.length} values`);
    return this.#lengths()
      .filter((length) => length <= spine.length)
      .map((length) => spine.slice(0, length));
  }

  #dicts(type: Extract<ParameterType, { kind: 'dict' }>, name: string, limit: number): ShadowValue[] {
    const values = this.of(type.value, `${name}[k]`, limit);
    return this.#spines(type.key, name).flatMap((keys) =>
      this.product(
        keys.map(() => values),
        Math.max(1, Math.floor(limit / (this.#limits.length + 1))),
        name,
      ).map((row): ShadowValue => {
        return { t: 'dict', items: keys.map((key, index) => [key, row[index] ?? { t: 'none' }] as const) };
      }),
    );
  }

  /** Every choice of one from each, in the order of the sum of their places, so that small ones come first. */
  product<T>(choices: readonly (readonly T[])[], limit: number, name: string): T[][] {
    let rows: { items: T[]; rank: number }[] = [{ items: [], rank: 0 }];
    for (const choice of choices) {
      const next = rows.flatMap(({ items, rank }) =>
        choice.map((item, place) => ({ items: [...items, item], rank: rank + place })),
      );
      next.sort((a, b) => a.rank - b.rank);
      if (next.length > limit) this.bounds.add(`${limit} shapes of ${name}`);
      rows = next.slice(0, limit);
    }
    return rows.map(({ items }) => items);
  }
}

/** The shapes of a parameter list, small ones first. */
export function enumerateShapes(
  parameters: readonly (readonly [name: string, type: ParameterType])[],
  limits: ShapeBounds,
): Shapes {
  const enumeration = new Enumeration(limits);
  const choices = parameters.map(([name, type]) => enumeration.of(type, name, limits.shapes));
  const rows = enumeration.product(choices, limits.shapes, 'the arguments');
  const shapes = rows.map((row) =>
    row.map((value, index): ShadowArgument => ({ name: parameters[index]?.[0] ?? '', value })),
  );
  return { shapes, bounds: [...enumeration.bounds] };
}
