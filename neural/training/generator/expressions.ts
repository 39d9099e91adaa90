import { literal, quoted, word } from './literals.ts';
import type { Scope, Type } from './scope.ts';

type Maker = (scope: Scope, depth: number) => string;
type Makers = readonly (readonly [weight: number, make: Maker])[];

/** A variable of a type, or a literal where there is none. */
function variable(scope: Scope, type: Type): string {
  const known = scope.of(type);
  if (known.length > 0) return scope.random.pick(known).name;
  scope.missed += 1;
  return literal(scope.random, type);
}

/** A call, index or method needs something short before it. */
function atom(scope: Scope, type: Type, literals = 0.15): string {
  return scope.random.chance(literals) ? literal(scope.random, type) : variable(scope, type);
}

function small(scope: Scope): string {
  const { random } = scope;
  return random.chance(0.3) ? variable(scope, 'int') : String(random.integer(0, 4));
}

function letter(scope: Scope): string {
  const { random } = scope;
  return random.chance(0.25) ? variable(scope, 'str') : quoted(random.pick([...'abcdeot ,1-']));
}

function index(scope: Scope): string {
  const { random } = scope;
  return random.weighted<() => string>([
    [5, () => String(random.integer(0, 2))],
    [3, () => '-1'],
    [1, () => '-2'],
    [3, () => variable(scope, 'int')],
  ])();
}

function slice(scope: Scope): string {
  const { random } = scope;
  const at = (): string => String(random.integer(1, 3));
  return random.weighted<() => string>([
    [4, () => `${at()}:`],
    [4, () => `:${at()}`],
    [2, () => ':-1'],
    [2, () => '::-1'],
    [1, () => `-${at()}:`],
    [1, () => '::2'],
    [1, () => `${random.integer(0, 1)}:${random.integer(2, 4)}`],
    [1, () => `${variable(scope, 'int')}:`],
    [1, () => ':'],
  ])();
}

/** A dict's key that is likely to be in it, or not. */
export function key(scope: Scope): string {
  return scope.random.chance(0.6) ? variable(scope, 'str') : quoted(word(scope.random).slice(0, 3));
}

const sequence = (scope: Scope): string => atom(scope, scope.random.pick(['ints', 'str', 'strs', 'str', 'ints']), 0);

/** Parentheses where an operator stands around something that is not short. */
function operand(scope: Scope, type: Type, depth: number): string {
  const text = expression(scope, type, depth - 1);
  return /^[\w.'"]+$|^[\w.]+[([][^()[\]]*[)\]]$/.test(text) ? text : `(${text})`;
}

const INTS: Makers = [
  [6, (s, d) => `${operand(s, 'int', d)} + ${operand(s, 'int', d)}`],
  [4, (s, d) => `${operand(s, 'int', d)} - ${operand(s, 'int', d)}`],
  [3, (s) => `${variable(s, 'int')} * ${s.random.integer(2, 5)}`],
  [1, (s) => `${variable(s, 'int')} * ${variable(s, 'int')}`],
  [2, (s) => `${variable(s, 'int')} // ${s.random.integer(2, 5)}`],
  [3, (s) => `${variable(s, 'int')} % ${s.random.integer(2, 10)}`],
  [1, (s) => `(${variable(s, 'int')} + ${variable(s, 'int')}) // 2`],
  [1, (s) => `len(${sequence(s)}) - 1`],
  [0.7, (s) => `len(${variable(s, 'str')}.${s.random.pick(['split', 'strip'])}())`],
  [5, (s) => `len(${sequence(s)})`],
  [3, (s) => `${variable(s, 'ints')}[${index(s)}]`],
  [1.5, (s) => `sum(${variable(s, 'ints')})`],
  [1.5, (s) => `${s.random.pick(['max', 'min'])}(${variable(s, 'ints')})`],
  [1.5, (s) => `${s.random.pick(['max', 'min'])}(${atom(s, 'int')}, ${atom(s, 'int')})`],
  [1.5, (s) => `${atom(s, 'str', 0)}.count(${letter(s)})`],
  [1.5, (s) => `${atom(s, 'str', 0)}.${s.random.pick(['find', 'rfind', 'index'])}(${letter(s)})`],
  [1, (s) => `${variable(s, 'ints')}.${s.random.pick(['count', 'index'])}(${atom(s, 'int')})`],
  [1.5, (s) => `${variable(s, 'counts')}.get(${key(s)}, ${s.random.integer(0, 2)})`],
  [1, (s) => `${variable(s, 'counts')}[${key(s)}]`],
  [0.7, (s) => `abs(${variable(s, 'int')})`],
  [1, (s) => `int(${variable(s, 'str')})`],
  [1.5, (s) => `${variable(s, 'pair')}[${s.random.integer(0, 1)}]`],
  [1, (s) => `len(${variable(s, 'counts')})`],
  [1, (s, d) => `${operand(s, 'int', d)} if ${condition(s, 0)} else ${operand(s, 'int', d)}`],
];

const BOOLS: Makers = [
  [8, (s) => `${variable(s, 'int')} ${s.random.pick(['<', '>', '<=', '>=', '==', '!='])} ${atom(s, 'int', 0.7)}`],
  [3, (s) => `${variable(s, 'int')} % ${s.random.integer(2, 5)} == ${s.random.integer(0, 1)}`],
  [2, (s) => `${variable(s, 'ints')}[${index(s)}] ${s.random.pick(['<', '>', '==', '!='])} ${atom(s, 'int', 0.5)}`],
  [1, (s) => `${variable(s, 'str')}[${index(s)}] ${s.random.pick(['==', '!='])} ${letter(s)}`],
  [0.5, (s) => `${atom(s, 'int')} in ${variable(s, 'counts')}.values()`],
  [2, (s) => `len(${sequence(s)}) ${s.random.pick(['>', '<', '==', '>='])} ${s.random.integer(0, 6)}`],
  [2, (s) => `${variable(s, 'str')} ${s.random.pick(['==', '!='])} ${atom(s, 'str', 0.7)}`],
  [2, (s) => `${letter(s)} ${s.random.pick(['in', 'in', 'not in'])} ${atom(s, 'str', 0)}`],
  [2, (s) => `${atom(s, 'int')} ${s.random.pick(['in', 'in', 'not in'])} ${variable(s, 'ints')}`],
  [2, (s) => `${key(s)} ${s.random.pick(['in', 'in', 'not in'])} ${variable(s, 'counts')}`],
  [1, (s) => `${atom(s, 'str', 0.5)} in ${variable(s, 'strs')}`],
  [
    2.5,
    (s) =>
      `${variable(s, 'str')}.${s.random.pick(['isdigit', 'isalpha', 'isupper', 'islower', 'isalnum', 'isspace'])}()`,
  ],
  [1.5, (s) => `${variable(s, 'str')}.${s.random.pick(['startswith', 'endswith'])}(${letter(s)})`],
  [1, (s) => `not ${variable(s, s.random.pick(['ints', 'str', 'bool', 'strs']))}`],
  [1, (s) => variable(s, 'bool')],
  [1.2, (s, d) => `${operand(s, 'bool', d)} ${s.random.pick(['and', 'or'])} ${operand(s, 'bool', d)}`],
];

const STRS: Makers = [
  [5, (s) => `${atom(s, 'str')} + ${atom(s, 'str', 0.4)}`],
  [2.5, (s) => `${variable(s, 'str')}[${index(s)}]`],
  [4, (s) => `${variable(s, 'str')}[${slice(s)}]`],
  [
    3,
    (s) =>
      `${variable(s, 'str')}.${s.random.pick(['upper', 'lower', 'strip', 'swapcase', 'capitalize', 'title', 'lstrip', 'rstrip'])}()`,
  ],
  [
    1,
    (s) => `${variable(s, 'str')}.${s.random.pick(['lower', 'upper', 'strip'])}()[${s.random.pick([':1', '0', '1:'])}]`,
  ],
  [2, (s) => `${variable(s, 'str')}.replace(${letter(s)}, ${quoted(s.random.pick(['', 'x', '-', 'ab', ' ']))})`],
  [2, (s) => `${quoted(s.random.pick(['', '-', ', ', ' ', '']))}.join(${variable(s, 'strs')})`],
  [1.5, (s) => `str(${variable(s, s.random.pick(['int', 'int', 'bool', 'ints']))})`],
  [1, (s) => `${variable(s, 'str')} * ${s.random.integer(2, 3)}`],
  [2, (s) => `${variable(s, 'strs')}[${index(s)}]`],
  [1, (s) => `${variable(s, 'str')}.strip(${letter(s)})`],
  [0.7, (s) => `${variable(s, 'str')}.${s.random.pick(['zfill', 'rjust', 'ljust'])}(${s.random.integer(2, 8)})`],
  [0.7, (s) => `${variable(s, 'str')}.remove${s.random.pick(['prefix', 'suffix'])}(${letter(s)})`],
  [1, (s) => `f'{${variable(s, 'str')}}${s.random.pick(['-', ' ', ':', ''])}{${variable(s, 'int')}}'`],
  [0.5, (s) => `${atom(s, 'str')} if ${condition(s, 0)} else ${atom(s, 'str', 0.6)}`],
];

const INT_LISTS: Makers = [
  [3, (s) => `${variable(s, 'ints')}[${slice(s)}]`],
  [2, (s) => `sorted(${variable(s, 'ints')})`],
  [2, (s) => `${variable(s, 'ints')} + [${atom(s, 'int')}]`],
  [1.5, (s) => `list(range(${small(s)}))`],
  [2, (s) => `[${atom(s, 'int')}, ${atom(s, 'int')}]`],
  [1.5, (s) => `[${atom(s, 'int')}] * ${s.random.integer(2, 4)}`],
  [1, (s) => `${variable(s, 'ints')}.copy()`],
  [1, (s) => `list(${variable(s, 'counts')}.values())`],
  [2, (s) => `[v ${s.random.pick(['+', '*', '-'])} ${s.random.integer(1, 3)} for v in ${variable(s, 'ints')}]`],
  [1.5, (s) => `[v for v in ${variable(s, 'ints')} if v ${s.random.pick(['>', '<', '!='])} ${atom(s, 'int', 0.7)}]`],
  [4, () => '[]'],
];

const STR_LISTS: Makers = [
  [3, (s) => `${variable(s, 'str')}.split(${s.random.chance(0.6) ? '' : letter(s)})`],
  [2, (s) => `list(${variable(s, 'str')})`],
  [1, (s) => `${variable(s, 'str')}.${s.random.pick(['lower', 'upper', 'strip'])}().split()`],
  [2, (s) => `${variable(s, 'strs')}[${slice(s)}]`],
  [1, (s) => `sorted(${variable(s, 'strs')})`],
  [1, (s) => `list(${variable(s, 'counts')})`],
  [1, (s) => `[w.${s.random.pick(['upper', 'strip', 'lower'])}() for w in ${variable(s, 'strs')}]`],
  [1, (s) => `[${atom(s, 'str')}, ${atom(s, 'str')}]`],
  [3, () => '[]'],
];

const DICTS: Makers = [
  [4, () => '{}'],
  [2, (s) => literal(s.random, 'counts')],
  [1, (s) => `dict(${variable(s, 'counts')})`],
  [1, (s) => `{${key(s)}: ${atom(s, 'int')}}`],
];

const PAIRS: Makers = [
  [4, (s, d) => `(${expression(s, 'int', d - 1)}, ${expression(s, 'int', d - 1)})`],
  [1, (s) => `(${variable(s, 'int')}, ${variable(s, 'int')})`],
];

const MAKERS: Readonly<Record<Type, Makers>> = {
  int: INTS,
  bool: BOOLS,
  str: STRS,
  ints: INT_LISTS,
  strs: STR_LISTS,
  counts: DICTS,
  pair: PAIRS,
};

/** An expression of a type; at depth 0 a variable or a literal. */
export function expression(scope: Scope, type: Type, depth: number): string {
  if (depth <= 0) return atom(scope, type, type === 'int' ? 0.35 : 0.2);
  return scope.best(() => scope.random.weighted(MAKERS[type])(scope, depth));
}

/** A condition. */
export function condition(scope: Scope, depth: number): string {
  return scope.best(() => scope.random.weighted(depth > 0 ? BOOLS : BOOLS.slice(0, -1))(scope, depth));
}

/** Arguments for a call of a function of the program. */
export function callArguments(scope: Scope, parameters: readonly Type[]): string {
  return parameters
    .map((type) => (scope.random.chance(0.75) ? atom(scope, type, 0.1) : expression(scope, type, 1)))
    .join(', ');
}
