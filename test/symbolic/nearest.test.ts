import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { nearest } from '../../symbolic/nearest.ts';
import { meets } from '../../symbolic/solver/answer.ts';
import { BudgetedSolver } from '../../symbolic/solver/budgeted.ts';
import { DEFAULT_CHECK, type Query } from '../../symbolic/solver/solver.ts';
import { TermBuilder } from '../../symbolic/terms/builder.ts';
import type { Assignment, TermValue } from '../../symbolic/terms/value.ts';
import { EngineSolver } from './engine-solver.ts';
import { cook, recipes } from './random-terms.ts';
import { unknownOf } from './solver/suite.ts';

let solver: EngineSolver;
beforeAll(async () => {
  solver = await EngineSolver.start();
});

/** Variables changed and distance, the smaller the nearer. */
function change(from: Assignment, to: Assignment): [number, bigint] {
  let [count, distance] = [0, 0n];
  for (const [name, before] of from) {
    const after = to.get(name) as TermValue;
    if (before === after) continue;
    count++;
    const gap = BigInt(after) - BigInt(before);
    distance += gap < 0n ? -gap : gap;
  }
  return [count, distance];
}

describe('the nearest witness', () => {
  it('of n % 3 == 0 from 5 is 6, and from 4 is 3', async () => {
    const builder = new TermBuilder();
    const n = builder.variable('n', 'int');
    const term = builder.apply('eq', builder.apply('mod', n, builder.constant(3)), builder.constant(0));
    const query = { terms: builder.table, variables: [unknownOf('n')], assertions: [{ term, holds: true }] };
    for (const [from, to] of [
      [5n, 6n],
      [4n, 3n],
    ] as const) {
      expect(await nearest(solver, query, new Map([['n', from]]), DEFAULT_CHECK)).toEqual({
        status: 'sat',
        model: new Map([['n', to]]),
        changed: ['n'],
        distance: 1n,
        proved: true,
      });
    }
    const there = new Map([['n', 9n]]);
    expect(await nearest(solver, query, there, DEFAULT_CHECK)).toMatchObject({
      model: there,
      changed: [],
      proved: true,
    });
  });

  it('changes one variable by much before two by little, and leaves alone what nothing is asked about', async () => {
    const builder = new TermBuilder();
    const [x, y] = [builder.variable('x', 'int'), builder.variable('y', 'int')];
    const term = builder.apply(
      'eq',
      builder.apply('add', x, builder.apply('mul', y, builder.constant(2))),
      builder.constant(1001),
    );
    const variables = [unknownOf('x'), unknownOf('y'), unknownOf('z')];
    const query = { terms: builder.table, variables, assertions: [{ term, holds: true }] };
    const given = new Map([
      ['x', 1n],
      ['y', 0n],
      ['z', 77n],
    ]);
    expect(await nearest(solver, query, given, DEFAULT_CHECK)).toMatchObject({
      model: new Map([
        ['x', 1n],
        ['y', 500n],
        ['z', 77n],
      ]),
      changed: ['y'],
      distance: 500n,
      proved: true,
    });
  });

  it('is what trying all small assignments finds', async () => {
    const drawn = fc.sample(
      fc.tuple(recipes(8), fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 })),
      {
        numRuns: 40,
        seed: 5,
      },
    );
    let compared = 0;
    for (const [steps, values] of drawn) {
      const builder = new TermBuilder();
      const { bools } = cook(builder, steps, [], true);
      const assertions = bools.slice(3).map((term) => ({ term, holds: true }));
      const bounded = ['x', 'y', 'z'].map((name) => unknownOf(name, 'int', -3, 3));
      const variables = [...bounded, unknownOf('p', 'bool'), unknownOf('q', 'bool')];
      const query: Query = { terms: builder.table, variables, assertions };
      const given = new Map<string, TermValue>(['x', 'y', 'z'].map((name, at) => [name, BigInt(values[at] ?? 0)]));
      given.set('p', false).set('q', true);
      const found = await nearest(solver, query, given, DEFAULT_CHECK);
      const best = bruteForce(query, given);
      expect(found.status).toBe(best === undefined ? 'unsat' : 'sat');
      if (found.status !== 'sat' || best === undefined) continue;
      expect(meets(query, found.model)).toBe(true);
      expect([change(given, found.model), found.proved]).toEqual([best, true]);
      compared++;
    }
    expect(compared).toBeGreaterThan(15);
  });

  it('is the best that was found, where the budget ends first', async () => {
    const builder = new TermBuilder();
    const n = builder.variable('n', 'int');
    const term = builder.apply('lt', builder.constant(10n ** 12n), builder.apply('mul', n, builder.constant(7)));
    const query = { terms: builder.table, variables: [unknownOf('n')], assertions: [{ term, holds: true }] };
    const once = () =>
      nearest(new BudgetedSolver(solver, { rlimit: 120, ms: 60_000 }), query, new Map([['n', 0n]]), DEFAULT_CHECK);
    const found = await once();
    expect(found).toMatchObject({ status: 'sat', proved: false });
    expect(await once()).toEqual(found);
  });
});

/** The least change among all assignments of values from -3 to 3. */
function bruteForce(query: Query, given: Assignment): [number, bigint] | undefined {
  let best: [number, bigint] | undefined;
  const side = [-3n, -2n, -1n, 0n, 1n, 2n, 3n];
  for (const x of side) {
    for (const y of side) {
      for (const z of side) {
        for (let truths = 0; truths < 4; truths++) {
          const model = new Map<string, TermValue>([
            ['x', x],
            ['y', y],
            ['z', z],
          ]);
          model.set('p', truths % 2 === 1).set('q', truths < 2);
          const [count, distance] = change(given, model);
          if (best !== undefined && (count > best[0] || (count === best[0] && distance >= best[1]))) continue;
          if (meets(query, model)) best = [count, distance];
        }
      }
    }
  }
  return best;
}
