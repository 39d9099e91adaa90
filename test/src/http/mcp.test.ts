import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createServer } from '../../../src/http/server.ts';
import { checkReceipt } from '../../../src/receipts/verify.ts';
import { temporaryDirectory } from '../receipts/keys.ts';
import { listenAnywhere, rightClaim, slowClaim, useDaemon, wrongClaim } from './harness.ts';

const keys = join(temporaryDirectory(), 'keys');
const secret = 'a-secret-of-an-agent';
const daemon = useDaemon({ python: ['3.10', '3.14'] }, { keys, mcpHosts: ['assay.example'] }, true);
const guarded = useDaemon({}, { keys, tokens: [{ name: 'agent', secret }] }, true);

async function connect(url: string, mode: 'legacy' | 'auto' = 'auto', headers: Record<string, string> = {}) {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers } }));
  return client;
}

let agent: Client;
beforeAll(async () => {
  agent = await connect(daemon.url);
});
afterAll(() => agent.close());

interface Answer {
  readonly isError?: boolean;
  readonly structuredContent?: object;
  readonly content: { type: string; text: string }[];
}

async function call(name: string, given: object, client = agent): Promise<Answer> {
  return (await client.callTool({ name, arguments: given as Record<string, unknown> })) as Answer;
}

/** The answer of a call that went well. The client has checked it against the tool's own schema by then. */
async function found(name: string, given: object, client = agent) {
  const { isError, structuredContent, content } = await call(name, given, client);
  expect(isError, content[0]?.text).toBeFalsy();
  const answer = JSON.parse(content[0]?.text ?? '');
  expect(answer).toEqual(structuredContent);
  return answer;
}

/** Waits until a program runs. */
function untilBusy(): Promise<void> {
  const busy = () => expect(daemon.assay.health().pools.some((pool) => pool.busy > 0)).toBe(true);
  return vi.waitFor(busy, { timeout: 20_000, interval: 20 });
}

const base = 'def last(items):\n    return items[-1]\n';

describe('/mcp', () => {
  it('lists its tools with schemas, in the same order each time', async () => {
    const { tools } = await agent.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'verify_trace',
      'replay_program',
      'explore_paths',
      'check_patch',
      'gate_result',
      'explain_code',
    ]);
    for (const { name, title, description, inputSchema, outputSchema, annotations } of tools) {
      expect([name, inputSchema.type, outputSchema?.type]).toEqual([name, 'object', 'object']);
      expect([title, description].every((text) => text !== undefined && text !== '')).toBe(true);
      expect(annotations).toMatchObject({
        readOnlyHint: name !== 'gate_result',
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      });
    }
    expect(agent.getInstructions()).toMatch(/verify_trace.*follow no instruction/s);
    expect((await agent.listTools()).tools).toEqual(tools);
  });

  it('verifies claims', async () => {
    expect(await found('verify_trace', rightClaim())).toMatchObject({ status: 'verified', cut: [], rest: null });
    expect(await found('verify_trace', wrongClaim())).toMatchObject({
      status: 'refuted',
      message: 'the run returns 4, predicted 3',
      output: { returns: '4' },
    });
  });

  it('replays programs, a part of the frames at a time', async () => {
    const program = {
      source: 'def f(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n',
      entry: { call: 'f(40)' },
    };
    const first = await found('replay_program', { program, count: 30 });
    expect(first).toMatchObject({ output: { returns: '780' }, status: 'returned', from: 0, next: 30 });
    const all = [...first.frames];
    for (let next = first.next; next !== null; ) {
      const part = await found('replay_program', { program, from: next, count: 30 });
      all.push(...part.frames);
      next = part.next;
    }
    const { frames } = await daemon.assay.trace({ program });
    expect([all.length, all]).toEqual([first.total, frames]);
    expect((await found('replay_program', { program, count: 0 })).frames).toEqual([]);
  });

  it('cuts what is long, and says how to get the rest', async () => {
    const program = {
      source: 'def f():\n    long = "x" * 100_000\n    print(long)\n    return long\n',
      entry: { call: 'f()' },
    };
    const answer = await found('replay_program', { program });
    expect(JSON.stringify(answer).length).toBeLessThan(30_000);
    expect(answer.cut).toContain('/stdout: 4000 of 100001 characters');
    expect(answer.rest).toContain('from');
  });

  it('explores paths', async () => {
    const source = 'def sign(n):\n    if n < 0:\n        return -1\n    return 1\n';
    const answer = await found('explore_paths', { program: { source }, function: 'sign', params: { n: 'int' } });
    expect(answer.complete).toBe(true);
    expect(answer.paths.map(({ output }: { output: string }) => output).sort()).toEqual(['-1', '1']);
  }, 60_000);

  it('checks patches', async () => {
    const head = base.replace('[-1]', '[-2:]');
    const answer = await found('check_patch', {
      base: { files: { 'a.py': base } },
      head: { files: { 'a.py': head } },
      options: { inputs: 20 },
    });
    expect(answer.findings[0]).toMatchObject({ code: 'AS301', path: 'a.py' });
    expect(await found('explain_code', { code: 'as301' })).toMatchObject({
      code: 'AS301',
      page: expect.stringContaining('# AS301'),
    });
  }, 60_000);

  it('decides on simulated results, and signs where it is asked to', async () => {
    const results = [
      { id: 'right', ...rightClaim() },
      { id: 'wrong', ...wrongClaim() },
    ];
    const answer = await found('gate_result', { results, policy: {} });
    expect([answer.decision, answer.receipt]).toEqual(['reject', null]);
    expect(answer.items[1].corrected.output).toEqual({ returns: '4' });

    const { receipt } = await found('gate_result', { results, policy: {}, receipt: true });
    const { keys: known } = (await daemon.server.inject('/.well-known/jwks.json')).json();
    expect((await checkReceipt(JSON.stringify(receipt), known, Date.now())).valid).toBe(true);
  });

  it('says what to change, as a tool error', async () => {
    const { program, claim } = rightClaim();
    const cases: [string, object, RegExp][] = [
      ['verify_trace', { claim }, /\/program: is missing/],
      [
        'verify_trace',
        { program: { ...program, entry: { cal: 'f(3)' } }, claim },
        /\/program\/entry\/cal: unknown field/,
      ],
      ['verify_trace', { program, claim: { kind: 'outptu' } }, /\/claim\/kind/],
      ['replay_program', { program: { source: 'x = 1', python: '2.7' } }, /\/program\/python/],
      ['explore_paths', { program: { source: base }, function: 'first', params: {} }, /first/],
      ['gate_result', { results: [], policy: {} }, /\/results/],
      ['explain_code', { code: 'AS3o1' }, /did you mean AS301/],
    ];
    for (const [name, given, words] of cases) {
      const { isError, content } = await call(name, given);
      expect([name, isError, content[0]?.text]).toEqual([name, true, expect.stringMatching(words)]);
    }
  });

  it('serves clients of the revision before as well', async () => {
    const old = await connect(daemon.url, 'legacy');
    expect([old.getProtocolEra(), agent.getProtocolEra()]).toEqual(['legacy', 'modern']);
    expect(await found('verify_trace', wrongClaim(), old)).toMatchObject({ status: 'refuted' });
    expect((await old.listTools()).tools).toHaveLength(6);
    await old.close();
  });

  it('gives the work of a client up that cancels', async () => {
    const stopped = new AbortController();
    const { program, claim } = slowClaim(60_000);
    const given = { program, claim, options: { budget: { ms: 60_000, steps: 100_000_000 } } };
    const waiting = agent.callTool({ name: 'verify_trace', arguments: given }, { signal: stopped.signal });
    const rejected = expect(waiting).rejects.toThrow();
    await untilBusy();
    stopped.abort();
    await rejected;
    // The one thread of the daemon is free again long before the budget of that run ends.
    expect(await found('verify_trace', rightClaim())).toMatchObject({ status: 'verified' });
  }, 40_000);

  it('finishes a call that is in flight before it stops', async () => {
    const server = createServer(daemon.assay, { keys });
    const client = await connect(await listenAnywhere(server));
    const { program, claim } = slowClaim(2000);
    const options = { budget: { ms: 2000, steps: 100_000_000 } };
    const waiting = found('verify_trace', { program, claim, options }, client);
    await untilBusy();
    await server.close();
    expect(await waiting).toMatchObject({ status: 'inconclusive', reason: 'budget' });
    await client.close();
  });

  it('is not reached under strange names, nor from pages of strangers', async () => {
    const ask = (headers: Record<string, string>, server = daemon.server) =>
      server.inject({
        method: 'POST',
        url: '/mcp',
        headers: { accept: 'application/json, text/event-stream', ...headers },
        payload: { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} },
      });
    const status = async (headers: Record<string, string>) => (await ask(headers)).statusCode;
    expect(await status({ host: '127.0.0.1:8787' })).toBe(200);
    expect(await status({ host: 'assay.example' })).toBe(200);
    expect(await status({ host: 'localhost', origin: 'http://localhost:3000' })).toBe(200);
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'a b']) {
      expect(await status({ host }), host).toBe(403);
    }
    for (const origin of ['http://evil.example', 'null', 'http://localhost.evil.example', 'not a URL']) {
      expect(await status({ host: 'localhost', origin }), origin).toBe(403);
    }
    const authorization = `Bearer ${secret}`;
    expect((await ask({ host: 'any.example' }, guarded.server)).statusCode).toBe(401);
    expect((await ask({ host: 'any.example', authorization }, guarded.server)).statusCode).toBe(200);
    const strange = { host: 'any.example', origin: 'http://any.example', authorization };
    expect((await ask(strange, guarded.server)).statusCode).toBe(403);
  });

  it('asks for a token like the other routes', async () => {
    await expect(connect(guarded.url)).rejects.toThrow();
    const known = await connect(guarded.url, 'auto', { authorization: `Bearer ${secret}` });
    expect(await found('verify_trace', rightClaim(), known)).toMatchObject({ status: 'verified' });
    await known.close();
  });

  it('has no sessions to open or to end', async () => {
    for (const method of ['GET', 'DELETE'] as const) {
      const answer = await daemon.server.inject({ method, url: '/mcp', headers: { accept: 'text/event-stream' } });
      expect(answer.statusCode).toBe(405);
    }
    const broken = await daemon.server.inject({ method: 'POST', url: '/mcp', payload: { jsonrpc: '1.0' } });
    expect(broken.statusCode).toBe(400);
  });
});
