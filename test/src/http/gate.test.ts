import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GateResponse } from '../../../src/gate/gate-request.ts';
import { Jwks } from '../../../src/receipts/jwk.ts';
import { strayFrom } from '../../../src/receipts/subject.ts';
import { checkReceipt } from '../../../src/receipts/verify.ts';
import { temporaryDirectory } from '../receipts/keys.ts';
import { rightClaim, useDaemon, wrongClaim } from './harness.ts';

const keys = join(temporaryDirectory(), 'keys');
const authorization = 'Bearer a-secret-of-an-agent';
const daemon = useDaemon({}, { keys, tokens: [{ name: 'agent', secret: 'a-secret-of-an-agent' }] });

async function post(payload: unknown, headers: Record<string, string> = { authorization }) {
  const answer = await daemon.server.inject({ method: 'POST', url: '/v1/gate', payload: payload as object, headers });
  return { status: answer.statusCode, body: answer.json() };
}

const results = [
  { id: 'right', ...rightClaim(), model: { name: 'cwm' } },
  { id: 'wrong', ...wrongClaim(), model: { name: 'cwm' } },
];

describe('POST /v1/gate', () => {
  it('decides, and what it signs is verified with the keys that it gives out', async () => {
    const { status, body } = await post({ results, policy: {} });
    expect(status).toBe(200);
    expect(GateResponse.parse(body)).toEqual(body);
    expect(body.decision).toBe('reject');

    const jwks = await daemon.server.inject('/.well-known/jwks.json');
    expect([jwks.statusCode, jwks.headers['cache-control']]).toEqual([200, 'public, max-age=300']);
    const { keys: known } = Jwks.parse(jwks.json());
    const checked = await checkReceipt(JSON.stringify(body.receipt), known, Date.now());
    if (!checked.valid) throw new Error(checked.problem);
    expect(checked.statement).toMatchObject({ by: 'gate', decision: 'reject', policy: { digest: body.policy } });

    const [right, wrong] = results;
    expect(strayFrom(checked.statement, results)).toBeNull();
    expect(strayFrom(checked.statement, results.slice(1))).toContain('2 items');
    expect(strayFrom(checked.statement, [right!, { ...wrong!, id: 'other' }])).toContain('nothing of other');
    expect(strayFrom(checked.statement, [right!, { ...wrong!, claim: right!.claim }])).toContain('the claim of wrong');
    const program = { ...wrong!.program!, python: '3.14' as const };
    expect(strayFrom(checked.statement, [right!, { ...wrong!, program }])).toContain('the program of wrong');
  });

  it('signs nothing where nothing is asked for', async () => {
    expect((await post({ results, policy: {}, receipt: false })).body.receipt).toBeNull();
  });

  it('names the place of what does not fit', async () => {
    const [right] = results;
    const cases: [unknown, string][] = [
      [{ results }, '/policy'],
      [{ results: [], policy: {} }, '/results'],
      [{ results: [right, right], policy: {} }, '/results/1/id'],
      [{ results: [{ ...right, program: undefined }], policy: {} }, '/results/0/program'],
      [{ results: [{ ...right, id: '\ud800' }], policy: {} }, '/results/0/id'],
      [{ results: [{ ...right, produced_at: 'yesterday' }], policy: {} }, '/results/0/produced_at'],
      [{ results, policy: { spot_check: { share: 0, seed: 'long enough for a seed' } } }, '/policy/spot_check/share'],
      [{ results, policy: { spot_check: { share: 0.5, seed: 'short' } } }, '/policy/spot_check/seed'],
      [{ results, policy: { must_verfiy: [] } }, '/policy/must_verfiy'],
      [{ results, policy: { expires_at: '2020-01-01T00:00:00Z' } }, '/policy/expires_at'],
    ];
    for (const [payload, path] of cases) {
      const { status, body } = await post(payload);
      expect([status, body.errors?.[0]?.path]).toEqual([400, path]);
    }
  });

  it('says that it cannot sign, and nothing of where its keys are', async () => {
    mkdirSync(keys, { recursive: true });
    chmodSync(keys, 0o755);
    const { status, body } = await post({ results, policy: {} });
    expect([status, body.detail]).toEqual([500, expect.stringContaining('"receipt": false')]);
    expect(JSON.stringify(body)).not.toContain(keys);
    expect((await post({ results, policy: {}, receipt: false })).status).toBe(200);
    chmodSync(keys, 0o700);
    expect((await post({ results, policy: {} })).status).toBe(200);
  });

  it('asks for a token, which the public keys do not', async () => {
    expect((await post({ results, policy: {} }, {})).status).toBe(401);
    expect((await daemon.server.inject('/.well-known/jwks.json')).statusCode).toBe(200);
  });
});
