import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VerifyResponse } from '../../../core/verdict.ts';
import { run, start } from './harness.ts';

const PROGRAM = 'def f(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n';

let folder: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
  writeFileSync(path('sum.py'), PROGRAM);
  writeFileSync(path('loop.py'), 'def f():\n    while True:\n        pass\n');
  const { stdout } = await run(['trace', 'sum.py', '--call', 'f(3)'], { cwd: folder });
  writeFileSync(path('right.cwm'), stdout);
  writeFileSync(path('wrong.cwm'), stdout.replace('"total": "1"', '"total": "7"'));
  writeFileSync(path('short.cwm'), stdout.slice(0, stdout.indexOf('<|return_sep|>')));
  const request = { program: { source: PROGRAM, entry: { call: 'f(3)' } }, claim: { kind: 'output', returns: '3' } };
  writeFileSync(path('right.json'), JSON.stringify(request));
  const wrong = { ...request, claim: { kind: 'output', returns: '4' } };
  writeFileSync(path('many.jsonl'), [request, wrong, request].map((line) => JSON.stringify(line)).join('\n'));
  const loop = {
    program: { source: 'def f():\n    while True: pass\n', entry: { call: 'f()' } },
    claim: request.claim,
  };
  writeFileSync(path('loop.json'), JSON.stringify({ ...loop, options: { budget: { steps: 1000 } } }));
  writeFileSync(path('broken.json'), '{"claim": 3}');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Times differ from run to run. */
function timeless(report: string): string {
  return report.replace(/[\d.]+ m?s([).])/g, '0 ms$1');
}

describe('assay verify', () => {
  it.each([
    [['right.cwm'], 0],
    [['right.cwm', 'right.json'], 0],
    [['wrong.cwm'], 1],
    [['short.cwm'], 1],
    [['right.cwm', 'wrong.cwm'], 1],
    [['many.jsonl'], 1],
    [['loop.json'], 0],
    [['loop.json', '--strict'], 3],
    [['loop.json', 'wrong.cwm', '--strict'], 1],
    [['broken.json'], 2],
    [['broken.json', 'wrong.cwm'], 2],
  ])('%j exits with %i', async (args, code) => {
    expect((await run(['verify', ...args], { cwd: folder })).code).toBe(code);
  });

  it.each(['full', 'concise'])('reports in the order of the files, as %s', async (format) => {
    const files = ['wrong.cwm', 'right.cwm', 'short.cwm', 'broken.json', 'loop.json'];
    const { stdout, stderr } = await run(['verify', ...files, '--format', format], { cwd: folder });
    expect(timeless(stdout)).toMatchSnapshot();
    expect(stderr).toBe('');
  });

  it('answers in JSON with the whole response, in one document or one line each', async () => {
    const document = JSON.parse((await run(['verify', 'many.jsonl', '--json'], { cwd: folder })).stdout);
    const statuses = document.results.map(({ file, ...response }: { file: string }) => [
      file,
      VerifyResponse.parse(response).status,
    ]);
    expect(statuses.map(([file]: [string]) => file)).toEqual(['many.jsonl#1', 'many.jsonl#2', 'many.jsonl#3']);
    expect(document.summary).toMatchObject({ items: 3, verified: 2, errors: 0 });
    const { stdout } = await run(['verify', 'many.jsonl', '--format', 'jsonl'], { cwd: folder });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).index),
    ).toEqual([0, 1, 2, undefined]);
  });

  it('reads standard input: a trace, a request, or lines of them', async () => {
    for (const [name, code] of [
      ['right.cwm', 0],
      ['wrong.cwm', 1],
      ['right.json', 0],
      ['many.jsonl', 1],
    ] as const) {
      const ended = await run(['verify', '-'], { cwd: folder, input: readFileSync(path(name), 'utf8') });
      expect([name, ended.code, ended.stderr]).toEqual([name, code, '']);
    }
  });

  it('verifies a trace alone about a program that is given', async () => {
    const { stdout: frames } = await run(['trace', 'sum.py', '--call', 'f(3)', '--format', 'json'], { cwd: folder });
    const args = ['verify', '-', '--program', 'sum.py', '--call', 'f(3)'];
    expect((await run(args, { cwd: folder, input: frames })).code).toBe(0);
    expect((await run(args, { cwd: folder, input: frames.replace('"total":"1"', '"total":"7"') })).code).toBe(1);
    expect(
      (await run(['verify', '-', '--program', 'sum.py', '--call', 'f(2)'], { cwd: folder, input: frames })).code,
    ).toBe(1);
  });

  it('is quiet about what is right', async () => {
    const right = await run(['verify', 'right.cwm', '--quiet'], { cwd: folder });
    expect(right).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const wrong = await run(['verify', 'wrong.cwm', 'right.cwm', '-q'], { cwd: folder });
    expect(wrong.stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^wrong\.cwm:\d+:\d+: AS101 corrected: /),
    ]);
  });

  it('colours only what is asked to be coloured', async () => {
    const colour = '\u001b[';
    expect((await run(['verify', 'wrong.cwm'], { cwd: folder })).stdout).not.toContain(colour);
    expect((await run(['verify', 'wrong.cwm', '--color', 'always'], { cwd: folder })).stdout).toContain(colour);
    expect((await run(['verify', 'wrong.cwm'], { cwd: folder, env: { FORCE_COLOR: '1' } })).stdout).toContain(colour);
  });

  it('ends quietly when its reader does', async () => {
    writeFileSync(path('long.jsonl'), `${JSON.stringify({ claim: 3 })}\n`.repeat(20_000));
    const child = start(['verify', 'long.jsonl', '--format', 'jsonl'], { cwd: folder });
    const stderr = child.stderr === null ? '' : text(child.stderr);
    child.stdout?.once('data', () => child.stdout?.destroy());
    await new Promise((resolve) => child.once('close', resolve));
    expect(await stderr).toBe('');
  });
});

describe('assay trace', () => {
  it.each([
    ['a call', ['sum.py', '--call', 'f(3)'], PROGRAM],
    ['a script', ['-', '--script'], 'x = 1\nfor i in range(3):\n    x += i\n'],
    ['a script by default', ['-'], 'x = [i * i for i in range(3)]\n'],
    ['a marked function', ['-'], 'def g(a):\n    return a\ndef h():  # << START_OF_TRACE\n    return g(4)\n'],
    [
      'a call beside a mark',
      ['-', '--call', 'g(5)'],
      'def g(a):\n    return a\ndef h():  # << START_OF_TRACE\n    return g(4)\n',
    ],
    ['a call of a function main', ['-', '--call', 'main()'], 'def main():\n    return 1\n'],
    ['an exception', ['-', '--call', 'f({})'], 'def f(d):\n    return d["x"]\n'],
    [
      'names and texts of all kinds',
      ['-', '--call', 'f("é日本\u{1f389}")'],
      'def f(ärger):\n    s = "<|frame_sep|>" + ärger\n    return s\n',
    ],
    [
      'a generator and a comprehension',
      ['-', '--call', 'list(f(3))'],
      'def f(n):\n    for i in [j for j in range(n)]:\n        yield i\n',
    ],
  ])('prints what verify says is verified: %s', async (_name, args, source) => {
    const traced = await run(['trace', ...args], { cwd: folder, input: source });
    expect(traced.code).toBe(0);
    expect(traced.stdout).toMatch(/^<\|begin_of_text\|><\|trace_context_start\|>/);
    const verified = await run(['verify', '-', '--format', 'concise'], { cwd: folder, input: traced.stdout });
    expect(verified.stdout).toMatch(/^<stdin>: verified\n/);
    expect(verified.code).toBe(0);
  });

  it('says on standard error that the program raises', async () => {
    const { code, stderr } = await run(['trace', '-', '--call', 'f()'], {
      input: 'def f():\n    raise KeyError("x")\n',
    });
    expect([code, stderr]).toEqual([0, "note: the program raises KeyError: 'x'\n"]);
  });

  it('exits with 1 where the run is cut short', async () => {
    const { code, stderr } = await run(['trace', 'loop.py', '--call', 'f()'], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toContain('the trace is not complete');
  });
});
