import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { VerifyRequest } from '../../../../core/verdict.ts';
import { type Assay, createAssay } from '../../../../src/verify/assay.ts';

const MS = 2_000;
/** What is under way when the time is used up may come to its end, on a machine that is busy too. */
const ROOM = 20_000;

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

const DEEP = 'def f(n):\n    for i in range(100_000):\n        n = n + i\n    return n > 0\n';
const HOSTILE: readonly (readonly [string, string, object])[] = [
  [
    'ten thousand branches',
    `def f(n):\n    k = 0\n${lines(10_000, (i) => `    if n == ${i * 7}:\n        k = ${i}\n`)}    return k\n`,
    { ensures: 'result >= 0', params: { n: 'int' } },
  ],
  [
    'more paths than atoms',
    `def f(${Array.from({ length: 40 }, (_, i) => `a${i}`).join(', ')}):\n    k = 0\n${lines(40, (i) => `    if a${i} > ${i}:\n        k += 1\n`)}    return k\n`,
    { ensures: 'result <= 40', params: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`a${i}`, 'int'])) },
  ],
  ['terms of depth 100,000', DEEP, { ensures: 'result or n < 0', params: { n: 'int' } }],
  [
    'terms that double',
    'def f(n):\n    for i in range(200):\n        n = n + n * n\n    return n\n',
    { ensures: 'result != 7', params: { n: 'int' } },
  ],
  [
    'a query that nobody decides',
    'def f(x, y, z):\n    return x**3 + y**3 + z**3\n',
    { ensures: 'result != 114', params: { x: 'int', y: 'int', z: 'int' } },
  ],
  [
    'an endless loop',
    'def f(n):\n    while n != 3:\n        n += 1\n    return n\n',
    { ensures: 'result == 3', params: { n: 'int' } },
  ],
  [
    'endless recursion',
    'def f(n):\n    try:\n        return f(n + 1)\n    except RecursionError:\n        return n\n',
    { ensures: 'result > n', params: { n: 'int' } },
  ],
  [
    'an integer of a million digits',
    'def f(n):\n    return n ** (10 ** 6) >= 0 and 2 ** (10 ** 7) > n\n',
    { ensures: 'result', params: { n: 'int' } },
  ],
  [
    'types that nest',
    'def f(xs):\n    return len(xs)\n',
    { ensures: 'result >= 0', params: { xs: 'list[list[list[list[list[list[int]]]]]]' } },
  ],
  [
    'contradictory bounds',
    'def f(n):\n    return n\n',
    { requires: 'n > 5 and n < 3', ensures: 'False', params: { n: 'int' } },
  ],
  [
    'a precondition that raises',
    'def f(n):\n    return n\n',
    { requires: '1 // 0', ensures: 'True', params: { n: 'int' } },
  ],
  ['a property that is no expression', 'def f(n):\n    return n\n', { ensures: 'import os', params: { n: 'int' } }],
  ['a property that closes a bracket', 'def f(n):\n    return n\n', { ensures: 'True)) or ((1', params: { n: 'int' } }],
  ['a type that is none', 'def f(n):\n    return n\n', { ensures: 'True', params: { n: 'Callable[[int], int]' } }],
  ['no Python', 'function f(n) { return n }', { ensures: 'True', params: { n: 'int' } }],
  ['a function that is not there', 'def g(n):\n    return n\n', { ensures: 'True', params: { n: 'int' } }],
  [
    'a name that is code',
    'def f(n):\n    return n\n',
    { function: '__import__("os").system', ensures: 'True', params: { n: 'int' } },
  ],
];

describe('a hostile question', () => {
  let assay: Assay;
  beforeAll(async () => {
    assay = createAssay({ workers: 1, python: ['3.14'] });
    await assay.ready();
    await ask('def f(x):\n    return x\n', { ensures: 'True', params: { x: 'int' } });
  }, 120_000);
  afterAll(() => assay.close());

  const ask = async (source: string, claim: object, ms = MS) => {
    const program = { source, python: '3.14' };
    const full = { kind: 'always', function: 'f', ...claim };
    const options = { budget: { ms, rlimit: 1_000_000 } };
    const started = performance.now();
    const { status, reason } = await assay.verify(VerifyRequest.parse({ program, claim: full, options }));
    return { status, reason, ms: performance.now() - started };
  };

  // The next question has the right answer, on the same threads.
  afterEach(async () => {
    const { status } = await ask(
      'def f(x):\n    return x * 2\n',
      { ensures: 'result % 2 == 0', params: { x: 'int' } },
      ROOM,
    );
    expect(status).toBe('verified');
  });

  it.each(HOSTILE)('of %s is answered in time, and not as proved', { timeout: 120_000 }, async (_, source, claim) => {
    const { status, ms } = await ask(source, claim);
    expect(status).toBe('inconclusive');
    expect(ms).toBeLessThan(MS + ROOM);
  });
});
