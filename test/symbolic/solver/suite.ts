import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operator, Sort, TermRef } from '../../../core/term.ts';
import { meets } from '../../../symbolic/solver/answer.ts';
import type { Assertion, Query, QueryVariable, Solver } from '../../../symbolic/solver/solver.ts';
import { TermBuilder } from '../../../symbolic/terms/builder.ts';
import { apply, evaluate } from '../../../symbolic/terms/evaluate.ts';
import { TermError } from '../../../symbolic/terms/table.ts';
import type { TermValue } from '../../../symbolic/terms/value.ts';
import { assignments, BOOLS, cook, INTS, integers, recipes } from '../random-terms.ts';

/** Room for a machine that is busy: what is tested is the answer. */
const LIMITS = { rlimit: 3_000_000, ms: 60_000 };

export function unknownOf(name: string, sort: Sort = 'int', least?: number, greatest?: number): QueryVariable {
  return { name, sort, least: least?.toString() ?? null, greatest: greatest?.toString() ?? null };
}

const XYZ = [...INTS.map((name) => unknownOf(name)), ...BOOLS.map((name) => unknownOf(name, 'bool'))];

function ask(builder: TermBuilder, terms: readonly TermRef[], variables: readonly QueryVariable[] = XYZ): Query {
  const assertions = terms.map((term, at) => ({ term, holds: true, label: `c${at}` }));
  return { terms: builder.table, variables, assertions };
}

/** Values at which an operator's encoding could be off, for each of its operands. */
const BOUNDARY = [
  0n,
  1n,
  -1n,
  2n,
  -2n,
  3n,
  7n,
  -8n,
  255n,
  -256n,
  2n ** 31n,
  -(2n ** 31n) - 1n,
  2n ** 64n,
  -(10n ** 20n),
];
const OF_TWO: readonly Operator[] = ['add', 'sub', 'mul', 'floordiv', 'mod', 'bitand', 'eq', 'lt', 'le'];

/** Operands and what each operator of two integers makes of them. */
function pinnedCases(random: number): { operator: Operator; operands: [bigint, bigint]; value: TermValue }[] {
  const drawn = fc.sample(fc.tuple(integers, integers), { numRuns: random, seed: 3 });
  const pairs = [...BOUNDARY.flatMap((left) => BOUNDARY.map((right) => [left, right] as [bigint, bigint])), ...drawn];
  return OF_TWO.flatMap((operator) =>
    pairs.flatMap((operands) => {
      const value = apply(operator, operands);
      return value === undefined ? [] : [{ operator, operands, value }];
    }),
  );
}

type PinnedCase = ReturnType<typeof pinnedCases>[number];

/** Whether each case has its value, for operands that are variables pinned to theirs, or constants on the right. */
function pinned(
  cases: readonly PinnedCase[],
  constants: boolean,
): { builder: TermBuilder; right: TermRef[]; query: Query } {
  const builder = new TermBuilder();
  const variables: QueryVariable[] = [];
  const pin = (value: bigint) => {
    const name = `v${variables.length}`;
    variables.push({ name, sort: 'int', least: String(value), greatest: String(value) });
    return builder.variable(name, 'int');
  };
  const right = cases.map(({ operator, operands, value }) => {
    const second = constants ? builder.constant(operands[1]) : pin(operands[1]);
    return builder.apply('eq', builder.apply(operator, pin(operands[0]), second), builder.literal(value));
  });
  return { builder, right, query: ask(builder, right, variables) };
}

/** Is there a case whose value is another one? */
function mismatch(cases: readonly PinnedCase[], constants: boolean): Query {
  const { builder, right, query } = pinned(cases, constants);
  const wrong = builder.any(right.map((term) => builder.apply('not', term)));
  return ask(builder, [wrong], query.variables);
}

/** What every solver has to get right. */
export function describeSolver(name: string, solver: () => Solver): void {
  const check = (query: Query) => solver().check(query, LIMITS);

  describe(`${name} answers`, () => {
    it('with a model that meets the query, and the same one each time', async () => {
      const builder = new TermBuilder();
      const n = builder.variable('n', 'int');
      const divisible = builder.apply('eq', builder.apply('mod', n, builder.constant(3)), builder.constant(0));
      const query = ask(builder, [divisible], [unknownOf('n', 'int', 50, 52)]);
      const answer = await check(query);
      expect(answer).toMatchObject({ status: 'sat', model: new Map([['n', 51n]]), restrictions: [] });
      expect(answer.rlimit).toBeGreaterThan(0);
      const again = await Promise.all(Array.from({ length: 5 }, () => check(query)));
      for (const other of again) expect({ ...other, ms: 0 }).toEqual({ ...answer, ms: 0 });
    });

    it('with the labels that cannot hold together, and no others', async () => {
      const builder = new TermBuilder();
      const [n, m] = [builder.variable('n', 'int'), builder.variable('m', 'int')];
      const k = (value: number) => builder.constant(value);
      const query: Query = {
        terms: builder.table,
        variables: [unknownOf('n'), unknownOf('m')],
        assertions: [
          { term: builder.apply('lt', n, k(3)), holds: true, label: 'small' },
          { term: builder.apply('lt', m, k(9)), holds: true, label: 'other' },
          { term: builder.apply('le', n, k(7)), holds: false, label: 'large' },
        ],
      };
      expect(await check(query)).toMatchObject({ status: 'unsat', core: ['small', 'large'] });
    });

    it('for variables that nothing is asked about', async () => {
      const builder = new TermBuilder();
      const variables = [unknownOf('a', 'int', 5, 9), unknownOf('b', 'int', undefined, -2), unknownOf('c', 'bool')];
      const model = new Map<string, TermValue>([
        ['a', 5n],
        ['b', -2n],
        ['c', false],
      ]);
      expect(await check(ask(builder, [builder.truth(true)], variables))).toMatchObject({ status: 'sat', model });
      const none = [unknownOf('a', 'int', 5, 4)];
      expect(await check(ask(builder, [builder.truth(true)], none))).toMatchObject({ status: 'unsat', core: [] });
    });

    it('whatever the variables are called', async () => {
      const names = [
        'true',
        'div',
        'let',
        'xs[2]',
        "d['a|b\\']",
        'π',
        'q!1',
        '',
        '$n',
        '__proto__',
        'a!0',
        'x\n(exit)',
      ];
      const builder = new TermBuilder();
      const terms = names.map((name, at) => builder.apply('eq', builder.variable(name, 'int'), builder.constant(at)));
      const variables = names.map((name) => unknownOf(name));
      const model = new Map(names.map((name, at) => [name, BigInt(at)]));
      expect(await check(ask(builder, terms, variables))).toMatchObject({ status: 'sat', model });
    });

    it('that a bitwise and of unknowns was looked at in a width', async () => {
      const builder = new TermBuilder();
      const [x, y] = [builder.variable('x', 'int'), builder.variable('y', 'int')];
      const both = builder.apply('bitand', x, y);
      const above = builder.apply('lt', x, both);
      const positive = builder.apply('le', builder.constant(0), x);
      const wide = await check({ ...ask(builder, [above, positive]), bits: 6 });
      expect(wide).toMatchObject({
        status: 'unsat',
        restrictions: ['-2**5 <= x < 2**5', '-2**5 <= y < 2**5'],
      });
      const narrow = [unknownOf('x', 'int', 0, 15), unknownOf('y', 'int', -8, 7)];
      expect(await check(ask(builder, [above], narrow))).toMatchObject({ status: 'unsat', restrictions: [] });
    });

    it('that it does not know, with the reason, and goes on', async () => {
      const builder = new TermBuilder();
      const [x, y] = [builder.variable('x', 'int'), builder.variable('y', 'int')];
      const product = builder.apply('eq', builder.apply('mul', x, y), builder.constant(1_000_036_000_099n));
      const query = ask(builder, [product, builder.apply('lt', builder.constant(1), x), builder.apply('lt', x, y)]);
      const tight = await solver().check(query, { rlimit: 20_000, ms: 60_000 });
      expect(tight).toMatchObject({ status: 'unknown', reason: 'rlimit' });
      const wide = builder.apply('bitand', x, y);
      const huge = { ...ask(builder, [builder.apply('eq', wide, x)]), bits: 100_000 };
      expect(await check(huge)).toMatchObject({ status: 'unknown', reason: 'size' });
      expect(await check(ask(builder, [builder.apply('eq', x, y)]))).toMatchObject({ status: 'sat' });
    });

    it('not to a query that is none, nor to one that was cancelled', async () => {
      const terms = [['add', 3, 4]] as never;
      await expect(check({ terms, variables: [], assertions: [] })).rejects.toThrow(TermError);
      const builder = new TermBuilder();
      const reason = new Error('nobody waits');
      const options = { ...LIMITS, signal: AbortSignal.abort(reason) };
      await expect(solver().check(ask(builder, [builder.truth(true)]), options)).rejects.toBe(reason);
    });
  });

  describe(`${name} computes as Python does`, () => {
    const cases = pinnedCases(40);

    it(`on ${cases.length} pinned operands`, async () => {
      expect(cases.length).toBeGreaterThan(1000);
      for (const operator of OF_TWO) {
        // By constants an operator is written with functions, which have no second value.
        const chosen = cases.filter((one) => one.operator === operator);
        const answer = await check(pinned(chosen, true).query);
        expect({ operator, ...answer }).toMatchObject({ operator, status: 'sat', restrictions: [] });
      }
    });

    it('where both operands are unknowns: no other value is possible', async () => {
      const narrow = cases.filter(({ operands }) =>
        operands.every((value) => value < 2n ** 12n && value > -(2n ** 12n)),
      );
      for (const operator of OF_TWO) {
        const chosen = narrow.filter((one) => one.operator === operator).slice(0, 24);
        for (let at = 0; at < chosen.length; at += 4) {
          const answer = await check(mismatch(chosen.slice(at, at + 4), false));
          expect({ operator, at, ...answer }).toMatchObject({ operator, status: 'unsat', restrictions: [] });
        }
      }
    });

    it('and tells a wrong value', async () => {
      for (const { value, ...one } of cases.slice(100, 110)) {
        const wrong = { ...one, value: typeof value === 'bigint' ? value + 1n : !value };
        expect(await check(pinned([wrong], true).query)).toMatchObject({ status: 'unsat' });
        expect(await check(mismatch([wrong], false))).toMatchObject({ status: 'sat' });
      }
    });

    it('on random terms: what is satisfiable is never unsatisfiable, and no model is wrong', async () => {
      const drawn = fc.sample(fc.tuple(recipes(14), fc.array(integers, { maxLength: 2 }), assignments), {
        numRuns: 30,
        seed: 11,
      });
      let found = 0;
      for (const [at, [steps, constants, assignment]] of drawn.entries()) {
        const builder = new TermBuilder();
        const { bools } = cook(builder, steps, constants, true);
        const values = evaluate(builder.table, bools, assignment);
        const assertions = bools.flatMap((term, place) => {
          const holds = values[place];
          return typeof holds === 'boolean' ? [{ term, holds }] : [];
        });
        const query = { terms: builder.table, variables: XYZ, assertions };
        const answer = await check(query);
        expect({ at, ...answer }).not.toMatchObject({ status: 'unsat' });
        if (answer.status === 'sat') expect(meets(query, answer.model)).toBe(true);
        if (answer.status === 'sat') found++;
        // With one of them turned round there may be no model; then no small values are one.
        const turned = { ...query, assertions: assertions.map((one, place) => turn(one, place === 3 + (at % 4))) };
        const other = await check(turned);
        if (other.status === 'sat') expect(meets(turned, other.model)).toBe(true);
        if (other.status === 'unsat') expectNone(turned);
      }
      expect(found).toBeGreaterThan(20);
    });
  });
}

function turn(assertion: Assertion, turned: boolean): Assertion {
  return turned ? { ...assertion, holds: !assertion.holds } : assertion;
}

/** No assignment of small values meets the query. */
function expectNone(query: Query): void {
  const values = [-7n, -2n, -1n, 0n, 1n, 2n, 3n, 8n];
  for (const x of values) {
    for (const y of values) {
      for (const z of values) {
        for (let truths = 0; truths < 4; truths++) {
          const model = new Map<string, TermValue>([
            ['x', x],
            ['y', y],
            ['z', z],
          ]);
          model.set('p', truths % 2 === 0).set('q', truths < 2);
          if (meets(query, model)) throw new Error(`unsat, but ${JSON.stringify([...model].map(String))} meets it`);
        }
      }
    }
  }
}
