import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EntryTransitions, readTransitions, transitionsRequest } from '../../../bridges/python/transitions.ts';
import { DEFAULT_BUDGET } from '../../../core/budget.ts';
import { resolveProgram } from '../../../core/program.ts';
import type { UnsupportedProgram } from '../../../core/transitions.ts';
import type { Certificate } from '../../../symbolic/halts/certificate.ts';
import { checkCertificate, visitsOf } from '../../../symbolic/halts/check.ts';
import { decideHalts, type HaltsAnswer } from '../../../symbolic/halts/halts.ts';
import { BudgetedSolver } from '../../../symbolic/solver/budgeted.ts';
import { TermError } from '../../../symbolic/terms/table.ts';
import { ReplayPool } from '../../../workers/pool.ts';
import { EngineSolver } from '../engine-solver.ts';
import { haltsCases } from './cases.ts';

const LIMITS = { rlimit: 300_000, ms: 60_000 };
const BUDGET = { rlimit: 3_000_000, ms: 600_000 };

let solver: EngineSolver;
const pool = new ReplayPool({ python: '3.14', threads: 1, queue: 10 });
beforeAll(async () => {
  solver = await EngineSolver.start();
});
afterAll(() => pool.close());

async function write(source: string, entry: string): Promise<EntryTransitions | UnsupportedProgram> {
  return readTransitions((await pool.replay(transitionsRequest(source, entry, '3.14'))).trace);
}

async function system(source: string, entry: string) {
  const written = await write(source, entry);
  if ('unsupported' in written) throw new Error(`${written.unsupported}, line ${written.line}`);
  const { parameters } = written.system;
  const given =
    written.given === null ? null : new Map(parameters.map((name, at) => [name, written.given?.[at] ?? 0n]));
  return { system: written.system, given };
}

async function decide(source: string, entry: string): Promise<HaltsAnswer> {
  const asked = await system(source, entry);
  return await decideHalts(asked.system, asked.given, new BudgetedSolver(solver, BUDGET), LIMITS);
}

describe('whether programs halt', () => {
  const cases = haltsCases();
  const outcomes = new Map<string, number>();

  it.each(cases)('$name: $halts', async ({ source, entry, halts }) => {
    const { decided, certificate } = await decide(source, entry);
    expect(decided === null ? halts : decided ? 'yes' : 'no').toBe(halts);
    const outcome = certificate?.kind ?? 'undecided';
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  });

  it('is decided for nearly all of them', () => {
    const ran = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
    // Run alone, as by a filter on names, this has nothing to say.
    if (ran < cases.length) return;
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(outcomes.get('undecided') ?? 0, JSON.stringify([...outcomes])).toBeLessThanOrEqual(cases.length * 0.1);
    for (const kind of ['run', 'repeated-state', 'recurrence-set', 'ranking']) {
      expect(outcomes.get(kind) ?? 0, kind).toBeGreaterThan(3);
    }
  });
});

describe('a certificate', () => {
  const DOWN = 'def f(n):\n    while n > 0:\n        n -= 1\n';
  const OVER = 'def f(n):\n    while n != 0:\n        n -= 2\n';

  const isGood = async (source: string, entry: string, change: (certificate: Certificate) => Certificate) => {
    const asked = await system(source, entry);
    const { certificate } = await decideHalts(asked.system, asked.given, solver, LIMITS);
    if (certificate === null) throw new Error('nothing was decided');
    return await checkCertificate({ ...asked, solver, options: LIMITS }, change(certificate));
  };

  it('of a ranking fails when it is changed', async () => {
    expect(await isGood(DOWN, 'f', (good) => good)).toBe(true);
    const turned = await isGood(DOWN, 'f', (good) => {
      if (good.kind !== 'ranking') throw new Error(good.kind);
      const measures = Array.from(good.measures, ([head, forms]) => {
        const rising = forms.map((form) => ({
          ...form,
          coefficients: new Map(Array.from(form.coefficients, ([name, times]) => [name, -times])),
        }));
        return [head, rising] as const;
      });
      return { ...good, measures: new Map(measures) };
    });
    expect(turned).toBe(false);
    const bare = await isGood(DOWN, 'f', (good) => ({ ...good, measures: new Map() }) as Certificate);
    expect(bare).toBe(false);
    const invented = await isGood(DOWN, 'f', (good) => {
      const head = [...(good.kind === 'ranking' ? good.measures.keys() : [])][0] ?? -1;
      const never = { form: { coefficients: new Map(), constant: 1n } };
      return { kind: 'ranking', measures: new Map(), invariants: new Map([[head, [never]]]) };
    });
    expect(invented).toBe(false);
  });

  it('of a recurrence set fails without what keeps it closed, from a state outside, and where it was not reached', async () => {
    expect(await isGood(OVER, 'f(5)', (good) => good)).toBe(true);
    const recurrence = (good: Certificate) => {
      if (good.kind !== 'recurrence-set') throw new Error(good.kind);
      return good;
    };
    const open = (good: Certificate): Certificate => {
      const set = new Map(Array.from(recurrence(good).set, ([head]) => [head, []] as const));
      return { ...recurrence(good), set };
    };
    expect(await isGood(OVER, 'f(5)', open)).toBe(false);
    const elsewhere = (good: Certificate): Certificate => ({ ...recurrence(good), state: new Map([['n', 4n]]) });
    expect(await isGood(OVER, 'f(5)', elsewhere)).toBe(false);
    const unreached = (good: Certificate): Certificate => ({ ...recurrence(good), state: new Map([['n', 100_001n]]) });
    expect(await isGood(OVER, 'f(5)', unreached)).toBe(false);
  });

  it('of a repeated state fails where the state is not repeated, and of a run where it does not end', async () => {
    const flip = 'def f(x):\n    while x != 0:\n        x = -x\n';
    expect(await isGood(flip, 'f(1)', (good) => good)).toBe(true);
    const asked = await system(DOWN, 'f(3)');
    const place = asked.system.heads[0] ?? -1;
    const request = { ...asked, solver, options: LIMITS };
    const state = new Map([['n', 2n]]);
    expect(await checkCertificate(request, { kind: 'repeated-state', place, state })).toBe(false);
    expect(await checkCertificate(request, { kind: 'run', visits: 4 })).toBe(true);
    const endless = { ...(await system(flip, 'f(1)')), solver, options: LIMITS };
    expect(await checkCertificate(endless, { kind: 'run', visits: 1 })).toBe(false);
  });

  it('is asked of a system that is one', async () => {
    const asked = await system(DOWN, 'f');
    const broken = { ...asked.system, terms: [['add', 5, 6]] as never };
    await expect(decideHalts(broken, null, solver, LIMITS)).rejects.toThrow(TermError);
  });
});

describe('places and steps', () => {
  /** Every case that is called with values, and with small ones those that are asked about for all. */
  const runs = haltsCases().flatMap(({ name, source, entry }) => {
    if (entry !== 'f') return [{ name, source, entry }];
    const [, parameters = ''] = /def f\((.*)\)/.exec(source) ?? [];
    const count = parameters.split(',').length;
    return [3, 8].map((first) => {
      const values = Array.from({ length: count }, (_, at) => first + at * 2);
      return { name: `${name} from ${values.join()}`, source, entry: `f(${values.join()})` };
    });
  });

  it.each(runs)('go through the states of Python: $name', async ({ source, entry }) => {
    const { system: graph, given } = await system(source, entry);
    const budget = { ...DEFAULT_BUDGET, steps: 150 };
    const program = resolveProgram({ source, entry: { call: entry }, python: '3.14' }, '3.14');
    const { trace } = await pool.replay({ program, budget });
    const heads = new Set(graph.lines);
    const theirs = [...trace.frames].filter(({ event, line }) => event === 'line' && heads.has(line));
    const ours = visitsOf(graph, given ?? new Map(), theirs.length + 1);
    // A run that was not stopped has no visits but these.
    if (trace.outcome.kind !== 'halted') expect(ours).toHaveLength(theirs.length);
    for (const [at, { line, locals = new Map<string, string>() }] of theirs.entries()) {
      const state = new Map(Array.from(locals.keys(), (name) => [name, String(ours[at]?.state.get(name))]));
      expect({ at, line: ours[at]?.line, state }).toEqual({ at, line, state: new Map(locals) });
    }
  });

  it.each([
    ['a float', 'def f(n):\n    while n > 0.5:\n        n -= 1\n', 2],
    ['a true division', 'def f(n):\n    while n > 1:\n        n = n / 2\n', 3],
    ['a call', 'def f(n):\n    while n > 0:\n        n = g(n)\ndef g(n):\n    return n - 1\n', 3],
    ['a name that may be unbound', 'def f(n):\n    while n > 0:\n        n -= k\n        k = 1\n', 3],
    ['a name bound on one way only', 'def f(n):\n    if n > 0:\n        k = 1\n    return k\n', 4],
    ['a target after its loop', 'def f(n):\n    for i in range(n):\n        pass\n    return i\n', 4],
    ['a module that runs something', 'import os\ndef f(n):\n    pass\n', 1],
    ['a decorator', '@g\ndef f(n):\n    pass\n', 2],
    ['a default', 'def f(n=1):\n    pass\n', 1],
    ['a built-in that is hidden', 'def f(n):\n    range = n\n    return range\n', 2],
    ['a module function that hides one', 'def abs(n):\n    return n\ndef f(n):\n    return abs(n)\n', 1],
    ['a generator', 'def f(n):\n    yield n\n', 2],
    ['an exception handler', 'def f(n):\n    try:\n        n //= 0\n    except ZeroDivisionError:\n        pass\n', 2],
    ['a second operand that may raise', 'def f(n):\n    while n > 0 and 7 // n > 1:\n        n -= 1\n', 2],
    ['a shift by an unknown', 'def f(n):\n    return 1 << n\n', 2],
    ['a global', 'def f(n):\n    global n2\n    n2 = n\n', 2],
    ['a loop over a list', 'def f(n):\n    for i in [1, 2]:\n        n += i\n', 2],
    ['a walrus', 'def f(n):\n    while (n := n - 1) > 0:\n        pass\n', 2],
    ['a syntax error', 'def f(:\n', 0],
    ['a deep expression', `def f(n):\n    return ${'('.repeat(150)}n${')'.repeat(150)} + ${'-'.repeat(3000)}n\n`, null],
  ])('refuse %s', async (_, source, line) => {
    const written = await write(source, 'f');
    expect(written).toMatchObject({ unsupported: expect.any(String), ...(line !== null && { line }) });
  });

  it.each([
    ['f(1, 2)', 'another number'],
    ['f(x)', 'no literals'],
    ['f(1.5)', 'no integers'],
    ['g(1)', 'without the function'],
    ['f(1)(2)', 'of this form'],
  ])('refuse the entry %s', async (entry, why) => {
    expect(await write('def f(n):\n    pass\n', entry)).toMatchObject({ unsupported: expect.stringContaining(why) });
  });
});
