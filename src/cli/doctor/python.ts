import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PythonVersion } from '../../../core/program.ts';
import { PYTHON_VERSIONS } from '../../../core/program.ts';
import type { Check, Finding } from './check.ts';

/** Every Python version boots and replays a canary. */
export const PYTHON_CHECKS: readonly Check[] = PYTHON_VERSIONS.map((python) => () => replayUnder(python));

async function replayUnder(python: PythonVersion): Promise<Finding> {
  const name = `python ${python}`;
  try {
    const { createAssay } = await import('../../verify/assay.ts');
    const began = performance.now();
    const assay = createAssay({ workers: 1, python: [python] });
    try {
      await assay.ready();
      const booted = performance.now();
      const { status, stamp } = await assay.verify({
        program: { source: 'def f(x):\n    return x + 1\n', entry: { call: 'f(3)' }, python },
        claim: { kind: 'output', returns: '4' },
      });
      const ms = `boot ${(booted - began).toFixed(0)} ms, canary ${(performance.now() - booted).toFixed(0)} ms`;
      return { name, ok: status === 'verified', detail: `${stamp.python} (${stamp.engine}), ${ms}` };
    } finally {
      await assay.close();
    }
  } catch (error) {
    return { name, ok: false, detail: (error as Error).message, fix: 'install the packages again (npm ci)' };
  }
}

const INTERPRETERS = ['python3.10', 'python3.11', 'python3.14', 'python3'];

/** CPython beside us is not needed; differential tests use it. */
export const CPYTHON_CHECK: Check = async () => {
  const found = (await Promise.all(INTERPRETERS.map(versionOf))).filter((text) => text !== undefined);
  const detail = found.length === 0 ? 'none; differential tests are skipped' : [...new Set(found)].join(', ');
  return { name: 'cpython', ok: null, detail };
};

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(command, ['--version'], { timeout: 5_000 });
    return `${command} ${stdout.replace('Python', '').trim()}`;
  } catch {
    return undefined;
  }
}
