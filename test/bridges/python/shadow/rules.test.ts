import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET } from '../../../../core/budget.ts';
import { PYTHON_VERSIONS, resolveProgram } from '../../../../core/program.ts';
import { ReplayPool } from '../../../../workers/pool.ts';
import { findCPython, whyWithoutCPython } from '../../../cpython/interpreters.ts';

const PACKAGE = fileURLToPath(new URL('../../../../bridges/python/py/', import.meta.url));
const CHECK = readFileSync(new URL('rules_check.py', import.meta.url), 'utf8');

/** Expressions and short programs, each on so many arguments. */
const RUNS = 6;

function expectNoFaults(stdout: string): void {
  const lines = stdout.trim().split('\n');
  const [, runs, transfers] = /^\d+ expressions, (\d+) runs, (\d+) transfers, 0 faults$/.exec(lines.at(-1) ?? '') ?? [];
  expect(lines.slice(0, -1)).toEqual([]);
  expect(Number(runs)).toBeGreaterThan(100 * RUNS);
  expect(Number(transfers)).toBeGreaterThan(Number(runs));
}

describe.each(PYTHON_VERSIONS)('rules of shadow runs under Python %s', (python) => {
  it('do what the plain operations do inside our interpreter', { timeout: 120_000 }, async () => {
    const pool = new ReplayPool({ python, threads: 1, queue: 1 });
    const paths = globSync('shadow/**/*.py', { cwd: PACKAGE });
    const files = Object.fromEntries(paths.map((path) => [path, readFileSync(`${PACKAGE}${path}`, 'utf8')]));
    const source = `import sys\nsys.argv[1:] = ['/home/user', '${RUNS}']\n${CHECK}`;
    const program = resolveProgram({ source, entry: { script: true }, world: { files } }, python);
    try {
      const { trace } = await pool.replay({ program, budget: { ...DEFAULT_BUDGET, ms: 100_000 }, untraced: true });
      expect(trace.outcome).toEqual({ kind: 'returned', value: 'None' });
      expectNoFaults(trace.stdout);
    } finally {
      await pool.close();
    }
  });

  it('do what the plain operations do in CPython', ({ skip }) => {
    const path = findCPython(python);
    if (path === null) return skip(whyWithoutCPython(python));
    const args = ['-B', '-X', 'utf8', '-', PACKAGE, String(4 * RUNS)];
    const { stdout, stderr } = spawnSync(path, args, { input: CHECK, encoding: 'utf8' });
    expect(stderr).toBe('');
    expectNoFaults(stdout);
  });
});
