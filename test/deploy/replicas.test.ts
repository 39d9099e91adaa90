import { describe, expect, it } from 'vitest';
import type { RewardItem } from '../../src/reward/reward-request.ts';
import { useDaemon } from '../src/http/harness.ts';
import { LeastConnections } from './balancer.ts';

const REQUESTS = 60;

/** Two claims about each program; every other one is right. */
function itemOf(index: number): RewardItem {
  const program = index >> 1;
  const result = program * 3 + (index % 2);
  return {
    program: {
      source: 'def f(n):\n    s = 0\n    for _ in range(3):\n        s += n\n    return s\n',
      entry: { call: `f(${program})` },
      python: '3.10',
    },
    claim: { kind: 'output', returns: String(result) },
  };
}

describe('replicas behind a balancer that counts connections', () => {
  const one = useDaemon({ sharing: {} }, {}, true);
  const other = useDaemon({ sharing: {} }, {}, true);

  it('share the requests, and answer each once and alike, also while one of them stops', async () => {
    await using balancer = new LeastConnections([one.url, other.url]);
    const url = await balancer.listen();
    const ask = async (index: number) => {
      const response = await fetch(`${url}/v1/reward`, {
        method: 'POST',
        body: JSON.stringify({ items: [itemOf(index)] }),
        headers: { 'content-type': 'application/json' },
      });
      const { rewards } = (await response.json()) as { rewards: unknown };
      expect([response.status, rewards]).toEqual([200, [1 - (index % 2)]]);
    };
    const askAll = (from: number) => Array.from({ length: REQUESTS }, (_, index) => ask(from + index));

    await Promise.all(askAll(0));
    for (const served of balancer.served) expect(served).toBeGreaterThan(REQUESTS / 10);

    const asked = askAll(REQUESTS);
    await Promise.race(asked);
    await Promise.all([...asked, one.server.close()]);
    const [byOne = 0, byOther = 0] = balancer.served;
    expect(byOne + byOther).toBe(2 * REQUESTS);
    await Promise.all(askAll(2 * REQUESTS));
    expect(balancer.served).toEqual([byOne, byOther + REQUESTS]);
  });
});
