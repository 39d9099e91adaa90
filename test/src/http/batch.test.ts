import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { VerifyResponse } from '../../../core/verdict.ts';
import { rightClaim, slowClaim, useDaemon, wrongClaim } from './harness.ts';

const daemon = useDaemon({ workers: 1, queue: 2 }, { batchConcurrency: 8 }, true);

interface Line {
  index?: number;
  status?: string;
  error?: { code: string; errors?: { path: string }[] };
  summary?: Record<string, number>;
}

async function send(body: string, type = 'application/json'): Promise<{ response: Response; lines: Line[] }> {
  const response = await fetch(`${daemon.url}/v1/verify/batch`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  const text = await response.text();
  return {
    response,
    lines: text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

function byIndex(lines: readonly Line[]): Line[] {
  return lines.filter(({ index }) => index !== undefined).sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
}

describe('POST /v1/verify/batch', () => {
  it('answers each item on a line of its own, then the summary', async () => {
    const items = [rightClaim(1), wrongClaim(2), { claim: 3 }, rightClaim(4), null];
    const { response, lines } = await send(JSON.stringify({ items }));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    const [right, wrong, broken, right2, nothing] = byIndex(lines);
    const { index, ...verdict } = right ?? {};
    expect([index, VerifyResponse.parse(verdict).status]).toEqual([0, 'verified']);
    expect(['refuted', 'corrected']).toContain(wrong?.status);
    expect(broken?.error).toMatchObject({ code: 'invalid-request', errors: [{ path: '/claim' }] });
    expect(right2?.status).toBe('verified');
    expect(nothing?.error?.code).toBe('invalid-request');
    expect(lines.at(-1)?.summary).toMatchObject({ items: 5, verified: 2, errors: 2 });
  });

  it('reads one request a line', async () => {
    const body = `${JSON.stringify(rightClaim(1))}\n\n  \r\n{"claim": NaN}\r\n${JSON.stringify(wrongClaim(2))}`;
    const { lines } = await send(body, 'application/x-ndjson; charset=utf-8');
    expect(byIndex(lines)).toMatchObject([
      { status: 'verified' },
      { error: { code: 'invalid-request' } },
      { kind: 'output' },
    ]);
    expect(lines.at(-1)?.summary).toMatchObject({ items: 3, verified: 1, errors: 1 });
  });

  it('is refused as a whole where it is no batch', async () => {
    const { response, lines } = await send('{"itmes": []}');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect(lines).toMatchObject([{ code: 'invalid-request', errors: [{ path: '/items' }, { path: '/itmes' }] }]);
  });

  it('takes an empty batch', async () => {
    const summary = { items: 0, verified: 0, corrected: 0, refuted: 0, incomplete: 0, inconclusive: 0, errors: 0 };
    expect((await send('{"items": []}')).lines).toEqual([{ summary }]);
    expect((await send('', 'application/x-ndjson')).lines).toEqual([{ summary }]);
  });

  it('loses nothing where it is larger than the queue', async () => {
    const items = Array.from({ length: 300 }, (_, i) => rightClaim(i));
    const { lines } = await send(JSON.stringify({ items }));
    expect(byIndex(lines).map(({ index }) => index)).toEqual(items.map((_, i) => i));
    expect(lines.at(-1)?.summary).toMatchObject({ items: 300, verified: 300, errors: 0 });
  });

  it('answers an item as soon as it is done', async () => {
    const body = JSON.stringify({ items: [rightClaim(), slowClaim(3_000)] });
    const began = performance.now();
    const response = await fetch(`${daemon.url}/v1/verify/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = await reader?.read();
    expect(JSON.parse(String(first?.value).split('\n', 1)[0] ?? '')).toMatchObject({ index: 0, status: 'verified' });
    expect(performance.now() - began).toBeLessThan(2_500);
    while (!(await reader?.read())?.done);
  });

  it('gives up what is left when the client hangs up', async () => {
    const body = JSON.stringify({ items: [rightClaim(), ...Array.from({ length: 20 }, () => slowClaim(20_000))] });
    const { hostname, port } = new URL(daemon.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/verify/batch HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await once(socket, 'data');
    socket.destroy();
    // One interpreter: this answer can only come when the long runs were given up.
    const began = performance.now();
    const { lines } = await send(JSON.stringify({ items: [rightClaim()] }));
    expect(lines.at(-1)?.summary).toMatchObject({ verified: 1 });
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
