import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET } from '../../../../core/budget.ts';
import { PYTHON_VERSIONS, resolveProgram } from '../../../../core/program.ts';
import { ReplayPool } from '../../../../workers/pool.ts';
import { findCPython, whyWithoutCPython } from '../../../cpython/interpreters.ts';
import { checkProgram, checkSource, PACKAGE, readCheck } from './rules-check.ts';

/** Expressions and short programs, each on so many arguments. `npm run rules` takes more. */
const RUNS = 3;

function expectNoFaults(stdout: string): void {
  const { faults, runs, transfers } = readCheck(stdout);
  expect(faults).toEqual([]);
  expect(runs).toBeGreaterThan(200 * RUNS);
  expect(transfers).toBeGreaterThan(runs);
}

describe.each(PYTHON_VERSIONS)('rules of shadow runs under Python %s', (python) => {
  it('do what the plain operations do inside our interpreter', { timeout: 120_000 }, async () => {
    const pool = new ReplayPool({ python, threads: 1, queue: 1 });
    const program = resolveProgram(checkProgram(RUNS), python);
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
    const { stdout, stderr } = spawnSync(path, args, { input: checkSource(), encoding: 'utf8' });
    expect(stderr).toBe('');
    expectNoFaults(stdout);
  });
});
