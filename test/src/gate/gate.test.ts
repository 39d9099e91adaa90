import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { VerifyRequest } from '../../../core/verdict.ts';
import { createGate, type Gate } from '../../../src/gate/gate.ts';
import { GateRequest, type GateRequestInput, GateResponse } from '../../../src/gate/gate-request.ts';
import type { Signer, Unsigned } from '../../../src/receipts/receipt.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import { rightClaim, slowClaim, wrongClaim } from '../http/harness.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const assay = createAssay({ workers: 2 });
const signed: Unsigned[] = [];
const gate: Gate = createGate(
  assay,
  {
    ready: () => Promise.resolve(),
    sign: (statement) => {
      signed.push(statement);
      return Promise.resolve({ protected: 'a', payload: 'b', signature: 'c' });
    },
  },
  () => NOW,
);

/** A signer that has no key to sign with. */
const NO_KEY: Signer = {
  ready: () => Promise.reject(new Error('no key')),
  sign: () => Promise.reject(new Error('no key')),
};

afterAll(() => assay.close());

type Result = GateRequestInput['results'][number];

function result(id: string, { program, claim }: VerifyRequest, rest: Partial<Result> = {}): Result {
  return { id, program: program as Result['program'], claim, ...rest };
}

async function decide(results: Result[], policy: GateRequestInput['policy'], receipt = false) {
  const answer = await gate.decide(GateRequest.parse({ results, policy, receipt }));
  expect(GateResponse.parse(answer)).toEqual(answer);
  return answer;
}

const right = (count: number) => Array.from({ length: count }, (_, x) => result(`r${x}`, rightClaim(x)));

/** Nothing can be said about it: the program uses up its steps. */
const endless = (id: string) =>
  result(id, {
    program: { source: 'def f():\n    while True:\n        pass\n', entry: { call: 'f()' } },
    claim: { kind: 'output', returns: '1' },
  });
const HASTY = { steps: 2000 };

describe('the gate', () => {
  it('accepts what was replayed and holds', async () => {
    const { decision, items, error_bound, receipt } = await decide(right(3), {});
    expect([decision, error_bound, receipt]).toEqual(['accept', null, null]);
    for (const item of items) {
      expect(item).toMatchObject({
        decision: 'accept',
        checked: true,
        basis: 'replay',
        status: 'verified',
        issues: [],
      });
      expect(item.evidence).toMatch(/^sha256:/);
    }
  });

  it('rejects what is wrong, and says what is true', async () => {
    const { decision, items } = await decide([...right(1), result('wrong', wrongClaim())], {});
    expect([decision, items.map((item) => item.decision)]).toEqual(['reject', ['accept', 'reject']]);
    expect(items[1]).toMatchObject({
      status: 'refuted',
      issues: [{ code: 'wrong', message: 'the run returns 4, predicted 3' }],
      corrected: { output: { returns: '4' } },
    });
  });

  it('holds what was not shown, unless the policy lets it pass, and never calls it verified', async () => {
    const held = await decide([endless('e')], { budget: HASTY });
    expect([held.decision, held.items[0]?.issues[0]?.code]).toEqual(['hold', 'inconclusive']);

    for (const selector of [{}, { ids: ['e'] }, { kinds: ['output' as const], reasons: ['budget' as const] }]) {
      const passed = await decide([endless('e')], { budget: HASTY, may_be_inconclusive: [selector] });
      expect([passed.decision, passed.items[0]?.status]).toEqual(['accept', 'inconclusive']);
    }
    for (const selector of [{ ids: ['f'] }, { reasons: ['memory' as const] }, { models: ['cwm'] }]) {
      expect((await decide([endless('e')], { budget: HASTY, may_be_inconclusive: [selector] })).decision).toBe('hold');
    }
    const wanted = { budget: HASTY, may_be_inconclusive: [{}], must_verify: [{ ids: ['e'] }] };
    expect((await decide([endless('e')], wanted)).decision).toBe('hold');
  });

  it('a program that tampers passes only where the policy names that', async () => {
    const program = { source: 'import sys\ndef f():\n    sys.settrace(None)\n    return 1\n', entry: { call: 'f()' } };
    const results = [{ id: 't', program, claim: { kind: 'output' as const, returns: '1' } }];
    const held = await decide(results, { may_be_inconclusive: [{}] });
    expect([held.decision, held.items[0]?.reason]).toEqual(['hold', 'tampered']);
    expect((await decide(results, { may_be_inconclusive: [{ reasons: ['tampered'] }] })).decision).toBe('accept');
  });

  it('holds a trace that stops early', async () => {
    const { program } = rightClaim();
    const frames = [{ event: 'call', line: 1, function: 'f', locals: { x: '3' } }];
    const { decision, items } = await decide(
      [result('short', { program, claim: { kind: 'trace', format: 'json', frames } })],
      {},
    );
    expect([decision, items[0]?.status]).toEqual(['hold', 'incomplete']);
  });

  it('looks at models, and rejects the others', async () => {
    const results = [
      result('named', rightClaim(), { model: { name: 'cwm' } }),
      result('version', rightClaim(), { model: { name: 'big', version: '2' } }),
      result('other', rightClaim(), { model: { name: 'big', version: '1', temperature: 0.7 } }),
      result('none', rightClaim()),
    ];
    const { items } = await decide(results, { models: ['cwm', 'big@2'] });
    expect(items.map((item) => item.decision)).toEqual(['accept', 'accept', 'reject', 'reject']);
    expect(items[2]?.status).toBe('verified');
  });

  it('looks at how old results are', async () => {
    const results = [
      result('fresh', rightClaim(), { produced_at: '2026-06-01T11:59:30Z' }),
      result('zone', rightClaim(), { produced_at: '2026-06-01T13:59:30+02:00' }),
      result('old', rightClaim(), { produced_at: '2026-06-01T11:58:00Z' }),
      result('future', rightClaim(), { produced_at: '2026-06-02T00:00:00Z' }),
      result('undated', rightClaim()),
    ];
    const { decision, items } = await decide(results, { max_age_s: 60 });
    expect(decision).toBe('hold');
    expect(items.map(({ issues }) => issues.map(({ code }) => code))).toEqual([
      [],
      [],
      ['stale'],
      ['future'],
      ['undated'],
    ]);
  });

  it('a result without a verdict is held, and harms no other', async () => {
    const results = [result('bad', { program: { source: 'x', entry: { call: 'f(' } }, claim: rightClaim().claim })];
    const { items } = await decide([...results, ...right(1)], {});
    expect(items[1]?.decision).toBe('accept');
    expect(items[0]?.decision).not.toBe('accept');

    const broken = createGate({ verify: () => Promise.reject(new Error('planted')) }, NO_KEY, () => NOW);
    const failures: unknown[] = [];
    const answer = await broken.decide(GateRequest.parse({ results: right(1), policy: {}, receipt: false }), {
      onInternal: (error) => failures.push(error),
    });
    expect(answer).toMatchObject({
      decision: 'hold',
      items: [{ checked: false, basis: 'none', status: null, issues: [{ code: 'no-verdict' }] }],
    });
    expect([failures.length, JSON.stringify(answer).includes('planted')]).toEqual([1, false]);
  });

  it('a result that the deadline stops is held, whatever may be inconclusive', async () => {
    const request = GateRequest.parse({
      results: [result('slow', slowClaim(60_000)), ...right(1)],
      policy: { budget: { ms: 60_000, steps: 100_000_000 }, may_be_inconclusive: [{}] },
      receipt: false,
    });
    const { decision, items } = await gate.decide(request, { deadlineMs: 1500 });
    expect(decision).toBe('hold');
    expect(items[0]).toMatchObject({ checked: false, issues: [{ message: expect.stringContaining('deadline') }] });
    const late = await gate.decide(request, { deadlineMs: 0 });
    expect(late.items.map(({ basis }) => basis)).toEqual(['none', 'none']);
  });

  it('replays nothing where it could not sign what it finds', async () => {
    let asked = 0;
    const counting: Pick<Assay, 'verify'> = {
      verify: (...args) => {
        asked++;
        return assay.verify(...args);
      },
    };
    const request = GateRequest.parse({ results: right(1), policy: {} });
    await expect(createGate(counting, NO_KEY, () => NOW).decide(request)).rejects.toThrow('no key');
    expect(asked).toBe(0);
  });

  it('refuses a policy that has expired', async () => {
    await expect(decide(right(1), { expires_at: '2026-06-01T12:00:00Z' })).rejects.toMatchObject({
      code: 'invalid-request',
      errors: [{ path: '/policy/expires_at' }],
    });
    expect((await decide(right(1), { expires_at: '2026-06-01T12:00:01Z' })).decision).toBe('accept');
  });

  it('signs digests, verdicts and the bound, and nothing of the programs', async () => {
    signed.length = 0;
    const policy = { name: 'nightly', expires_at: '2026-06-02T00:00:00Z' };
    const { items, policy: digest } = await decide(right(2), policy, true);
    expect(signed).toHaveLength(1);
    expect(signed[0]).toMatchObject({
      by: 'gate',
      exp: Date.parse(policy.expires_at) / 1000,
      decision: 'accept',
      policy: { name: 'nightly', digest },
      items: items.map(({ id, program, claim, evidence, stamp }) => ({ id, program, claim, evidence, stamp })),
    });
    expect(JSON.stringify(signed)).not.toContain('return');
    expect(items[0]?.program).not.toBe(items[1]?.program);
  });
});

describe('a spot check', () => {
  const seed = 'nobody knows this seed';

  it('says of the others that they were not checked, and how many may be wrong', async () => {
    const policy = { spot_check: { share: 0.3, seed }, must_verify: [{ ids: ['r0'] }] };
    const { decision, items, error_bound } = await decide(right(11), policy);
    expect(decision).toBe('accept');
    // C(5, 3) / C(10, 3) = 10 / 120 is not below 5 %, C(4, 3) / C(10, 3) = 4 / 120 is.
    expect(error_bound).toMatchObject({ population: 10, checked: 3, failed: 0, unchecked: 7, at_most: 5 });
    expect(items[0]).toMatchObject({ checked: true, basis: 'replay', status: 'verified' });
    const unchecked = items.filter(({ checked }) => !checked);
    expect(unchecked).toHaveLength(7);
    for (const item of unchecked) expect(item).toMatchObject({ basis: 'spot-check', status: null, evidence: null });
    expect(await decide(right(11), policy).then(({ items: again }) => again.map(({ checked }) => checked))).toEqual(
      items.map(({ checked }) => checked),
    );
  });

  it('holds the unchecked ones where one that was checked is wrong', async () => {
    const results = Array.from({ length: 8 }, (_, x) => result(`w${x}`, wrongClaim(x)));
    const { decision, items, error_bound } = await decide(results, { spot_check: { share: 0.5, seed } });
    expect([decision, error_bound?.failed, error_bound?.at_most]).toEqual(['reject', 4, 4]);
    expect(items.filter(({ checked }) => !checked).map((item) => [item.decision, item.issues[0]?.code])).toEqual(
      Array(4).fill(['hold', 'sample-failed']),
    );
  });

  it('holds the unchecked ones where too many may be wrong', async () => {
    const spot_check = { share: 0.5, seed, max_error: 0.1 };
    const { decision, items } = await decide(right(8), { spot_check });
    expect(decision).toBe('hold');
    expect(items.filter(({ issues }) => issues[0]?.code === 'error-bound')).toHaveLength(4);
    expect((await decide(right(8), { spot_check: { ...spot_check, share: 1 } })).decision).toBe('accept');
  });

  it('what is inconclusive makes the bound no better, though it may pass', async () => {
    const results = [endless('e0'), endless('e1')];
    const policy = { budget: HASTY, spot_check: { share: 0.5, seed }, may_be_inconclusive: [{}] };
    const { decision, error_bound } = await decide(results, policy);
    expect([decision, error_bound?.failed]).toEqual(['hold', 1]);
  });

  it('has nothing to choose from where everything must be verified', async () => {
    const { decision, error_bound } = await decide(right(2), { spot_check: { share: 0.1, seed }, must_verify: [{}] });
    expect([decision, error_bound]).toMatchObject(['accept', { population: 0, checked: 0, unchecked: 0, share: 0 }]);
  });
});

describe('whatever the policy', () => {
  const selector = fc.record(
    {
      ids: fc.subarray(['r0', 'w1', 'e2', 'r3']),
      kinds: fc.subarray(['output' as const, 'trace' as const]),
      models: fc.subarray(['cwm', 'cwm@1', 'other']),
    },
    { requiredKeys: [] },
  );
  const policies = fc.record(
    {
      must_verify: fc.array(selector, { maxLength: 2 }),
      may_be_inconclusive: fc.array(selector, { maxLength: 2 }),
      spot_check: fc.record(
        {
          share: fc.double({ min: 0.05, max: 1, noNaN: true }),
          seed: fc.string({ minLength: 16, maxLength: 40 }),
          max_error: fc.double({ min: 0, max: 1, noNaN: true }),
        },
        { requiredKeys: ['share', 'seed'] },
      ),
      models: fc.constantFrom('cwm', 'cwm@1', 'other').map((name) => [name]),
      max_age_s: fc.constantFrom(1, 3600),
    },
    { requiredKeys: [] },
  );
  const model = { name: 'cwm', version: '1' };
  const produced_at = '2026-06-01T11:59:00Z';
  const results = [
    result('r0', rightClaim(0), { model, produced_at }),
    result('w1', wrongClaim(1), { model, produced_at }),
    { ...endless('e2'), model, produced_at },
    result('r3', rightClaim(3), { model }),
  ];
  const truth = ['verified', 'refuted', 'inconclusive', 'verified'];
  const severity = ['accept', 'hold', 'reject'];

  it('nothing is called verified that was not tested, and nothing wrong is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(policies, async (policy) => {
        const { decision, items } = await decide(results, { ...policy, budget: HASTY, cross_check: false });
        for (const [index, item] of items.entries()) {
          expect(item.status).toBe(item.checked ? truth[index] : null);
          expect(item.basis).toBe(item.checked ? 'replay' : 'spot-check');
          if (item.checked && truth[index] === 'refuted') expect(item.decision).toBe('reject');
          if (item.decision !== 'accept') expect(item.issues).not.toEqual([]);
          expect(severity.indexOf(item.decision)).toBeLessThanOrEqual(severity.indexOf(decision));
        }
        expect(items.some((item) => item.decision === decision)).toBe(true);
        if (policy.spot_check === undefined) expect(items.every(({ checked }) => checked)).toBe(true);
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});
