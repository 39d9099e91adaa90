import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheFiles } from '../../../workers/cache.ts';
import { rightClaim, slowClaim, wrongClaim } from '../http/harness.ts';
import { run, start } from './harness.ts';

// Several processes are started one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

let children: ChildProcess[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-serve-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(folder, { recursive: true });
});

interface Served {
  readonly child: ChildProcess;
  readonly url: string;
  readonly log: readonly string[];
}

async function serve(...given: (string | Record<string, string>)[]): Promise<Served> {
  const args = given.filter((part) => typeof part === 'string');
  const env = Object.assign({}, ...given.filter((part) => typeof part !== 'string'));
  const child = start(['serve', '--port', '0', '--workers', '1', '--python', '3.10', ...args], { cwd: folder, env });
  children.push(child);
  if (child.stderr === null) throw new Error('standard error is a pipe');
  const log: string[] = [];
  const lines = createInterface({ input: child.stderr });
  const url = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      log.push(line);
      const found = /http:\/\/[\d.]+:\d+/.exec(line);
      if (found !== null) resolve(found[0]);
    });
    child.once('close', () => reject(new Error(`the daemon ended: ${log.join('\n')}`)));
  });
  return { child, url: await url, log };
}

async function untilReady(url: string): Promise<void> {
  for (;;) {
    const { status } = await fetch(`${url}/readyz`);
    if (status === 200) return;
    expect(status).toBe(503);
    await sleep(100);
  }
}

function post(url: string, body: unknown): Promise<Response> {
  return fetch(`${url}/v1/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

describe('assay serve', () => {
  it('lives at once, is ready soon, answers, and logs JSON without programs', async () => {
    const { child, url, log } = await serve();
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    await untilReady(url);
    expect(await (await post(url, rightClaim())).json()).toHaveProperty('status', 'verified');
    expect((await post(url, { program: { source: 'SECRET = 1' }, claim: 3 })).status).toBe(400);
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    for (const line of log) expect(JSON.parse(line)).toHaveProperty('msg');
    expect(log.some((line) => JSON.parse(line).reqId !== undefined)).toBe(true);
    expect(log.join('\n')).not.toMatch(/SECRET|def f/);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('finishes what is in flight on %s', async (signal) => {
    const { child, url } = await serve();
    await untilReady(url);
    const answer = post(url, slowClaim(1_500));
    await sleep(500);
    child.kill(signal);
    expect(await (await answer).json()).toHaveProperty('status', 'inconclusive');
    expect(await once(child, 'close')).toEqual([0, null]);
    await expect(post(url, rightClaim())).rejects.toThrow();
  });

  it('ends at once on the second signal', async () => {
    const { child, url } = await serve();
    await untilReady(url);
    const answer = post(url, slowClaim(60_000)).catch((error: unknown) => error);
    await sleep(500);
    child.kill('SIGTERM');
    await sleep(300);
    const began = performance.now();
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([143, null]);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(await answer).toBeInstanceOf(Error);
  });

  it('says that its port is taken', async () => {
    const { url } = await serve();
    const { code, stderr } = await run(['serve', '--port', new URL(url).port], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/is taken\nfix: /)]);
  });

  it('warns where other machines can reach it', async () => {
    const { log } = await serve('--host', '0.0.0.0', '--insecure');
    await expect.poll(() => log.join('\n'), { timeout: 10_000 }).toContain('warning: 0.0.0.0 can be reached');
  });

  it('refuses to let everybody on other machines call, unless that is said', async () => {
    const { code, stderr } = await run(['serve', '--port', '0', '--host', '0.0.0.0'], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/no token is set\nfix: set ASSAY_TOKENS/)]);
  });

  it('refuses to start with an interpreter that is not the one it made', async () => {
    const { module, image } = cacheFiles('3.10');
    for (const path of [module, image]) writeFileSync(join(folder, basename(path)), 'something else\n');
    const args = ['serve', '--port', '0', '--python', '3.10', '--cache-file', 'off'];
    const { code, stderr } = await run(args, { cwd: folder, env: { ASSAY_CACHE: folder } });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error: .*\.wasm is damaged; delete it and start again\nfix: /m),
    ]);
  });

  it('marks what it says where programs are not sealed off, and nowhere else', async () => {
    const { url: open, log } = await serve('--unsafe-unsealed');
    const { url: sealed } = await serve();
    for (const url of [open, sealed]) await untilReady(url);
    expect(log[0]).toMatch(/^warning: programs are not sealed off/);
    const stampAt = async (url: string) => (await (await post(url, rightClaim())).json()).stamp;
    expect(await stampAt(open)).toEqual({ ...(await stampAt(sealed)), unsealed: true });
  });

  it('takes settings of several words as flags', async () => {
    const { url } = await serve('--body-limit-mb', '1');
    const source = `#${'x'.repeat(1024 * 1024)}`;
    expect((await post(url, { program: { source } })).status).toBe(413);
    const { code, stderr } = await run(['serve', '--body-limit-mb', 'much'], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringContaining('--body-limit-mb: body_limit_mb: ')]);
  });

  it('asks for a token where one is set, which `--daemon` sends', async () => {
    const secret = 'correct-horse-battery';
    const { url, log } = await serve({ ASSAY_TOKENS: `ci:${secret}` });
    await untilReady(url);
    expect((await post(url, rightClaim())).status).toBe(401);
    writeFileSync(join(folder, 'claims.jsonl'), JSON.stringify(rightClaim()));
    const verify = (token: string) =>
      run(['verify', 'claims.jsonl', '--daemon', url], { cwd: folder, env: { ASSAY_TOKEN: token } });
    expect((await verify(secret)).code).toBe(0);
    expect(await verify('')).toMatchObject({ code: 2, stderr: expect.stringContaining('fix: set ASSAY_TOKEN') });
    expect(log.join('\n')).not.toContain(secret);
    expect(log.join('\n')).toContain('token:ci');
  });

  it('gives `verify --daemon` the same report and exit codes as a run of its own', async () => {
    const { url } = await serve();
    await untilReady(url);
    const lines = [rightClaim(), wrongClaim(), { claim: 3 }].map((line) => JSON.stringify(line));
    writeFileSync(join(folder, 'claims.jsonl'), lines.join('\n'));
    const { source, python } = rightClaim().program ?? {};
    writeFileSync(join(folder, 'f.py'), source ?? '');
    const timeless = (text: string) => text.replace(/[\d.]+ m?s([).])/g, '0 ms$1');
    for (const args of [
      ['verify', 'claims.jsonl', '--format', 'full'],
      ['verify', 'claims.jsonl', '--format', 'concise', '--strict'],
      ['trace', 'f.py', '--call', 'f(1)', '--python', python ?? ''],
    ]) {
      const here = await run(args, { cwd: folder });
      for (const there of [
        await run([...args, '--daemon', url], { cwd: folder }),
        await run(args, { cwd: folder, env: { ASSAY_URL: `${url}/` } }),
      ]) {
        expect([there.code, timeless(there.stdout), there.stderr]).toEqual([
          here.code,
          timeless(here.stdout),
          here.stderr,
        ]);
      }
    }
  });
});
