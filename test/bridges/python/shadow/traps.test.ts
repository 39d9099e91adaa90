import { describe, expect, it } from 'vitest';
import { disagreements, useShadowRuns } from './shadow-runs.ts';

/**
 * Where other tools of this kind are wrong: body of `f`, its call, what it returns, and whether its terms are exact. What
 * is concretised counts as unknown, which is always right.
 */
const TRAPS: readonly (readonly [name: string, body: string, call: string, repr: string, tag: string])[] = [
  ['a negative exponent', 'def f(x): return 2 ** x', 'f(-1)', '0.5', 'concretised'],
  ['a float of a large integer', 'def f(x): return float(x) == x', 'f(2**53 + 1)', 'False', 'concretised'],
  ['the exponent -1', 'def f(x): return x ** -1', 'f(2)', '0.5', 'concretised'],
  ['an integer beside a float', 'def f(x): return x == 2.0 ** 53', 'f(2**53 + 1)', 'False', 'exact'],
  ['| against +', 'def f(x, y): return (x | y) == x + y', 'f(1, 1)', 'False', 'restricted'],
  ['division towards minus infinity', 'def f(x): return x // 2, x % 3, x // -2', 'f(-7)', '(-4, 2, 3)', 'exact'],
  ['negative indices and steps', 'def f(x): return [1, 2, 3][x], [1, 2, 3][::x]', 'f(-1)', '(3, [3, 2, 1])', 'exact'],
  ['an empty pattern', "def f(s): return '' in s, s.count('')", "f('ab')", '(True, 3)', 'exact'],
  ['a letter that grows', 'def f(s): return s.upper()', "f('ß')", "'SS'", 'exact'],
  ['a letter among others', 'def f(s): return s.upper()', "f('ab')", "'AB'", 'restricted'],
  ['digits of other scripts', 'def f(s): return int(s)', "f('٣')", '3', 'concretised'],
  [
    'bool against int',
    'def f(b): return b == 1, b is 1, b + b, f"{b}"',
    'f(True)',
    "(True, False, 2, 'True')",
    'exact',
  ],
  ['a negative zero', 'def f(x): return x * 0.0', 'f(-1)', '-0.0', 'concretised'],
  ['what is no number', "def f(x): return x == float('nan'), x < float('inf')", 'f(1)', '(False, True)', 'exact'],
  [
    'side effects in a chain',
    'def f(x):\n    n = []\n    def g(): n.append(x); return x\n    return 0 < g() < 9, len(n)',
    'f(3)',
    '(True, 1)',
    'exact',
  ],
  ['the identity of small integers', 'def f(x): return x is 256', 'f(256)', 'True', 'concretised'],
  ['a mutated default', 'def f(x, k=[]):\n    k.append(x)\n    return k', 'f(3)', '[3]', 'exact'],
];

describe('traps of shadow runs', () => {
  const runs = useShadowRuns('3.14');

  it.each(TRAPS)('%s', async (_, source, call, repr, tag) => {
    const run = await runs.shadow({ source: `${source}\n`, entry: { call } });
    expect(run.outcome).toMatchObject({ kind: 'returned', repr });
    expect(disagreements(run)).toEqual([]);
    const restricted = run.conditions.some(({ kind }) => kind === 'assumption');
    const found = run.concretised.length > 0 ? 'concretised' : restricted ? 'restricted' : 'exact';
    expect(found).toBe(tag);
  });
});
