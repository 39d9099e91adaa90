import { callArguments, condition, expression, key } from './expressions.ts';
import { quoted, word } from './literals.ts';
import type { Scope, Type, Variable } from './scope.ts';

/** What a block may hold, and how much of it. */
export interface Allowance {
  /** Levels of blocks that may still open. */
  readonly nesting: number;
  readonly inLoop: boolean;
  /** What the function returns. */
  readonly returns: Type;
}

type Maker = (scope: Scope, allowance: Allowance) => string[];

const VALUE_TYPES: readonly (readonly [number, Type])[] = [
  [6, 'int'],
  [1, 'bool'],
  [5, 'str'],
  [3, 'ints'],
  [2, 'strs'],
  [1.5, 'counts'],
  [1, 'pair'],
];

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}

function deeper(allowance: Allowance, inLoop = allowance.inLoop): Allowance {
  return { ...allowance, nesting: allowance.nesting - 1, inLoop };
}

/** A short block of its own scope, which holds a statement at least. */
function block(scope: Scope, allowance: Allowance, most: number, first: readonly string[] = []): string[] {
  const inner = scope.block();
  const lines = [...first];
  const count = scope.random.integer(first.length > 0 ? 0 : 1, most);
  for (let made = 0; made < count; made += 1) lines.push(...statement(inner, allowance));
  return indent(lines);
}

/** A variable that a statement may change: never a loop's own counter. */
function mutable(scope: Scope, type: Type): Variable | undefined {
  const known = scope.of(type);
  return known.length > 0 ? scope.random.pick(known) : undefined;
}

const assign: Maker = (scope) => {
  const { random } = scope;
  const [type, text] = scope.best(() => {
    const chosen = random.weighted(VALUE_TYPES);
    return [
      chosen,
      expression(
        scope,
        chosen,
        random.weighted([
          [6, 1],
          [2, 2],
        ]),
      ),
    ] as const;
  });
  const known = mutable(scope, type);
  const target = known !== undefined && random.chance(0.35) ? known : scope.fresh(type);
  scope.bind(target);
  return [`${target.name} = ${text}`];
};

const augment: Maker = (scope, allowance) => {
  const { random } = scope;
  const type = random.weighted<Type>([
    [5, 'int'],
    [4, 'str'],
    [1, 'ints'],
  ]);
  const target = mutable(scope, type);
  if (target === undefined) return assign(scope, allowance);
  if (type === 'int') {
    const operator = random.weighted([
      [6, '+='],
      [3, '-='],
      [1, '*='],
      [0.7, '//='],
      [0.7, '%='],
    ]);
    const by = operator.length > 2 || '*%'.includes(operator.charAt(0)) ? String(random.integer(2, 5)) : undefined;
    return [`${target.name} ${operator} ${by ?? expression(scope, 'int', random.integer(0, 1))}`];
  }
  return [`${target.name} += ${type === 'str' ? expression(scope, 'str', 0) : `[${expression(scope, 'int', 0)}]`}`];
};

const changeList: Maker = (scope, allowance) => {
  const { random } = scope;
  const type = random.pick<Type>(['ints', 'ints', 'strs']);
  const item: Type = type === 'ints' ? 'int' : 'str';
  const target = mutable(scope, type);
  if (target === undefined) return assign(scope, allowance);
  const { name } = target;
  const value = (): string => expression(scope, item, random.chance(0.3) ? 1 : 0);
  return random.weighted<() => string[]>([
    [8, () => [`${name}.append(${value()})`]],
    [1, () => [`${name}.insert(${random.integer(0, 1)}, ${value()})`]],
    [1, () => [`${name}.pop(${random.pick(['', '', '0'])})`]],
    [1, () => [`${name}.reverse()`]],
    [1, () => [`${name}.sort()`]],
    [1, () => [`${name}[${random.pick(['0', '-1', '1'])}] = ${value()}`]],
    [0.5, () => [`${name}.extend(${expression(scope, type, 0)})`]],
    [0.7, () => [`${name}.remove(${expression(scope, item, 0)})`]],
    [0.7, () => bindTo(scope, item, `${name}.pop(${random.pick(['', '0'])})`)],
    [0.3, () => [`${name}.clear()`]],
  ])();
};

function bindTo(scope: Scope, type: Type, text: string): string[] {
  const target = scope.fresh(type);
  scope.bind(target);
  return [`${target.name} = ${text}`];
}

const changeDict: Maker = (scope, allowance) => {
  const { random } = scope;
  const target = mutable(scope, 'counts');
  if (target === undefined) return assign(scope, allowance);
  const { name } = target;
  const at = key(scope);
  return random.weighted<() => string[]>([
    [4, () => [`${name}[${at}] = ${expression(scope, 'int', random.integer(0, 1))}`]],
    [3, () => [`${name}[${at}] = ${name}.get(${at}, 0) + ${random.integer(1, 2)}`]],
    [1, () => [`${name}[${at}] += ${random.integer(1, 3)}`]],
    [0.7, () => [`del ${name}[${at}]`]],
    [0.7, () => bindTo(scope, 'int', `${name}.pop(${at}${random.pick(['', ', 0'])})`)],
    [0.5, () => [`${name}.setdefault(${at}, ${random.integer(0, 3)})`]],
  ])();
};

const branch: Maker = (scope, allowance) => {
  const { random } = scope;
  const inner = deeper(allowance);
  const lines = [`if ${condition(scope, 1)}:`, ...block(scope, inner, 2)];
  if (random.chance(0.25)) lines.push(`elif ${condition(scope, 0)}:`, ...block(scope, inner, 1));
  if (random.chance(0.45)) lines.push('else:', ...block(scope, inner, 2));
  return lines;
};

/** A loop's header and what it binds. */
function header(scope: Scope, inner: Scope): string {
  const { random } = scope;
  const target = (type: Type): string => {
    const variable = inner.fresh(type);
    inner.bind(variable);
    return variable.name;
  };
  const known = (type: Type): string => expression(scope, type, 0);
  const at = (type: Type): number => (scope.of(type).length > 0 ? 1 : 0.1);
  return random.weighted<() => string>([
    [
      4 * at('int'),
      () => `for ${target('int')} in range(${random.chance(0.6) ? random.integer(1, 4) : known('int')}):`,
    ],
    [1, () => `for ${target('int')} in range(${random.integer(0, 3)}, ${random.integer(3, 6)}):`],
    [5 * at('ints'), () => `for ${target('int')} in ${known('ints')}:`],
    [4 * at('str'), () => `for ${target('str')} in ${known('str')}:`],
    [3 * at('strs'), () => `for ${target('str')} in ${known('strs')}:`],
    [2, () => `for ${target('int')} in range(len(${known(random.pick(['ints', 'str']))})):`],
    [1.5 * at('ints'), () => `for ${target('int')}, ${target('int')} in enumerate(${known('ints')}):`],
    [1 * at('str'), () => `for ${target('int')}, ${target('str')} in enumerate(${known('str')}):`],
    [1.5 * at('counts'), () => `for ${target('str')}, ${target('int')} in ${known('counts')}.items():`],
    [1 * at('counts'), () => `for ${target('str')} in ${known('counts')}:`],
    [1 * at('str'), () => `for ${target('str')} in ${known('str')}.split():`],
    [0.5 * at('ints'), () => `for ${target('int')} in ${known('ints')}[::-1]:`],
  ])();
}

const forLoop: Maker = (scope, allowance) => {
  const inner = scope.block();
  const head = header(scope, inner);
  const lines = [head, ...block(inner, deeper(allowance, true), 3)];
  if (scope.random.chance(0.04)) lines.push('else:', ...block(scope, deeper(allowance), 1));
  return lines;
};

const whileLoop: Maker = (scope, allowance) => {
  const { random } = scope;
  const inner = deeper(allowance, true);
  const stack = mutable(scope, 'ints');
  return random.weighted<() => string[]>([
    [
      4,
      () => {
        const counter = scope.fresh('int');
        const body = block(scope, inner, 2);
        scope.bind(counter);
        const { name } = counter;
        return [`${name} = 0`, `while ${name} < ${random.integer(1, 4)}:`, ...body, `    ${name} += 1`];
      },
    ],
    [
      2,
      () => {
        const counter = scope.fresh('int');
        scope.bind(counter);
        const { name } = counter;
        const by = random.pick([`${name} //= 2`, `${name} -= ${random.integer(2, 4)}`, `${name} = ${name} // 3`]);
        return [
          `${name} = ${random.integer(3, 20)}`,
          `while ${name} > ${random.integer(0, 2)}:`,
          ...indent([by]),
          ...block(scope, inner, 2),
        ];
      },
    ],
    [
      stack === undefined ? 0 : 2,
      () => {
        const item = scope.fresh('int');
        scope.bind(item);
        const name = stack?.name ?? '';
        return [`while ${name}:`, ...block(scope, inner, 2, [`${item.name} = ${name}.pop()`])];
      },
    ],
    [
      0.7,
      () => {
        const counter = scope.fresh('int');
        scope.bind(counter);
        const { name } = counter;
        const leave = [`${name} += 1`, `if ${name} >= ${random.integer(2, 4)}:`, '    break'];
        return [`${name} = 0`, 'while True:', ...indent(leave), ...block(scope, inner, 1)];
      },
    ],
  ])();
};

const RISKY: readonly (readonly [number, (scope: Scope) => readonly [type: Type, text: string, error: string]])[] = [
  [3, (s) => ['int', `int(${expression(s, 'str', 0)})`, 'ValueError']],
  [2, (s) => ['int', `${expression(s, 'ints', 0)}[${expression(s, 'int', 0)}]`, 'IndexError']],
  [2, (s) => ['int', `${expression(s, 'counts', 0)}[${key(s)}]`, 'KeyError']],
  [1, (s) => ['int', `${expression(s, 'int', 0)} // ${expression(s, 'int', 0)}`, 'ZeroDivisionError']],
  [1, (s) => ['int', `${expression(s, 'ints', 0)}.index(${expression(s, 'int', 0)})`, 'ValueError']],
  [1, (s) => ['int', `${expression(s, 'str', 0)}.index(${quoted(word(s.random).slice(0, 1) || 'q')})`, 'ValueError']],
  [0.7, (s) => ['str', `${expression(s, 'str', 0)} + ${expression(s, 'int', 0)}`, 'TypeError']],
];

const attempt: Maker = (scope, allowance) => {
  const { random } = scope;
  const [type, text, error] = scope.best(() => random.weighted(RISKY)(scope));
  const caught = random.weighted([
    [8, error],
    [1, 'Exception'],
    [1, random.pick(['ValueError', 'KeyError'])],
  ]);
  const target = scope.fresh(type);
  const inner = deeper(allowance);
  const named = random.chance(0.3) ? scope.fresh('str').name : undefined;
  const fallback = random.chance(0.8) ? `${target.name} = ${expression(scope, type, 0)}` : undefined;
  const reaction = named !== undefined && random.chance(0.6) ? `${scope.fresh('str').name} = str(${named})` : undefined;
  const handling = [fallback, reaction].filter((line) => line !== undefined);
  const lines = [
    'try:',
    `    ${target.name} = ${text}`,
    ...(random.chance(0.3) ? block(scope, inner, 1) : []),
    `except ${caught}${named === undefined ? '' : ` as ${named}`}:`,
    ...(handling.length > 0 ? indent(handling) : block(scope, inner, 1)),
  ];
  if (random.chance(0.1)) lines.push('else:', ...block(scope, inner, 1));
  if (random.chance(0.06)) lines.push('finally:', ...block(scope, inner, 1));
  if (fallback !== undefined) scope.bind(target);
  return lines;
};

const unpack: Maker = (scope, allowance) => {
  const { random } = scope;
  const pair = mutable(scope, 'pair');
  const [one, other] = [scope.fresh('int'), scope.fresh('int')];
  const known = scope.of('int');
  scope.bind(one);
  scope.bind(other);
  if (known.length > 1 && random.chance(0.3)) {
    const [a, b] = [random.pick(known).name, random.pick(known).name];
    return a === b ? assign(scope, allowance) : [`${a}, ${b} = ${b}, ${a}`, `${one.name} = ${other.name} = ${a}`];
  }
  const side = (): string => expression(scope, 'int', random.integer(0, 1));
  const value = pair !== undefined && random.chance(0.6) ? pair.name : `${side()}, ${side()}`;
  return [`${one.name}, ${other.name} = ${value}`];
};

const call: Maker = (scope, allowance) => {
  const { random } = scope;
  if (scope.callables.length === 0) return assign(scope, allowance);
  const callee = random.pick(scope.callables);
  const text = `${callee.name}(${callArguments(scope, callee.parameters)})`;
  if (callee.returns === 'int' && random.chance(0.3)) {
    const total = mutable(scope, 'int');
    if (total !== undefined) return [`${total.name} += ${text}`];
  }
  const list = callee.returns === 'int' ? mutable(scope, 'ints') : undefined;
  if (list !== undefined && random.chance(0.3)) return [`${list.name}.append(${text})`];
  return bindTo(scope, callee.returns, text);
};

const leave: Maker = (scope, allowance) => {
  const { random } = scope;
  const value = random.chance(0.15)
    ? raising(scope)
    : `return ${expression(scope, allowance.returns, random.integer(0, 1))}`;
  const way = allowance.inLoop
    ? random.weighted([
        [4, 'break'],
        [4, 'continue'],
        [3, value],
      ])
    : value;
  return [`if ${condition(scope, 0)}:`, ...indent([way])];
};

/** A statement that raises. */
function raising(scope: Scope): string {
  const { random } = scope;
  const message = random.pick([quoted(word(random)), quoted('bad value'), expression(scope, 'str', 0)]);
  return `raise ${random.pick(['ValueError', 'ValueError', 'KeyError', 'TypeError', 'IndexError'])}(${message})`;
}

const MAKERS: readonly (readonly [number, Maker])[] = [
  [10, assign],
  [6, augment],
  [5, changeList],
  [2.5, changeDict],
  [1.2, unpack],
  [2.5, call],
  [1.5, leave],
];

const COMPOUND: readonly (readonly [number, Maker])[] = [
  [7, branch],
  [7, forLoop],
  [2, whileLoop],
  [2, attempt],
];

/** One statement, with its block where it has one. */
export function statement(scope: Scope, allowance: Allowance): string[] {
  const { random } = scope;
  const makers = allowance.nesting > 0 && random.chance(0.42) ? COMPOUND : MAKERS;
  return random.weighted(makers)(scope, allowance);
}
