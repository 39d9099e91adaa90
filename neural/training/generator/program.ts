import { callArguments, expression } from './expressions.ts';
import { literal, withQuotes } from './literals.ts';
import { Random } from './random.ts';
import { anyName, type Callable, Scope, type Type, type Variable } from './scope.ts';
import { statement } from './statements.ts';

const PARAMETER_TYPES: readonly (readonly [number, Type])[] = [
  [5, 'int'],
  [0.2, 'bool'],
  [6, 'str'],
  [4, 'ints'],
  [2, 'strs'],
  [1.5, 'counts'],
  [0.7, 'pair'],
];

const HELPER_NAMES = ['helper', 'g', 'step', 'adjust', 'check', 'convert', 'score', 'follow', 'to_value', 'pick_one'];
const ENTRY_NAMES = ['f', 'f', 'f', 'solve', 'run', 'process', 'compute', 'search', 'parse'];

/** How large a program gets, from 0 (two or three statements, nothing nested) to 1 (a dozen, two levels, helpers). */
export type Grade = number;

/**
 * A program of the domain that the embedded model is made for: `main`, which carries the mark of the entry, calls a
 * function with literals. The same seed and grade give the same text.
 */
export function generateProgram(seed: number, grade: Grade): string {
  const random = new Random(seed);
  const callables: Callable[] = [];
  const lines: string[] = [];
  const constants: Variable[] = [];
  if (grade > 0.3 && random.chance(0.08)) {
    const constant = random.pick<Variable>([
      { name: 'TABLE', type: 'counts' },
      { name: 'LIMIT', type: 'int' },
      { name: 'MARKS', type: 'str' },
    ]);
    lines.push(`${constant.name} = ${literal(random, constant.type)}`, '', '');
    constants.push(constant);
  }
  const helpers =
    grade < 0.3
      ? 0
      : random.weighted([
          [5, 0],
          [4, 1],
          [1, 2],
        ]);
  const names = [...HELPER_NAMES];
  for (let made = 0; made < helpers; made += 1) {
    const [listed = 'g'] = names.splice(random.integer(0, names.length - 1), 1);
    const name = random.chance(0.8) ? listed : `${anyName(random)}_${made}`;
    const nesting = grade > 0.6 ? 1 : 0;
    const { callable, text } = random.chance(0.12)
      ? recursion(random, name)
      : helper(random, name, { size: random.integer(0, 2), nesting, callables, constants });
    lines.push(...text, '', '');
    callables.push(callable);
  }
  const parameters = random.times(random.integer(1, 3), () => random.weighted(PARAMETER_TYPES));
  const returns = random.pick<Type>(['int', 'str', 'ints', 'strs', 'bool', 'counts', 'pair']);
  const name = random.chance(0.85) ? random.pick(ENTRY_NAMES) : `to_${anyName(random)}`;
  const entry: Callable = { name, parameters, returns };
  const size = 1 + Math.round(grade * random.integer(3, 6));
  lines.push(...define(random, entry, { size, nesting: Math.round(grade * 2), callables, constants }), '', '');
  const given = parameters.map((type) => literal(random, type)).join(', ');
  lines.push('def main():  # << START_OF_TRACE', `    return ${entry.name}(${given})`, '');
  const source = lines.join('\n');
  return random.chance(0.35) ? withQuotes(source, '"') : source;
}

interface Extent {
  readonly size: number;
  readonly nesting: number;
  readonly callables: readonly Callable[];
  /** Names of the module, which a function reads and does not bind. */
  readonly constants: readonly Variable[];
}

/** A function and the lines that define it. */
interface Definition {
  readonly callable: Callable;
  readonly text: readonly string[];
}

function helper(random: Random, name: string, extent: Extent): Definition {
  const parameters = random.times(random.integer(1, 2), () => random.weighted(PARAMETER_TYPES));
  const callable: Callable = { name, parameters, returns: random.pick(['int', 'int', 'bool', 'str', 'ints']) };
  return { callable, text: define(random, callable, extent) };
}

/** A function that calls itself. */
function recursion(random: Random, name: string): Definition {
  const low = random.integer(0, 1);
  const start = random.integer(0, 2);
  const [type, n, base, step] = random.pick<readonly [Type, string, string, string]>([
    ['int', 'n', `if n <= ${low}:`, `n ${random.pick(['+', '*'])} ${name}(n - ${random.integer(1, 2)})`],
    ['int', 'n', 'if n < 2:', `${name}(n - 1) + ${name}(n - 2)`],
    ['int', 'n', `if n < ${random.integer(3, 10)}:`, `${name}(n // ${random.integer(2, 4)}) + ${random.integer(1, 2)}`],
    ['ints', 'xs', 'if not xs:', `xs[0] + ${name}(xs[1:])`],
    ['str', 's', 'if not s:', `${name}(s[1:]) + ${random.integer(1, 2)}`],
  ]);
  const text = [`def ${name}(${n}):`, `    ${base}`, `        return ${start}`, `    return ${step}`];
  return { callable: { name, parameters: [type], returns: 'int' }, text };
}

function define(random: Random, own: Callable, { size, nesting, callables, constants }: Extent): string[] {
  const scope = new Scope(random, callables);
  const parameters = own.parameters.map((type) => scope.fresh(type));
  for (const variable of [...constants, ...parameters]) scope.bind(variable);
  const body: string[] = [];
  const allowance = { nesting, inLoop: false, returns: own.returns };
  for (let made = 0; made < size; made += 1) body.push(...statement(scope, allowance));
  if (body.length === 0 || random.chance(0.9)) body.push(`return ${result(scope, own)}`);
  return [`def ${own.name}(${parameters.map(({ name }) => name).join(', ')}):`, ...body.map((line) => `    ${line}`)];
}

function result(scope: Scope, { returns }: Callable): string {
  const { random, callables } = scope;
  const callee = callables.find((candidate) => candidate.returns === returns);
  if (callee !== undefined && random.chance(0.2)) return `${callee.name}(${callArguments(scope, callee.parameters)})`;
  // What was computed last is what a function of this kind returns.
  const known = scope.of(returns).at(-1);
  if (known !== undefined && random.chance(0.6)) return known.name;
  return expression(scope, returns, random.integer(0, 1));
}
