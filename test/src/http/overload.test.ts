import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../core/fault.ts';
import { rightClaim, slowClaim, useDaemon } from './harness.ts';

const daemon = useDaemon({ workers: 1, queue: 1 }, { heldLimit: 1024 * 1024 }, true);

function post(body: string | ReadableStream, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${daemon.url}/v1/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    ...(typeof body !== 'string' && { duplex: 'half' }),
  } as RequestInit);
}

describe('overload', () => {
  it('a full queue is 503 with Retry-After, and what was accepted is answered', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(JSON.stringify(slowClaim(500)))));
    const refused = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
    expect(refused.length).toBeGreaterThanOrEqual(1);
    expect(refused.length + answers.filter(({ status }) => status === 200).length).toBe(8);
    for (const answer of refused) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(Problem.parse(await answer.json())).toMatchObject({ code: 'queue-full', status: 503 });
    }
    for (const answer of answers.filter(({ status }) => status === 200)) {
      expect(await answer.json()).toHaveProperty('status', 'inconclusive');
    }
  });

  it('bodies together are bounded; one alone always passes, and the room comes back', async () => {
    const padded = JSON.stringify({
      ...slowClaim(1_500),
      program: { ...slowClaim(1).program, source: `${slowClaim(1).program?.source}#${'x'.repeat(900_000)}` },
    });
    const held = post(padded);
    await sleep(300);
    const refused = await post(padded);
    expect(Problem.parse(await refused.json())).toMatchObject({
      code: 'queue-full',
      detail: expect.stringContaining('bodies'),
    });
    expect((await held).status).toBe(200);
    const larger = JSON.stringify({
      ...rightClaim(),
      program: { ...rightClaim().program, source: `${rightClaim().program?.source}#${'x'.repeat(2_000_000)}` },
    });
    expect((await post(larger)).status).toBe(200);
  });

  it('what is not HTTP gets a problem, and the connection is closed', async () => {
    const { hostname, port } = new URL(daemon.url);
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write('HELLO\r\n\r\n'));
      let received = '';
      socket.setEncoding('utf8').on('data', (data) => {
        received += data;
      });
      socket.on('close', () => resolve(received)).on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(Problem.parse(JSON.parse(text.slice(text.indexOf('\r\n\r\n'))))).toMatchObject({ code: 'invalid-request' });
  });
});
