import type { ClassOutline, Parameter, Shape } from '../../../bridges/python/outline.ts';
import type { Random } from '../random.ts';
import { NONE, type Value } from './value.ts';

/** What values are drawn from besides chance. */
export interface Sources {
  /** Classes of the module and of what it imports, by name. */
  readonly classes: ReadonlyMap<string, ClassOutline>;
  /** Numbers and texts that stand in the code, and neighbours of the numbers. */
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
}

const SMALL_NUMBERS = [0, 1, 2, -1, 3, 5, 10, -2, 7, 4, 100];
const FLOATS = [0, 1, 0.5, -1, 0.29, 2.5, 1.15, 0.1, -0.5, 19.99, 10, 2.675, 100, 1e9];
const TEXTS = ['', 'a', 'ab', 'A', 'abc', ' ', 'aa', 'a b', 'B', '0', '12', 'aba', 'Hello', 'x,y', '-1', 'a\n', 'é'];
const CHARACTERS = Array.from('abcABx01 ,.-_');
/** How deep types and classes may nest in a value. */
const DEEPEST = 3;
const CALLABLE: Value = { kind: 'text', text: '(lambda *args: args[0] if args else None)' };

/** Kinds of values for a parameter of which nothing is known, the likelier ones first. */
const ANYTHING: readonly Shape[] = [
  'int',
  ['list', 'int'],
  'str',
  ['list', 'str'],
  ['dict', 'str', 'int'],
  'float',
  'bool',
  ['list', ['list', 'int']],
  'None',
  ['list', ['tuple', 'str', 'int']],
  ['list', ['dict', 'str', 'int']],
  ['set', 'int'],
  ['dict', 'str', ['list', 'int']],
];

const SEQUENCES: readonly Shape[] = [
  ['list', 'int'],
  'str',
  ['list', 'str'],
  ['list', ['list', 'int']],
  ['list', ['tuple', 'str', 'int']],
  ['list', ['dict', 'str', 'int']],
];

const DICTS: readonly Shape[] = [
  ['dict', 'str', 'int'],
  ['dict', 'int', 'int'],
  ['dict', 'str', 'str'],
  ['dict', 'str', ['list', 'int']],
];

const BY_HINT: ReadonlyMap<string, readonly Shape[]> = new Map<string, readonly Shape[]>([
  ['int', ['int', 'float']],
  ['str', ['str']],
  ['character', ['character', 'str']],
  ['list', SEQUENCES.filter((shape) => Array.isArray(shape))],
  ['sequence', SEQUENCES],
  ['dict', DICTS],
  ['container', [DICTS[0] ?? null, ...SEQUENCES, ...DICTS.slice(1)]],
  [
    'set',
    [
      ['set', 'int'],
      ['set', 'str'],
    ],
  ],
  ['None', ['None']],
]);

/** Literal of a default → the shape of its value. */
function shapeOfLiteral(text: string): Shape | undefined {
  if (/^-?\d+$/.test(text)) return 'int';
  if (/^-?\d*\.\d+$/.test(text)) return 'float';
  if (/^['"]/.test(text)) return 'str';
  if (text === 'True' || text === 'False') return 'bool';
  return undefined;
}

/** Whether a parameter says itself what it takes. */
export function isTyped({ shape }: Parameter): boolean {
  return shape !== null && shape !== 'Any' && shape !== 'object';
}

/** Shapes that a parameter may take; one where its annotation says so. */
export function shapesOf(parameter: Parameter): readonly Shape[] {
  if (isTyped(parameter)) return [parameter.shape];
  const found: Shape[] = parameter.hints.flatMap((hint) => BY_HINT.get(hint) ?? []);
  const ofDefault = parameter.default === null ? undefined : shapeOfLiteral(parameter.default);
  if (ofDefault !== undefined) found.unshift(ofDefault);
  const distinct = new Map(found.map((shape) => [JSON.stringify(shape), shape]));
  if (distinct.size === 0) return ANYTHING;
  // What the body does may fit more than one kind; the commonest are tried beside.
  if (distinct.size < 3) for (const shape of ANYTHING.slice(0, 4)) distinct.set(JSON.stringify(shape), shape);
  return [...distinct.values()];
}

/** Draws values of shapes; the higher the size, the larger. */
export class Drawer {
  readonly #random: Random;
  readonly #sources: Sources;

  constructor(random: Random, sources: Sources) {
    this.#random = random;
    this.#sources = sources;
  }

  /** @param size from 0: how many items a container may have, and how far numbers reach */
  draw(shape: Shape, size: number, depth = 0): Value {
    if (shape === null) return this.#anything(size, depth);
    if (typeof shape === 'string') return this.#named(shape, [], size, depth);
    const [name, ...args] = shape;
    return this.#named(typeof name === 'string' ? name : '', args, size, depth);
  }

  #anything(size: number, depth: number): Value {
    return this.draw(this.#random.pick(ANYTHING.slice(0, 5)), size, depth + 1);
  }

  #named(name: string, args: readonly Shape[], size: number, depth: number): Value {
    const simple = this.#simple(name, size);
    if (simple !== undefined) return simple;
    if (name === 'Union' || name === 'Optional' || name === 'Annotated' || name === 'Final') {
      return this.#alternative(name, args, size, depth);
    }
    if (name === 'Literal') return { kind: 'text', text: String(this.#random.pick(args) ?? 'None') };
    return this.#container(name, args, size, depth) ?? this.#instance(name, size, depth);
  }

  #alternative(name: string, args: readonly Shape[], size: number, depth: number): Value {
    if (name === 'Annotated' || name === 'Final') return this.draw(args[0] ?? null, size, depth);
    const choices = name === 'Optional' ? [args[0] ?? null, args[0] ?? null, 'None'] : args;
    return this.draw(choices.length === 0 ? null : this.#random.pick(choices.map((one) => one ?? 'None')), size, depth);
  }

  #simple(name: string, size: number): Value | undefined {
    switch (name) {
      case 'int':
        return { kind: 'int', value: this.#number(size) };
      case 'float':
        return { kind: 'float', value: this.#float(size) };
      case 'complex':
        return { kind: 'text', text: `complex(${this.#number(size)}, ${this.#number(size)})` };
      case 'bool':
        return { kind: 'text', text: this.#random.oneIn(2) ? 'True' : 'False' };
      case 'str':
        return { kind: 'str', value: this.#text(size) };
      case 'character':
        return { kind: 'str', value: this.#random.pick(CHARACTERS) };
      case 'None':
      case 'NoneType':
        return NONE;
      case 'Callable':
        return CALLABLE;
      case 'bytes':
        return { kind: 'bytes', items: this.#many(size, () => ({ kind: 'int', value: this.#random.below(256) })) };
      default:
        return undefined;
    }
  }

  #number(size: number): number {
    const { numbers } = this.#sources;
    if (numbers.length > 0 && this.#random.oneIn(3)) return this.#random.pick(numbers);
    if (this.#random.oneIn(4)) return this.#random.below(2 * size + 3) - size;
    return this.#random.pick(SMALL_NUMBERS.slice(0, 4 + size));
  }

  #float(size: number): number {
    if (this.#random.oneIn(3)) return this.#number(size);
    return this.#random.pick(FLOATS.slice(0, 3 + size));
  }

  #text(size: number): string {
    const { texts } = this.#sources;
    if (texts.length > 0 && this.#random.oneIn(3)) {
      const mined = this.#random.pick(texts);
      if (this.#random.oneIn(2)) return mined;
      return this.#random.pick([mined + mined, `a${mined}b`, ` ${mined}`, mined.toUpperCase(), `${mined}1`]);
    }
    if (this.#random.oneIn(2)) return this.#random.pick(TEXTS.slice(0, 5 + 2 * size));
    return Array.from({ length: this.#random.below(size + 2) }, () => this.#random.pick(CHARACTERS)).join('');
  }

  #many(size: number, item: () => Value): Value[] {
    return Array.from({ length: this.#random.below(Math.min(size, 7) + 2) }, item);
  }

  #container(name: string, args: readonly Shape[], size: number, depth: number): Value | undefined {
    const inner = depth + 1;
    const less = depth >= DEEPEST ? 0 : size;
    const of = (index: number): Value => this.draw(args[index] ?? 'int', less, inner);
    switch (name.toLowerCase()) {
      case 'list':
      case 'sequence':
      case 'mutablesequence':
      case 'iterable':
      case 'collection':
      case 'iterator':
        return { kind: 'list', items: this.#items(less, () => of(0)) };
      case 'tuple':
        return { kind: 'tuple', items: this.#tuple(args, less, of) };
      case 'set':
      case 'mutableset':
        return { kind: 'set', items: this.#items(less, () => of(0)) };
      case 'frozenset':
        return { kind: 'frozenset', items: this.#items(less, () => of(0)) };
      case 'dict':
      case 'mapping':
      case 'mutablemapping':
        return { kind: 'dict', entries: this.#items(less, () => of(0)).map((key) => [key, of(1)]) };
      default:
        return undefined;
    }
  }

  /** Some items, of which one may stand twice: equal items are what sorting and counting go wrong on. */
  #items(size: number, item: () => Value): Value[] {
    const items = this.#many(size, item);
    const [first] = items;
    if (first !== undefined && this.#random.oneIn(3)) items.push(first);
    return items;
  }

  #tuple(args: readonly Shape[], size: number, of: (index: number) => Value): Value[] {
    if (args.length === 0 || args[1] === '...') return this.#items(size, () => of(0));
    return args.map((_, index) => of(index));
  }

  #instance(name: string, size: number, depth: number): Value {
    const found = this.#sources.classes.get(name);
    if (found === undefined || depth > DEEPEST) return this.#anything(size, depth);
    const [member] = found.members;
    if (member !== undefined) return { kind: 'text', text: `${found.name}.${this.#random.pick(found.members)}` };
    return { kind: 'new', class: found.name, args: this.args(found.fields ?? [], size, depth + 1) };
  }

  /** Positional arguments for parameters, those with a default left out at times. */
  args(parameters: readonly Parameter[], size: number, depth = 0): Value[] {
    const args: Value[] = [];
    for (const parameter of parameters) {
      if (parameter.kind !== 'positional' && parameter.kind !== 'any') break;
      if (parameter.default !== null && this.#random.oneIn(2)) break;
      args.push(this.draw(this.#random.pick(shapesOf(parameter).slice(0, 3)), size, depth));
    }
    return args;
  }
}
