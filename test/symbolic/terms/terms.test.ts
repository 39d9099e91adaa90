import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TermRef, TermTable } from '../../../core/term.ts';
import { TermBuilder } from '../../../symbolic/terms/builder.ts';
import { evaluate, MAX_BITS } from '../../../symbolic/terms/evaluate.ts';
import { bitsOf, intervals } from '../../../symbolic/terms/interval.ts';
import { freeVariables, readTermTable, TermError } from '../../../symbolic/terms/table.ts';
import { termText } from '../../../symbolic/terms/text.ts';
import {
  type Assignment,
  floorDivide,
  floorModulo,
  readValue,
  type TermValue,
  valueText,
} from '../../../symbolic/terms/value.ts';
import { assignments, cook, integers, recipes, SORTS } from '../random-terms.ts';

const python = spawnSync('python3', ['--version']).status === 0;

/** What Python makes of expressions. */
function askPython(expressions: readonly string[], values: readonly Assignment[]): unknown[] {
  const environments = values.map((assignment) =>
    Object.fromEntries(
      Array.from(assignment, ([name, value]) => [name, typeof value === 'boolean' ? value : String(value)]),
    ),
  );
  const script = `
import json, sys
for line in sys.stdin:
    expression, values = json.loads(line)
    env = {k: v if isinstance(v, bool) else int(v) for k, v in values.items()}
    try:
        value = eval(expression, {}, env)
        print(json.dumps(value if isinstance(value, bool) else str(value)))
    except ZeroDivisionError:
        print('null')
`;
  const input = expressions.map((expression, at) => JSON.stringify([expression, environments[at]])).join('\n');
  const { stdout, stderr } = spawnSync('python3', ['-c', script], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (stderr !== '') throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('a value', () => {
  it.each([0n, -7n, 10n ** 30n, true, false])('%s is read from its text', (value) => {
    expect(readValue(valueText(value))).toBe(value);
    expect(() => readValue('1.5')).toThrow(SyntaxError);
  });
});

describe('evaluation', () => {
  it('agrees with Python on terms written as Python, the text of a term included', (context) => {
    context.skip(!python, 'there is no python3');
    const expressions: string[] = [];
    const values: Assignment[] = [];
    const ours: unknown[] = [];
    const cases = fc.sample(fc.tuple(recipes(12), fc.array(integers, { maxLength: 3 }), assignments), {
      numRuns: 1500,
      seed: 7,
    });
    for (const [steps, constants, assignment] of cases) {
      const builder = new TermBuilder();
      const { ints, bools } = cook(builder, steps, constants, false);
      for (const root of [ints.at(-1), bools.at(-1)] as TermRef[]) {
        const text = termText(builder.table, root, 5_000);
        const [value] = evaluate(builder.table, [root], assignment);
        // Python evaluates what ours leaves out, such as both sides of `and`; those are compared elsewhere.
        if (value === undefined || text.includes('…')) continue;
        expressions.push(text);
        values.push(assignment);
        ours.push(typeof value === 'boolean' ? value : String(value));
      }
    }
    expect(expressions.length).toBeGreaterThan(2000);
    const theirs = askPython(expressions, values);
    for (const [at, answer] of theirs.entries()) {
      if (answer !== null) expect([expressions[at], answer]).toEqual([expressions[at], ours[at]]);
    }
  });

  it('has Python’s division on all small pairs and large ones', () => {
    const sides = [...Array.from({ length: 19 }, (_, at) => BigInt(at - 9)), 10n ** 30n, -(10n ** 30n) - 1n];
    for (const dividend of sides) {
      for (const divisor of sides.filter((side) => side !== 0n)) {
        const [quotient, rest] = [floorDivide(dividend, divisor), floorModulo(dividend, divisor)];
        expect(quotient * divisor + rest).toBe(dividend);
        expect(divisor > 0n ? rest >= 0n && rest < divisor : rest <= 0n && rest > divisor).toBe(true);
      }
    }
  });

  it('does not ask for what cannot matter', () => {
    const builder = new TermBuilder();
    const [n, d, zero] = [builder.variable('n', 'int'), builder.variable('d', 'int'), builder.constant(0)];
    const defined = builder.apply('not', builder.apply('eq', d, zero));
    const above = builder.apply('lt', zero, builder.apply('floordiv', n, d));
    const guarded = builder.apply('and', defined, above);
    const at = (value: bigint) =>
      evaluate(
        builder.table,
        [guarded, above],
        new Map([
          ['n', 7n],
          ['d', value],
        ]),
      );
    expect(at(0n)).toEqual([false, undefined]);
    expect(at(2n)).toEqual([true, true]);
  });

  it('stops at large numbers and takes deep terms', () => {
    const builder = new TermBuilder();
    let term = builder.variable('n', 'int');
    for (let round = 0; round < 40; round++) term = builder.apply('mul', term, term);
    expect(evaluate(builder.table, [term], new Map([['n', 3n]]))).toEqual([undefined]);
    let sum = builder.variable('n', 'int');
    for (let round = 0; round < 100_000; round++) sum = builder.apply('sub', builder.constant(round % 5), sum);
    expect(evaluate(builder.table, [sum], new Map([['n', 3n]]))[0]).toBeTypeOf('bigint');
    expect(MAX_BITS).toBeLessThan(1_000_000);
  });
});

describe('a builder', () => {
  it('changes no value by what it folds', () => {
    fc.assert(
      fc.property(recipes(15), fc.array(integers, { maxLength: 3 }), assignments, (steps, constants, assignment) => {
        const plain = rawTable(steps, constants);
        const builder = new TermBuilder();
        const refs = builder.adopt(plain, SORTS);
        const before = evaluate(plain, [...plain.keys()], assignment);
        const after = evaluate(builder.table, refs, assignment);
        // A fold may give a value where the plain term has none, never another one.
        for (const [at, value] of before.entries()) if (value !== undefined) expect(after[at]).toBe(value);
      }),
      { numRuns: 300 },
    );
  });

  it('joins tables by the names of their variables, and puts terms in their place', () => {
    const one = new TermBuilder();
    one.apply('add', one.variable('x', 'int'), one.constant(1));
    const builder = new TermBuilder();
    const first = builder.adopt(one.table, SORTS);
    expect(builder.adopt(one.table, SORTS)).toEqual(first);
    const doubled = builder.apply('mul', builder.variable('y', 'int'), builder.constant(2));
    const last = builder.adopt(one.table, SORTS, new Map([['x', doubled]])).at(-1) as TermRef;
    expect(termText(builder.table, last)).toBe('y * 2 + 1');
    expect(() => builder.variable('x', 'bool')).toThrow(TermError);
    expect(() => builder.apply('and', first[0] as TermRef, first[0] as TermRef)).toThrow(TermError);
  });
});

/** The same rows as a builder makes, with nothing folded. */
function rawTable(steps: Parameters<typeof cook>[1], constants: readonly bigint[]): TermTable {
  const rows: TermTable[number][] = [];
  const plain = {
    constant: (value: bigint | number) => rows.push(['const', String(value)]) - 1,
    truth: (value: boolean) => rows.push([value ? 'true' : 'false']) - 1,
    variable: (name: string) => rows.push(['var', name]) - 1,
    apply: (operator: 'add', ...operands: TermRef[]) => rows.push([operator, ...operands]) - 1,
    valueOf: (ref: TermRef): TermValue | undefined => {
      const row = rows[ref];
      return row?.[0] === 'const' ? BigInt(row[1] as string) : undefined;
    },
  };
  cook(plain as unknown as TermBuilder, steps, constants, false);
  return rows;
}

describe('a table from elsewhere', () => {
  const sorts = new Map([
    ['n', 'int'],
    ['b', 'bool'],
  ] as const);
  it.each([
    ['no array', {}],
    ['a row that is none', ['true']],
    ['an unknown operator', [['constructor', 0]]],
    [
      'a later row',
      [
        ['const', '1'],
        ['neg', 1],
      ],
    ],
    [
      'a fraction as a row',
      [
        ['const', '1'],
        ['neg', 0.5],
      ],
    ],
    ['a decimal point', [['const', '1.5']]],
    ['an empty constant', [['const', '']]],
    ['a leading zero', [['const', '007']]],
    ['a variable that nobody declared', [['var', '__proto__']]],
    [
      'the wrong sort',
      [
        ['var', 'b'],
        ['neg', 0],
      ],
    ],
    [
      'branches of two sorts',
      [
        ['var', 'b'],
        ['var', 'n'],
        ['ite', 0, 0, 1],
      ],
    ],
    [
      'too few operands',
      [
        ['var', 'n'],
        ['add', 0],
      ],
    ],
    [
      'too many operands',
      [
        ['var', 'n'],
        ['sub', 0, 0, 0],
      ],
    ],
    ['operands of a truth value', [['true', 1]]],
    ['a constant that is too long', [['const', '1'.repeat(20_001)]]],
  ])('may not hold %s', (_, data) => {
    expect(() => readTermTable(data, sorts)).toThrow(TermError);
  });

  it('is read with the sort of each row', () => {
    const table = [
      ['var', 'n'],
      ['const', '-3'],
      ['lt', 0, 1],
      ['ite', 2, 0, 1],
      ['int', 2],
    ];
    expect(readTermTable(table, sorts).sorts).toEqual(['int', 'int', 'bool', 'int', 'int']);
    expect(freeVariables(table as unknown as TermTable, [1])).toEqual([]);
    expect(freeVariables(table as unknown as TermTable, [3])).toEqual(['n']);
  });
});

describe('the text of a term', () => {
  const builder = new TermBuilder();
  const [n, m] = [builder.variable('n', 'int'), builder.variable('m', 'int')];
  const k = (value: number) => builder.constant(value);
  const { apply } = { apply: builder.apply.bind(builder) };
  it.each([
    ['n % 3 == 0', apply('eq', apply('mod', n, k(3)), k(0))],
    ['n != m', apply('not', apply('eq', n, m))],
    ['n >= m', apply('not', apply('lt', n, m))],
    ['(n + m) * 2', apply('mul', apply('add', n, m), k(2))],
    ['n - (m - 1)', apply('sub', n, apply('sub', m, k(1)))],
    ['n + -m // 2', apply('add', n, apply('floordiv', apply('neg', m), k(2)))],
    ['n - m', apply('add', n, apply('neg', m))],
    ['n - 3', apply('add', n, k(-3))],
    ['(n if n < m else m) + 1', apply('add', apply('ite', apply('lt', n, m), n, m), k(1))],
    ['not (n < m and m < 3)', apply('not', apply('and', apply('lt', n, m), apply('lt', m, k(3))))],
    ['int(n <= m)', apply('int', apply('le', n, m))],
    ['n & 255 == m', apply('eq', apply('bitand', n, k(255)), m)],
  ])('is %s', (text, ref) => {
    expect(termText(builder.table, ref)).toBe(text);
  });

  it('is cut at its length, however large the term', () => {
    let term = n;
    for (let round = 0; round < 5_000; round++) term = apply('add', apply('mul', term, m), term);
    const text = termText(builder.table, term, 80);
    expect(text.length).toBeLessThanOrEqual(80);
    expect(text).toContain('…');
  });
});

describe('intervals', () => {
  it('hold every value within the bounds', () => {
    const bounded = fc.tuple(fc.bigInt({ min: -40n, max: 40n }), fc.nat(30));
    fc.assert(
      fc.property(recipes(15), fc.tuple(bounded, bounded, bounded), fc.nat(), (steps, sides, seed) => {
        const builder = new TermBuilder();
        cook(builder, steps, [255n, -16n], false);
        const bounds = new Map(
          sides.map(([least, width], at) => ['xyz'[at] as string, { least, greatest: least + BigInt(width) }]),
        );
        const known = intervals(builder.table, bounds);
        const assignment = new Map<string, TermValue>(
          sides.map(([least, width], at) => ['xyz'[at] as string, least + BigInt((seed >> at) % (width + 1))]),
        );
        assignment.set('p', seed % 2 === 0).set('q', seed % 3 === 0);
        const values = evaluate(builder.table, [...builder.table.keys()], assignment);
        for (const [at, value] of values.entries()) {
          const { least, greatest } = known[at] as (typeof known)[number];
          if (typeof value !== 'bigint') continue;
          expect(least === null || least <= value).toBe(true);
          expect(greatest === null || value <= greatest).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [0n, 0n, 1],
    [0n, 1n, 2],
    [-1n, 0n, 1],
    [-128n, 127n, 8],
    [-129n, 0n, 9],
    [0n, 255n, 9],
  ])('%d … %d need %d bits', (least, greatest, bits) => {
    expect(bitsOf({ least, greatest })).toBe(bits);
    expect(bitsOf({ least, greatest: null })).toBeNull();
  });
});
