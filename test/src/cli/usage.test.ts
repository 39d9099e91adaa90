import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './harness.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-usage-'));
  writeFileSync(join(folder, 'a.cwm'), '');
  writeFileSync(join(folder, 'a.py'), 'x = 1\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('errors of usage exit with 2, say how to fix it, and show no stack', () => {
  it.each([
    [['verfy'], 'Did you mean verify?'],
    [['verify'], "missing required argument 'files'"],
    [['verify', 'a.cwm', '--fromat', 'json'], 'Did you mean --format?'],
    [['verify', 'a.cwm', '--format', 'xml'], 'Allowed choices are full, concise, json, jsonl'],
    [['verify', 'a.cwm', '--python', '2.7'], 'Allowed choices are 3.10, 3.11, 3.14'],
    [['verify', 'a.cwm', '--workers', 'many'], 'whole number'],
    [['verify', 'a.cwm', '--call', 'f()'], 'add --program FILE.py'],
    [['verify', 'nope.cwm'], 'nope.cwm: no such file'],
    [['verify', '.'], 'is a directory'],
    [['verify', 'a.py'], '--program a.py'],
    [['verify', '-', '-'], 'only once'],
    [['trace', 'nope.py'], 'no such file'],
    [['trace', 'a.py', '--call', 'f()', '--script'], 'exclude each other'],
    [['verify', 'a.cwm', '--daemon', 'localhost:1'], 'http://127.0.0.1:8787'],
    [['serve', '--port', 'http'], '--port: port:'],
    [['serve', '--python', '2.7'], '--python: python:'],
    [['serve', '--config', 'nope.json'], 'no such file'],
    [['serve', '--log-level', 'loud'], 'one of fatal'],
  ])('%j', async (args, words) => {
    const { code, stdout, stderr } = await run(args, { cwd: folder });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('a configuration that does not fit', async () => {
    writeFileSync(join(folder, 'assay.config.json'), '{"prot": 1}');
    const { code, stderr } = await run(['serve'], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringContaining('unknown key "prot"; did you mean "port"?')]);
  });

  it('shows the stack with --debug', async () => {
    const { code, stderr } = await run(['verify', 'nope.cwm', '--debug'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^\s+at /m);
  });
});

describe('a daemon that is not there', () => {
  it.each([
    ['--daemon', ['verify', 'a.json', '--daemon', 'http://127.0.0.1:9'], {}],
    ['ASSAY_URL', ['verify', 'a.json'], { ASSAY_URL: 'http://127.0.0.1:9' }],
    ['trace', ['trace', 'a.py', '--daemon', 'http://127.0.0.1:9'], {}],
  ])('exits with 69 and a hint (%s)', async (_name, args, env) => {
    writeFileSync(join(folder, 'a.json'), '{"program": {"source": ""}, "claim": {"kind": "halts", "halts": true}}');
    const { code, stdout, stderr } = await run(args, { cwd: folder, env });
    expect([code, stdout]).toEqual([69, '']);
    expect(stderr).toContain('no daemon at http://127.0.0.1:9');
    expect(stderr).toContain('assay serve');
  });
});

describe('help', () => {
  it('leads with examples, and goes to standard output', async () => {
    for (const command of ['verify', 'trace', 'serve']) {
      const { code, stdout, stderr } = await run([command, '--help']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Examples:/);
    }
  });

  it('says the exit codes and the version', async () => {
    expect((await run(['--help'])).stdout).toContain('Exit codes: 0 nothing found');
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
