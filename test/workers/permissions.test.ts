import { once } from 'node:events';
import { createServer } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOf } from '../../bridges/python/builds.ts';
import { PYTHON_VERSIONS } from '../../core/program.ts';
import { threadOptions } from '../../workers/thread-options.ts';

/** What a thread must not do, each as the body of an async function that throws where it may not. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  'write a file': "require('node:fs').writeFileSync('assay-escaped', 'x')",
  'write to the directory of temporary files': "require('node:fs').writeFileSync('/tmp/assay-escaped', 'x')",
  'read a file of the system': "require('node:fs').readFileSync('/etc/hostname')",
  'read the working directory of the process': "require('node:fs').readdirSync(process.cwd())",
  'read the environment of the process': "require('node:fs').readFileSync('/proc/self/environ')",
  'start a process': "require('node:child_process').execSync('true')",
  'start a thread': "new (require('node:worker_threads').Worker)('1', { eval: true })",
  'start a thread without restrictions':
    "new (require('node:worker_threads').Worker)('1', { eval: true, execArgv: [] })",
  'load an addon': "process.dlopen({ exports: {} }, '/tmp/none.node')",
};

const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads');
(async () => {
  try {
    await (async () => { ${'$'}BODY })();
    parentPort.postMessage('done');
  } catch (error) {
    parentPort.postMessage(error.code ?? String(error));
  }
})();
`;

describe.each(PYTHON_VERSIONS)('a thread for Python %s', (python) => {
  const server = createServer((socket) => socket.destroy());
  let port = 0;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => {
    server.close();
  });

  const answer = async (body: string): Promise<unknown> => {
    const worker = new Worker(
      SCRIPT.replace('$BODY', () => body),
      {
        ...threadOptions(buildOf(python)),
        eval: true,
        workerData: { port },
      },
    );
    try {
      const [message] = await once(worker, 'message');
      return message;
    } finally {
      await worker.terminate();
    }
  };

  it.each(Object.entries(FORBIDDEN))('may not %s', async (_, body) => {
    expect(await answer(body)).toMatch(/^ERR_ACCESS_DENIED|^ERR_DLOPEN_DISABLED/);
  });

  it('may not connect to anything', async () => {
    const body = `await new Promise((resolve, reject) => {
      const socket = require('node:net').connect(workerData.port, '127.0.0.1', resolve);
      socket.on('error', reject);
    })`;
    expect(await answer(body)).toBe('ERR_ACCESS_DENIED');
  });

  it('has no environment', async () => {
    expect(await answer('throw { code: JSON.stringify(process.env) }')).toBe('{}');
  });

  it('may read the interpreter', async () => {
    const body = `require('node:fs').readFileSync(${JSON.stringify(
      new URL('../../bridges/python/replayer.ts', import.meta.url).pathname,
    )})`;
    expect(await answer(body)).toBe('done');
  });
});
