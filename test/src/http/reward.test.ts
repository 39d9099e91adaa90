import { describe, expect, it } from 'vitest';
import { NO_REWARD_METRICS } from '../../../src/reward/metrics.ts';
import { RewardResponse } from '../../../src/reward/reward-request.ts';
import { rightClaim, slowClaim, useDaemon, wrongClaim } from './harness.ts';

const daemon = useDaemon({ workers: 2 });

async function post(payload: unknown, headers: Record<string, string> = {}) {
  const answer = await daemon.server.inject({ method: 'POST', url: '/v1/reward', payload: payload as object, headers });
  return { status: answer.statusCode, body: answer.json() };
}

describe('POST /v1/reward', () => {
  it('rewards claims and completions, in order', async () => {
    const { program } = rightClaim();
    const items = [
      rightClaim(),
      wrongClaim(),
      { program, completion: 'Let me see.\n[ANSWER]\nassert f(3) == 4\n[/ANSWER]' },
      { program, completion: [{ role: 'assistant', content: 'it is 4' }] },
    ];
    const { status, body } = await post({ items, scheme: 'output' });
    expect(status).toBe(200);
    expect(RewardResponse.parse(body)).toEqual(body);
    expect(body.rewards).toEqual([1, 0, 1, 0]);
    expect(body.statuses).toEqual(['verified', 'refuted', 'verified', 'refuted']);
    expect(body.failures).toEqual([]);
    expect(body.metrics.map((metrics: object) => Object.keys(metrics))).toEqual(
      items.map(() => Object.keys(NO_REWARD_METRICS)),
    );
  });

  it('answers no items', async () => {
    const { status, body } = await post({ items: [] });
    expect([status, body]).toEqual([
      200,
      { rewards: [], statuses: [], metrics: [], details: [], failures: [], stamp: expect.anything() },
    ]);
  });

  it('tells no true value', async () => {
    const source = 'def f():\n    secret = 6 * 7 * 1_000_003\n    return [secret]\n';
    const program = { source, entry: { call: 'f()' }, python: '3.10' };
    const frames = [{ event: 'call', line: 1, function: 'f', locals: { x: '1' } }];
    const { body } = await post({
      items: [
        { program, claim: { kind: 'output', returns: '[1]' } },
        { program, claim: { kind: 'trace', format: 'json', frames } },
      ],
    });
    expect(body.rewards).toEqual([0, 0]);
    expect(JSON.stringify(body)).not.toMatch(/42000126|secret/);
  });

  it('names the place of what does not fit, and gives no reward then', async () => {
    const { program, claim } = rightClaim();
    const cases: [unknown, string][] = [
      [{ items: [{ claim }] }, '/items/0/program'],
      [{ items: [{ program }] }, '/items/0'],
      [{ items: [{ program, claim, completion: '' }] }, '/items/0'],
      [{ items: [], scheme: 'best' }, '/scheme'],
      [{ items: [], floor: 2 }, '/floor'],
      [{}, '/items'],
    ];
    for (const [payload, path] of cases) {
      const { status, body } = await post(payload);
      expect([status, body.errors?.[0]?.path]).toEqual([400, path]);
    }
  });

  it('an inconclusive claim earns what the request says', async () => {
    const { program } = slowClaim(100);
    const items = [{ program, claim: { kind: 'output', returns: '1' } }, wrongClaim()];
    const budget = { ms: 100, steps: 100_000_000 };
    const rewards = async (rest: object) => (await post({ items, budget, ...rest })).body.rewards;
    expect(await rewards({})).toEqual([null, 0]);
    expect(await rewards({ on_inconclusive: 'zero' })).toEqual([0, 0]);
    expect(await rewards({ on_inconclusive: 'floor', floor: 0.25 })).toEqual([0.25, 0.25]);
  });

  it('an item that the deadline stops is a failure, and the others are unharmed', async () => {
    const { program } = slowClaim(10_000);
    const items = [rightClaim(), { program, claim: { kind: 'output', returns: '1' } }];
    const budget = { ms: 10_000, steps: 100_000_000 };
    for (const [rest, headers] of [
      [{ deadline_ms: 2_500 }, {}],
      [{ deadline_ms: 60_000 }, { 'x-request-deadline': String(Date.now() + 6_000) }],
    ] as const) {
      const { status, body } = await post({ items, budget, ...rest }, headers);
      expect([status, body.rewards, body.statuses]).toEqual([200, [1, null], ['verified', 'failed']]);
      expect(body.failures).toEqual([{ index: 1, failure_class: 'deadline', detail: expect.any(String) }]);
    }
  });

  it('a deadline that has passed leaves nothing to do', async () => {
    const { body } = await post({ items: [rightClaim()] }, { 'x-request-deadline': '0' });
    expect((await post({ items: [rightClaim()] }, { 'x-request-deadline': '9000' })).body.rewards).toEqual([1]);
    expect(body.failures).toMatchObject([{ index: 0, failure_class: 'deadline' }]);
    expect((await post({ items: [] }, { 'x-request-deadline': 'soon' })).status).toBe(400);
  });
});
