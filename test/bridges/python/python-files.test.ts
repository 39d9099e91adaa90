import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PYTHON_VERSIONS } from '../../../core/program.ts';
import { findCPython, whyWithoutCPython } from '../../cpython/interpreters.ts';
import { useReplays } from './replays.ts';

const PREPARE = readFileSync(new URL('../../../bridges/python/py/prepare.py', import.meta.url), 'utf8');
const CASES = readFileSync(new URL('prepare_cases.py', import.meta.url), 'utf8');
const SOURCE = `${PREPARE}\n\n${CASES}`;
const COUNT = CASES.slice(CASES.indexOf('CASES = [')).match(/^ {4}\w+,$/gm)?.length ?? 0;

function expectAllOk(stdout: string): void {
  const lines = stdout.trim().split('\n');
  expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([]);
  expect(lines).toHaveLength(COUNT);
}

describe.each(PYTHON_VERSIONS)('prepare.py under Python %s', (python) => {
  const replays = useReplays(python);

  it('does what it says inside our interpreter', async () => {
    const { outcome, stdout } = await replays.replay(
      { source: SOURCE, entry: { script: true } },
      { steps: 10_000_000, trace_mb: 512 },
    );
    expect(outcome).toEqual({ kind: 'returned', value: 'None' });
    expectAllOk(stdout);
  });

  it('does what it says in CPython', ({ skip }) => {
    const path = findCPython(python);
    if (path === null) return skip(whyWithoutCPython(python));
    const { stdout, stderr } = spawnSync(path, ['-I', '-X', 'utf8', '-'], { input: SOURCE, encoding: 'utf8' });
    expect(stderr).toBe('');
    expectAllOk(stdout);
  });
});
