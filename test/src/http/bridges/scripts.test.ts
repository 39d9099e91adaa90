import { describe, expect, it } from 'vitest';
import { createServer } from '../../../../src/http/server.ts';
import { createAssay } from '../../../../src/verify/assay.ts';
import { useDaemon } from '../harness.ts';

const daemon = useDaemon({ workers: 2, python: ['3.14'] }, { canaries: ['3.14'] });

async function post(url: string, payload: unknown, server = daemon.server) {
  const answer = await server.inject({
    method: 'POST',
    url: `/bridges/${url}`,
    payload: JSON.stringify(payload),
    headers: { 'content-type': 'application/json' },
  });
  return { status: answer.statusCode, body: answer.json() };
}

/** A test case as verl sends it. */
const testCase = (code: string, rest: object = {}) => ({
  compile_timeout: 10,
  run_timeout: 10,
  code,
  stdin: '3 4\n',
  memory_limit_MB: 1024,
  language: 'python',
  files: {},
  fetch_files: [],
  ...rest,
});

describe('SandboxFusion', () => {
  const run = async (code: string, rest: object = {}) =>
    (await post('sandbox-fusion/run_code', testCase(code, rest))).body;

  it('runs a test case', async () => {
    expect(await run('a, b = map(int, input().split())\nprint(a + b)')).toEqual({
      status: 'Success',
      message: '',
      compile_result: null,
      run_result: { status: 'Finished', execution_time: expect.any(Number), return_code: 0, stdout: '7\n', stderr: '' },
      executor_pod_name: null,
      files: {},
    });
  });

  it('tells errors, exit codes and what came before them', async () => {
    expect(await run('print(1)\nraise ValueError("no")')).toMatchObject({
      status: 'Failed',
      run_result: {
        status: 'Finished',
        return_code: 1,
        stdout: '1\n',
        stderr: expect.stringMatching(/^Traceback[\s\S]*ValueError: no\n$/),
      },
    });
    expect(await run('import sys\nsys.exit(3)')).toMatchObject({ status: 'Failed', run_result: { return_code: 3 } });
    expect(await run('def f(:')).toMatchObject({ status: 'Failed', run_result: { return_code: 1 } });
  });

  it('ends what does not end', async () => {
    expect(await run('while True: pass', { run_timeout: 0.5 })).toMatchObject({
      status: 'Failed',
      run_result: { status: 'TimeLimitExceeded', return_code: null },
    });
    expect(await run('while True: print("x" * 10**6)')).toMatchObject({
      status: 'Failed',
      run_result: { status: 'Finished', return_code: 137 },
    });
  });

  it('says so where the interpreter cannot do it, and does not blame the script', async () => {
    const { status, message, run_result } = await run('import subprocess\nsubprocess.run(["ls"])');
    expect([status, run_result.status, run_result.return_code]).toEqual(['SandboxError', 'Error', null]);
    expect(message).not.toBe('');
  });

  it('hands files over', async () => {
    const files = { 'data/a.txt': Buffer.from('é!').toString('base64'), b: null };
    expect(await run('print(open("data/a.txt").read())', { files })).toMatchObject({ run_result: { stdout: 'é!\n' } });
  });

  it.each([
    ['another language', { language: 'cpp' }, '/language'],
    ['files to fetch', { fetch_files: ['a'] }, '/fetch_files'],
    ['a file that is no text', { files: { 'a/b': '/w==' } }, '/files/a~1b'],
    ['a path that leads out', { files: { '../b': '' } }, '/files/..~1b'],
    ['no code', { code: undefined }, '/code'],
  ])('names what it does not do: %s', async (_name, rest, path) => {
    const { status, body } = await post('sandbox-fusion/run_code', testCase('print(1)', rest));
    expect(status).toBe(400);
    expect(body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
  });

  it('is 504 where no worker can take it, the one status that verl tries again', async () => {
    const assay = createAssay({ workers: 1, python: [], queue: 0 });
    const server = createServer(assay);
    try {
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => post('sandbox-fusion/run_code', testCase('print(1)'), server)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 504, 504, 504]);
      expect(answers.find(({ status }) => status === 504)?.body).toMatchObject({ code: 'queue-full', status: 504 });
    } finally {
      await server.close();
      await assay.close();
    }
  });
});

describe('open-r1', () => {
  const execute = async (scripts: readonly string[], rest: object = {}) =>
    await post('open-r1/execute_batch', {
      scripts,
      languages: scripts.map(() => 'python'),
      timeout: 30,
      request_timeout: 28,
      ...rest,
    });

  it('runs its own example', async () => {
    expect(await execute(['print(1)'])).toEqual({
      status: 200,
      body: [
        {
          execution: { results: [], logs: { stdout: ['1\n'], stderr: [] }, error: null, execution_count: 1 },
          exception_str: null,
        },
      ],
    });
    expect(await execute([])).toEqual({ status: 200, body: [] });
  });

  it('answers in order, whatever the scripts do', async () => {
    const scripts = [
      'print("a")',
      'print("hello world)',
      'while True: pass',
      'import socket\nsocket.socket()',
      'print("b")',
    ];
    const { status, body } = await execute(scripts, { timeout: 0.7 });
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { execution: { logs: { stdout: ['a\n'] } } },
      {
        execution: {
          logs: { stdout: [] },
          error: { name: 'SyntaxError', value: expect.stringContaining('unterminated') },
        },
      },
      { execution: null, exception_str: expect.stringMatching(/^time: /) },
      { exception_str: expect.anything() },
      { execution: { logs: { stdout: ['b\n'] } } },
    ]);
  });

  it('keeps to the time of the whole request', async () => {
    const began = performance.now();
    const { body } = await execute(
      Array.from({ length: 40 }, () => 'while True: pass'),
      { timeout: 1, request_timeout: 2 },
    );
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(body).toHaveLength(40);
    expect(body.filter((one: { execution: unknown }) => one.execution !== null)).toEqual([]);
  });

  it('is healthy when it is ready', async () => {
    expect((await daemon.server.inject('/bridges/open-r1/health')).json()).toEqual({ status: 'ok' });
  });

  it('refuses other languages', async () => {
    const { status, body } = await execute(['1'], { languages: ['r'] });
    expect([status, body.errors[0].path]).toEqual([400, '/languages/0']);
  });
});
