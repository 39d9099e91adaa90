import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifyRequest } from '../../../core/verdict.ts';
import { createSharing } from '../../../src/sharing/create-sharing.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import { withoutTimings } from './engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-sharing-'));
afterAll(() => rmSync(folder, { recursive: true }));

function open(memoryBytes = 2 ** 24): Assay {
  const file = join(folder, 'runs.sqlite');
  const onTrouble = (error: unknown) => {
    throw error;
  };
  const sharing = createSharing({ memoryBytes, file, fileBytes: 2 ** 24, onTrouble });
  return createAssay({ workers: 1, python: ['3.10'], queue: 1_000, sharing });
}

function requestFor(source: string, returns: string, cross_check = true, call = 'f()'): VerifyRequest {
  return {
    program: { source, entry: { call }, python: '3.10' },
    claim: { kind: 'output', returns },
    options: { correction: true, path: 'off', bounded: 'reject', cross_check },
  };
}

/** A program that is slow to run, so that what was not run shows. */
const SLOW = 'def f():\n    n = 0\n    for i in range(20_000):\n        n += i\n    return n\n';
const SLOW_REQUEST = requestFor(SLOW, '199990000');

describe('requests for the same run', () => {
  let assay: Assay;
  beforeAll(async () => {
    assay = open();
    await assay.ready();
  });
  afterAll(() => assay.close());

  it('share it while it is under way, and have the verdicts that each would have alone', async () => {
    const claims = ['199990000', '1', '199990000', 'None'];
    const answers = await Promise.all(claims.map((returns) => assay.verify(requestFor(SLOW, returns))));
    expect(answers.map(({ status }) => status)).toEqual(['verified', 'refuted', 'verified', 'refuted']);
    // One of them ran; the numbers are those of its runs.
    expect(new Set(answers.map(({ timings_ms }) => timings_ms.replay)).size).toBe(1);
    expect((await assay.verify(SLOW_REQUEST)).timings_ms.replay).toBe(0);
    const fresh = await assay.verify(SLOW_REQUEST, { fresh: true });
    expect(fresh.timings_ms.replay).toBeGreaterThan(0);
    expect(withoutTimings(fresh)).toEqual(withoutTimings(await assay.verify(SLOW_REQUEST)));
  });

  it('do not where the program, its world, its budget or its test differ', async () => {
    const again = async (request: VerifyRequest) => (await assay.verify(request)).timings_ms.replay > 0;
    const { program, options } = SLOW_REQUEST;
    if (program === undefined || options === undefined) throw new Error('the request has both');
    expect(await again(SLOW_REQUEST)).toBe(false);
    for (const other of [
      { ...SLOW_REQUEST, program: { ...program, source: `${SLOW}#` } },
      { ...SLOW_REQUEST, program: { ...program, entry: { call: 'f( )' } } },
      { ...SLOW_REQUEST, program: { ...program, python: '3.11' as const } },
      { ...SLOW_REQUEST, program: { ...program, world: { seed: 1 } } },
      { ...SLOW_REQUEST, program: { ...program, world: { seed: 0 } } },
      { ...SLOW_REQUEST, program: { ...program, world: { stdin: ' ' } } },
      { ...SLOW_REQUEST, program: { ...program, world: { files: { a: '' } } } },
      { ...SLOW_REQUEST, options: { ...options, budget: { steps: 99_999 } } },
      { ...SLOW_REQUEST, options: { ...options, cross_check: false } },
    ]) {
      expect(await again(other), JSON.stringify(other)).toBe(true);
      expect(await again(other), JSON.stringify(other)).toBe(false);
    }
  });

  it('never share what was stopped, tampered with or depends on its world', async () => {
    const sources = {
      budget: 'def f():\n    while True:\n        pass\n',
      tampered: 'import sys\ndef f():\n    sys.settrace(None)\n',
      nondeterministic: 'def f():\n    return id(object())\n',
    };
    for (const [reason, source] of Object.entries(sources)) {
      const request = requestFor(source, '1');
      for (let time = 0; time < 2; time++) {
        const { reason: why, timings_ms } = await assay.verify(request);
        expect([why, timings_ms.replay > 0]).toEqual([reason, true]);
      }
    }
  });

  it('a caller that leaves does not take the run with it, and the last one does', async () => {
    const source = 'def f():\n    while sum(range(100_000)):\n        pass\n';
    const request: VerifyRequest = {
      ...requestFor(source, '1', false),
      options: { correction: true, path: 'off', bounded: 'reject', cross_check: false, budget: { steps: 1e8 } },
    };
    const [one, other] = [new AbortController(), new AbortController()];
    const first = assay.verify(request, { signal: one.signal });
    const second = assay.verify(request, { signal: other.signal });
    const late = assay.verify(request, { deadlineMs: 100 });
    expect(await late).toMatchObject({ status: 'inconclusive', reason: 'budget' });
    one.abort();
    await expect(first).rejects.toThrow();
    await sleep(50);
    expect(assay.health().pools.find(({ python }) => python === '3.10')?.busy).toBe(1);
    other.abort();
    await expect(second).rejects.toThrow();
    // The thread is free again long before the program's budget is used up.
    expect((await assay.verify(SLOW_REQUEST, { fresh: true, deadlineMs: 8_000 })).status).toBe('verified');
  });

  it('find what was kept before a restart, with the same answer', async () => {
    const before = await assay.verify(SLOW_REQUEST);
    await assay.close();
    assay = open();
    const after = await assay.verify(SLOW_REQUEST);
    expect(after.timings_ms.replay).toBe(0);
    expect(withoutTimings(after)).toEqual(withoutTimings(before));
    expect((await assay.verify(requestFor(SLOW, '2'))).message).toContain('199990000');
  });
});
