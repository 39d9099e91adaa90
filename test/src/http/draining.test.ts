import { Agent, request as send } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../core/fault.ts';
import { createServer } from '../../../src/http/server.ts';
import { createAssay } from '../../../src/verify/assay.ts';
import { listenAnywhere, rightClaim, slowClaim } from './harness.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly connection: string | undefined;
}

describe('shutting down', () => {
  it('finishes what is in flight, refuses what comes over open connections, and closes them', async () => {
    const assay = createAssay({ workers: 1, python: ['3.10'], queue: 10 });
    const server = createServer(assay);
    const url = await listenAnywhere(server);
    await assay.ready();
    // One connection for two requests in a row, so that the second comes in while the server closes.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = (route: string, body: unknown, over = agent) =>
      new Promise<Answer>((resolve, reject) => {
        const payload = JSON.stringify(body);
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
        send(`${url}${route}`, { method: 'POST', agent: over, headers }, (answer) => {
          text(answer).then(
            (received) =>
              resolve({ status: answer.statusCode ?? 0, body: received, connection: answer.headers.connection }),
            reject,
          );
        })
          .on('error', reject)
          .end(payload);
      });

    const other = new Agent({ keepAlive: true });
    const batch = post(
      '/v1/verify/batch',
      { items: [slowClaim(1_000), ...Array.from({ length: 5 }, (_, i) => rightClaim(i))] },
      other,
    );
    const inFlight = post('/v1/verify', slowClaim(1_000));
    await sleep(300);
    const began = performance.now();
    const closed = server.close();

    const first = await inFlight;
    expect([first.status, JSON.parse(first.body).status, first.connection]).toEqual([200, 'inconclusive', 'close']);
    const lines = (await batch).body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1).summary).toMatchObject({ items: 6, verified: 5, errors: 0 });
    await closed;
    expect(performance.now() - began).toBeLessThan(20_000);
    await expect(post('/v1/verify', rightClaim())).rejects.toThrow(/ECONNREFUSED/);
    await assay.close();
    agent.destroy();
    other.destroy();
  });

  it('answers 503 to a request whose header was on its way when the closing began', async () => {
    const assay = createAssay({ workers: 1, python: ['3.10'], queue: 10 });
    const server = createServer(assay);
    const url = new URL(await listenAnywhere(server));
    const socket = connect(Number(url.port), url.hostname);
    const received = text(socket);
    const body = JSON.stringify(rightClaim());
    const header = `POST /v1/verify HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    socket.write(header.slice(0, 40));
    await sleep(200);
    const closed = server.close();
    await sleep(200);
    socket.write(header.slice(40) + body);
    const answer = await received;
    await closed;
    await assay.close();
    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(answer).toMatch(/^retry-after: \d+/im);
    expect(answer).toMatch(/^connection: close/im);
    expect(Problem.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)))).toMatchObject({
      code: 'shutting-down',
    });
  });
});
