import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PYTHON_VERSIONS, type PythonVersion, type World } from '../../../core/program.ts';
import type { VerifyResponse } from '../../../core/verdict.ts';
import { VerifyRequest } from '../../../core/verdict.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';

let assay: Assay;

beforeAll(() => {
  assay = createAssay({ workers: 1 });
});

afterAll(() => assay.close());

/** Claims what the program itself returns, so that only the cross-check can object. */
async function check(python: PythonVersion, source: string, world?: World): Promise<VerifyResponse> {
  const program = { source, entry: { call: 'f(3)' }, python, ...(world && { world }) };
  const { output } = await assay.trace({ program });
  const claim = { kind: 'output', returns: output.returns };
  return assay.verify(VerifyRequest.parse({ program, claim, options: { cross_check: true } }));
}

describe.each(PYTHON_VERSIONS)('cross-check on Python %s', (python) => {
  it.each([
    ['arithmetic', 'def f(n): return [n * k for k in range(n)]'],
    ['an object whose address is not shown', 'def f(n):\n    class A: pass\n    return A()'],
    ['a seeded generator', 'import random\ndef f(n): return random.Random(n).random()'],
    [
      'an exception',
      'def f(n):\n    try:\n        return 1 // 0\n    except ZeroDivisionError as error:\n        return str(error)',
    ],
  ])('trusts %s', async (_name, source) => {
    expect((await check(python, source)).status).toBe('verified');
  });

  it.each([
    ['the clock', 'import time\ndef f(n): return int(time.time())'],
    ['the clock', 'import datetime\ndef f(n): return str(datetime.datetime.now().date())'],
    ['entropy', 'import random\ndef f(n): return random.random()'],
    ['entropy', 'import os\ndef f(n): return os.urandom(4)'],
    ['memory addresses', 'def f(n): return id(object())'],
    ['memory addresses', 'def f(n): return hex(id([]))[-3:]'],
    ['entropy and the clock', 'import os, time\ndef f(n): return (os.urandom(4), int(time.time()))'],
  ])('finds that a run depends on %s', async (named, source) => {
    const { status, reason, message } = await check(python, source);
    expect({ status, reason, message }).toEqual({
      status: 'inconclusive',
      reason: 'nondeterministic',
      message: `the run depends on ${named}`,
    });
  });

  it('takes a stated clock and seed for part of the question', async () => {
    const world = { clock: '2030-05-05T05:05:05Z', seed: 7 };
    const source = 'import random, time\ndef f(n): return (random.random(), int(time.time()))';
    expect((await check(python, source, world)).status).toBe('verified');
  });

  it('finds a program that behaves otherwise when it is traced', async () => {
    // The trace function is called in the frame's stead between its lines, which costs the clock nothing; what a
    // program can see of it is only how long its own looks at the clock have waited.
    const source =
      'import time\ndef f(n):\n    for _ in range(600):\n        a = time.time()\n    return time.time() - a > 0.0000015';
    const { status, reason } = await check(python, source, { clock: '2026-01-01T00:00:00Z' });
    expect([status, reason]).toEqual(['inconclusive', 'tampered']);
  });
});
