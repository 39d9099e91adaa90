import { describe, expect, it } from 'vitest';
import { PYTHON_VERSIONS } from '../../../../core/program.ts';
import { calledProgram, loadCruxeval, WITHOUT_CRUXEVAL } from '../../../src/verify/cruxeval.ts';
import { disagreements, useShadowRuns } from './shadow-runs.ts';

describe.each(PYTHON_VERSIONS)('a shadow run under Python %s', (python) => {
  const runs = useShadowRuns(python);

  it('gives conditions with their place, text and value', async () => {
    const source = 'def f(n):\n    if n % 3 == 0 and n > 2:\n        return n // 2\n    return -n\n';
    const run = await runs.shadow({ source, entry: { call: 'f(6)' } });
    expect(run.conditions).toMatchObject([
      { kind: 'branch', line: 2, column: 8, text: 'n % 3 == 0', taken: true, at: 1 },
      { kind: 'branch', line: 2, column: 23, text: 'n > 2', taken: true, at: 1 },
    ]);
    expect(run.lines).toEqual([2, 3]);
    expect(run.concretised).toEqual([]);
    expect(run.outcome).toMatchObject({ kind: 'returned', repr: '3', value: { t: 'int', v: '3' } });
    expect(disagreements(run)).toEqual([]);
  });

  it('asks a loop each time', async () => {
    const source = 'def f(n):\n    for i in range(n):\n        pass\n    while n > 1:\n        n -= 2\n    return n\n';
    const run = await runs.shadow({ source, entry: { call: 'f(2)' } });
    expect(run.lines).toEqual([2, 3, 2, 3, 2, 4, 5, 4, 6]);
    expect(run.conditions.map(({ text, taken, at }) => [text, taken, at])).toEqual([
      ['range(n)', true, 1],
      ['range(n)', true, 3],
      ['range(n)', false, 5],
      ['n > 1', false, 8],
    ]);
    expect(disagreements(run)).toEqual([]);
  });

  it('calls by name, and says what holds before and after', async () => {
    const source = 'def f(xs, k=[]):\n    k.append(len(xs))\n    xs[0] += 1\n    return len(k)\n';
    const run = await runs.shadow(
      { source, entry: { script: true } },
      {
        function: 'f',
        args: [{ name: 'xs', value: { t: 'list', items: [{ t: 'int', v: '4' }] } }],
        requires: ['xs[0] > 1'],
        ensures: 'result == xs[0] - 3',
      },
    );
    expect(run.outcome).toMatchObject({ kind: 'returned', repr: '1' });
    expect(run.conditions).toMatchObject([{ kind: 'requires', text: 'xs[0] > 1', taken: true, at: 0 }]);
    expect(run.after).toMatchObject([{ name: 'xs', value: { items: [{ v: '5' }] } }]);
    expect(run.ensured).toMatchObject({ t: 'bool', v: true, term: expect.any(Number) });
  });

  it.each([
    ['n % (n - 4)', 'ZeroDivisionError'],
    ['[1, 2][n]', 'IndexError'],
    ['{1: 2}[n]', 'KeyError'],
    ['1 << (n - 9)', 'ValueError'],
    ["'a' + n", 'TypeError'],
  ])('raises what CPython raises: %s', async (expression, type) => {
    const program = { source: `def f(n):\n    return ${expression}\n`, entry: { call: 'f(4)' } };
    const [run, { outcome }] = [await runs.shadow(program), await runs.replay(program)];
    expect(outcome).toMatchObject({ kind: 'raised', type });
    const { message } = outcome as { message: string };
    expect(run.outcome).toMatchObject({ kind: 'raised', type, message });
    expect(disagreements(run)).toEqual([]);
  });

  it.each([
    'f.__globals__',
    'globals()',
    '_assay_.terms',
    'n.box_term',
    "getattr(n, 'box_' + 'term')",
    "type('C', (), {})",
    "__import__('random')",
    'random._os',
    'dataclasses.sys',
  ])('refuses a program that could see the machine: %s', async (expression) => {
    const source = `import dataclasses, random\ndef f(n):\n    return ${expression}\n`;
    const run = await runs.shadow({ source, entry: { call: 'f(4)' } });
    expect(run.outcome).toMatchObject({ kind: 'halted', reason: 'unsupported' });
  });

  it.each([
    ['true for keys that are equal in this run only', 'return [{n: 1}] == [{5: 1}]'],
    ['the order of a set', 'return list({n, 2})'],
    ['a float', 'return n / 2'],
    ['the identity of numbers', 'return n is 5'],
    ['the hash of a number', 'return hash(n)'],
    ['a result of a library', 'return math.gcd(n, 10)'],
  ])('notes where it gives up %s', async (_, body) => {
    const run = await runs.shadow({ source: `import math\ndef f(n):\n    ${body}\n`, entry: { call: 'f(5)' } });
    expect(run.outcome.kind).toBe('returned');
    expect(run.concretised).toMatchObject([{ line: 3 }]);
  });

  it('keeps annotations, of which classes are made', async () => {
    const source = 'from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: int = 2\n';
    const run = await runs.shadow({
      source: `${source}def f(n):\n    return P(n) == P(3), P(n).y\n`,
      entry: { call: 'f(3)' },
    });
    expect(run.outcome).toMatchObject({ kind: 'returned', repr: '(True, 2)' });
    expect(run.conditions.length).toBe(1);
  });

  it.each([
    ['import enum', 'enum.sys'],
    ['from enum import sys', '1'],
    ['import random as r', 'r._os'],
    ['import collections.abc', 'collections._sys'],
    ['import operator as o', '(lambda g: g("box_term")(n))(o.attrgetter)'],
    ['import math', 'setattr'],
    ['import math as _assay_', '1'],
    ['from typing import get_args', '1'],
    ['t = type', "t('C', (), {})"],
  ])('refuses what leads out of a harmless module: %s, %s', async (statement, expression) => {
    const source = `${statement}\ndef f(n):\n    return ${expression}\n`;
    const run = await runs.shadow({ source, entry: { call: 'f(4)' } });
    expect(run.outcome).toMatchObject({ kind: 'halted', reason: 'unsupported' });
  });

  it.each([
    ['import math', 'math.isqrt(16), hasattr(math, "no"), __name__'],
    ['import collections.abc', 'isinstance([n], collections.abc.Sequence)'],
    ['from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: int = 3', 'P(n).y, P(n, n).x'],
    ['from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: int = 3', 'P(n)'],
    ['from collections import namedtuple\nP = namedtuple("P", "x y")', 'P(n, 2).x, P'],
    ['import math', 'math.no'],
  ])('gives what a module offers: %s, %s', async (statement, expression) => {
    const program = { source: `${statement}\ndef f(n):\n    return ${expression}\n`, entry: { call: 'f(4)' } };
    const [run, { outcome }] = [await runs.shadow(program), await runs.replay(program)];
    if (outcome.kind === 'raised') {
      expect(run.outcome).toMatchObject({ kind: 'raised', type: outcome.type, message: outcome.message });
    } else expect(run.outcome).toMatchObject({ kind: 'returned', repr: (outcome as { value: string }).value });
  });

  it('stays within its budget', async () => {
    const endless = { source: 'def f(n):\n    while n:\n        n += 1\n', entry: { call: 'f(1)' } };
    const { outcome } = await runs.shadow(endless, {}, { steps: 5_000 });
    expect(outcome).toMatchObject({ kind: 'halted', reason: 'budget' });
    const held = {
      source: 'def f(n):\n    while n:\n        try:\n            n += 1\n        finally:\n            continue\n',
    };
    const caught = await runs.shadow({ ...held, entry: { call: 'f(1)' } }, {}, { steps: 5_000 });
    expect(caught.outcome).toMatchObject({ kind: 'halted', reason: 'budget' });
  });

  it('holds terms of great depth', { timeout: 60_000 }, async () => {
    const source = 'def f(n):\n    for _ in range(100000):\n        n = n + 1\n    return n > 5\n';
    const run = await runs.shadow({ source, entry: { call: 'f(1)' } }, {}, { steps: 1_000_000, ms: 50_000 });
    expect(run.outcome).toMatchObject({ kind: 'returned', repr: 'True' });
    expect(run.terms.length).toBeGreaterThan(100_000);
  });

  it('ends as a plain run does', { timeout: 60_000 }, async ({ skip }) => {
    if (WITHOUT_CRUXEVAL !== undefined) return skip(WITHOUT_CRUXEVAL);
    const rows = loadCruxeval().filter((_, index) => index % 20 === 7);
    const wrong: string[] = [];
    for (const row of rows) {
      const program = calledProgram(row, python);
      const [run, { outcome }] = [await runs.shadow(program), await runs.replay(program)];
      if (run.outcome.kind === 'halted') continue;
      const shown = run.outcome.kind === 'returned' ? run.outcome.repr : run.outcome.message;
      const expected = outcome.kind === 'returned' ? outcome.value : outcome.kind === 'raised' ? outcome.message : '';
      wrong.push(...disagreements(run).map((text) => `${row.id}: ${text}`));
      if (run.outcome.kind !== outcome.kind || shown !== expected) wrong.push(`${row.id}: ${shown}, not ${expected}`);
    }
    expect(wrong).toEqual([]);
  });
});
