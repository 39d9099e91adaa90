import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, it } from 'vitest';
import { rightClaim } from '../http/harness.ts';
import { temporaryDirectory } from '../receipts/keys.ts';
import { start } from './harness.ts';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
const env = { PATH: process.env.PATH ?? '', ASSAY_KEYS: temporaryDirectory() };

/** Starting the program again and again takes its time on a busy machine. */
const PATIENCE_MS = 120_000;

async function connect(mode: 'auto' | 'legacy', ...args: string[]) {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [MAIN, 'mcp', ...args], env }));
  return client;
}

const call = (client: Client, name: string, given: object) =>
  client.callTool({ name, arguments: given as Record<string, unknown> });

describe('assay mcp', () => {
  it.each(['auto', 'legacy'] as const)('serves the SDK’s own client (%s)', { timeout: PATIENCE_MS }, async (mode) => {
    const client = await connect(mode);
    try {
      expect((await client.listTools()).tools).toHaveLength(6);
      const { structuredContent } = await call(client, 'verify_trace', rightClaim());
      expect(structuredContent).toMatchObject({ status: 'verified' });
      const wrong = await call(client, 'verify_trace', { claim: rightClaim().claim });
      expect(wrong).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('/program') }] });
    } finally {
      await client.close();
    }
  });

  it('tells the agent where a daemon is not there', { timeout: PATIENCE_MS }, async () => {
    const client = await connect('auto', '--daemon', 'http://127.0.0.1:9');
    try {
      expect(await call(client, 'verify_trace', rightClaim())).toMatchObject({
        isError: true,
        content: [{ text: expect.stringMatching(/no daemon at http:\/\/127\.0\.0\.1:9.*\nfix: start one/) }],
      });
      expect((await call(client, 'explain_code', { code: 'AS301' })).structuredContent).toMatchObject({
        code: 'AS301',
      });
    } finally {
      await client.close();
    }
  });

  it('ends with an error where a message is too large', { timeout: PATIENCE_MS }, async () => {
    const child = start(['mcp'], { env });
    const { stdin, stderr } = child;
    if (stdin === null || stderr === null) throw new Error('the streams are pipes');
    stdin.on('error', () => {});
    const ended = once(child, 'close');
    stdin.write('x'.repeat(9 * 1024 * 1024));
    expect(await text(stderr)).toMatch(/^error: /);
    await ended;
    expect(child.exitCode).toBe(2);
  });

  it('writes nothing but the protocol, and ends with its input', { timeout: PATIENCE_MS }, async () => {
    const child = start(['mcp'], { env });
    const { stdin, stdout, stderr } = child;
    if (stdin === null || stdout === null || stderr === null) throw new Error('the streams are pipes');
    const errors = text(stderr);
    const source = 'import sys\nprint("to stdout")\nprint("to stderr", file=sys.stderr)\n';
    const messages = [
      {
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
      },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: { name: 'replay_program', arguments: { program: { source } } } },
    ];
    for (const message of messages) stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    let written = '';
    for await (const chunk of stdout) {
      written += chunk;
      if (written.trimEnd().split('\n').length === 2 && written.endsWith('\n')) break;
    }
    const ended = once(child, 'close');
    stdin.end();
    await ended;
    const lines = written
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ jsonrpc, id }) => [jsonrpc, id])).toEqual([
      ['2.0', 1],
      ['2.0', 2],
    ]);
    expect(lines[1].result.structuredContent).toMatchObject({
      status: 'returned',
      stdout: expect.stringContaining('to stdout'),
    });
    expect([child.exitCode, await errors]).toEqual([0, '']);
  });
});
