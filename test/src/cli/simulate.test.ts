import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../../src/http/server.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import { type ModelServer, startModelServer } from '../../neural/predictors/model-server.ts';
import { simulatorOn, teacher, trueFrames } from '../simulate/teacher.ts';
import { run } from './harness.ts';

const SOURCE = 'def f(n):\n    total = 0\n    for k in range(n):\n        total += k\n    return total\n';
const ARGS = ['sum.py', '--call', 'f(2)'];

let directory: string;
let assay: Assay;
let frames: string[];
let model: ModelServer;
let env: Record<string, string>;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'assay-simulate-'));
  writeFileSync(join(directory, 'sum.py'), SOURCE);
  assay = createAssay({ workers: 1 });
  frames = await trueFrames(assay, { source: SOURCE, entry: { call: 'f(2)' } });
  model = await startModelServer(teacher(frames, new Map([[5, frames[5]?.replace('"0"', '"9"') ?? '']])));
  env = { ASSAY_PREDICTORS: JSON.stringify({ gpu: { provider: 'openai', url: model.url, model: 'm' } }) };
});
afterAll(async () => {
  await model.close();
  await assay.close();
  rmSync(directory, { recursive: true });
});

const simulate = (args: readonly string[], more: Record<string, string> = {}) =>
  run(['simulate', ...args], { cwd: directory, env: { ...env, ...more } });

describe('assay simulate', () => {
  it('shows each frame, what was put right, and what the model did', async () => {
    const { code, stdout, stderr } = await simulate([...ARGS, '--format', 'full']);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('    1  given     call      def main():  # << START_OF_TRACE  {}');
    expect(stdout).toMatch(/^ {4}6 {2}wrong {5}line /m);
    expect(stdout).toContain('AS101 after line 3 `k` is 0, predicted 9');
    expect(stdout).toContain('put right: line');
    expect(stdout).toMatch(/^verified \(guided\): \d+ frames by gpu, \d+ right, 1 correction$/m);
    expect(stdout).toContain('mistakes: 0 control, 1 state, 0 format');
    expect(stdout).toContain('model: m (openai, remote), 2 requests');
  });

  it('writes each mistake to a log, as what the model saw, wrote and should have written', async () => {
    const { code, stdout } = await simulate([...ARGS, '--format', 'concise', '--log', 'log.jsonl']);
    expect(code).toBe(1);
    expect(stdout).toContain('sum.py:4: AS101 corrected: after line 3');
    const [row, end] = readFileSync(join(directory, 'log.jsonl'), 'utf8').split('\n');
    expect(end).toBe('');
    expect(JSON.parse(row ?? '')).toMatchObject({
      program: { source: expect.stringContaining('# << START_OF_TRACE'), entry: { main: true }, python: '3.10' },
      prefix: frames.slice(0, 5).join(''),
      predicted: expect.stringContaining('"9"'),
      observed: frames[5],
      kind: 'value',
      family: 'state',
    });
  });

  it('answers in JSON: one document with the trace, or an event a line', async () => {
    const document = JSON.parse((await simulate([...ARGS, '--format', 'json'])).stdout);
    expect(document).toMatchObject({ status: 'verified', predictor: { name: 'gpu', execution: 'remote' } });
    expect(document.trace.length).toBe(frames.length);
    const { stdout } = await simulate([...ARGS, '--format', 'jsonl', '--mode', 'free']);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({ event: 'done', data: { status: 'refuted', predictor: { mode: 'free' } } });
  });

  it('asks a daemon in the same way', async () => {
    const { simulator, close } = await simulatorOn(assay, teacher(frames));
    const server = createServer(assay, { predictors: simulator.predictors });
    try {
      const url = await server.listen({ host: '127.0.0.1', port: 0 });
      const { code, stdout } = await simulate([...ARGS, '--format', 'concise', '--daemon', url]);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/^sum.py: verified \(guided\): /)]);
      const unknown = await simulate([...ARGS, '--predictor', 'none', '--daemon', url]);
      expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('there are teacher')]);
    } finally {
      await server.close();
      await close();
    }
  });

  it('passes on why a model is refused', async () => {
    const strict = await startModelServer((response) => response.writeHead(404).end('no model \u001b[31m"m"'));
    try {
      const refusing = { gpu: { provider: 'openai', url: strict.url, model: 'm' } };
      const { code, stderr } = await simulate(ARGS, { ASSAY_PREDICTORS: JSON.stringify(refusing) });
      expect(code).toBe(2);
      expect(stderr).toBe(
        'error: predictor "gpu": the model\'s server answers with status 404\n' +
          '  the model\'s server says: no model \\x1b[31m"m"\n',
      );
    } finally {
      await strict.close();
    }
  });

  it('says what it cannot do', async () => {
    expect(await simulate([...ARGS, '--temperature', 'hot'])).toMatchObject({ code: 2 });
    expect(await simulate([...ARGS, '--log', 'no/such/folder'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be written'),
    });
    const misspelt = { ASSAY_PREDICTORS: '{"gpu": {"provider": "openai", "url": "http://127.0.0.1:1", "modl": "m"}}' };
    expect((await simulate(ARGS, misspelt)).stderr).toContain('ASSAY_PREDICTORS: predictors.gpu.modl: unknown field');
  });
});

describe('assay doctor', () => {
  it('tries each configured predictor', async () => {
    const config = `export default {
      predictors: {
        gpu: { provider: 'openai', url: ${JSON.stringify(model.url)}, model: 'm' },
        gone: { provider: 'openai', url: 'http://127.0.0.1:1/v1', model: 'm', retries: 0 },
      } satisfies object,
    };\n`;
    writeFileSync(join(directory, 'models.config.ts'), config);
    const { code, stdout } = await run(['doctor', '--json', '--config', 'models.config.ts'], { cwd: directory });
    expect(code).toBe(2);
    const checks = JSON.parse(stdout).checks.filter(({ name }: { name: string }) => name.startsWith('predictor'));
    expect(checks).toMatchObject([
      { name: 'predictor nano', ok: true, detail: expect.stringMatching(/^loaded, on (?:cpu|cuda) /) },
      { name: 'predictor gpu', ok: true, detail: 'the server has m (openai, remote)' },
      { name: 'predictor gone', ok: false, detail: expect.stringContaining('unavailable') },
    ]);
  });
});

describe('assay bench model', () => {
  it('prints the table of a model, or its figures as JSON', async () => {
    const row = JSON.stringify({ code: SOURCE, input: '2', output: '1' });
    writeFileSync(join(directory, 'data.jsonl'), `${row}\n\n${row}\n${row}\n`);
    const bench = (args: readonly string[]) => run(['bench', 'model', ...args], { cwd: directory, env });
    const { code, stdout, stderr } = await bench(['--data', 'data.jsonl']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('gpu (openai, m, remote), free, 3 programs of data.jsonl');
    expect(stdout).toMatch(/^whole trace +0\.00 % {2}0 of 3 traces$/m);
    expect(stdout).toContain('by kind: value 3');
    const guided = await bench(['--data', 'data.jsonl', '--limit', '2', '--mode', 'guided', '--format', 'json']);
    expect(JSON.parse(guided.stdout)).toMatchObject({ mode: 'guided', programs: 2, corrections: 2 });
  });

  it('says what is wrong with the data, and exits with 2', async () => {
    writeFileSync(join(directory, 'broken.jsonl'), '{"code": "x"}\n');
    writeFileSync(join(directory, 'empty.jsonl'), '\n');
    const missing = await run(['bench', 'model'], { cwd: directory });
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('--data') });
    for (const [file, words] of [
      ['broken.jsonl', 'broken.jsonl, line 1: it has neither'],
      ['empty.jsonl', 'empty.jsonl has no rows'],
      ['none.jsonl', 'no such file'],
    ] as const) {
      const { code, stdout, stderr } = await run(['bench', 'model', '--data', file], { cwd: directory, env });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(words);
    }
  });
});
