import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BenchResult } from '../../bench/result.ts';
import { findCPython, whyWithoutCPython } from '../cpython/interpreters.ts';

const MAIN = fileURLToPath(new URL('../../bench/main.ts', import.meta.url));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-bench-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function bench(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

describe('npm run bench', () => {
  it('measures what it is asked to, prints it and writes it', { timeout: 120_000 }, async () => {
    const json = join(folder, 'in-process.json');
    const options = ['--rounds', '2', '--seconds', '0.1', '--programs', '12', '--json', json];
    const { code, stdout, stderr } = await bench('--only', 'in-process-1,stages', ...options);
    expect(code, stderr).toBe(0);
    const result = BenchResult.parse(JSON.parse(readFileSync(json, 'utf8')));
    expect(result).toMatchObject({ rounds: 2, seconds: 0.1, comparisons: [], skipped: [] });
    expect(result.programs).toMatchObject({ measured: 12, left_out: [] });
    expect(result.figures.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['in-process-1.rate', 'in-process-1.processor', 'stages.reset-p99']),
    );
    for (const { name, median, min, max, values } of result.figures) {
      expect(stdout).toContain(name);
      expect(values).toHaveLength(2);
      expect(min).toBeGreaterThan(0);
      expect(median).toBeGreaterThanOrEqual(min);
      expect(max).toBeGreaterThanOrEqual(median);
    }
  });

  it('measures rewards, and holds them against their aims', { timeout: 120_000 }, async () => {
    const json = join(folder, 'rewards.json');
    const options = ['--rounds', '1', '--seconds', '0.1', '--programs', '12', '--json', json];
    const rows = ['rewards-batch', 'rewards-paced'];
    const { code, stderr } = await bench('--only', rows.join(), ...options);
    expect(code, stderr).toBe(0);
    const { comparisons, figures } = BenchResult.parse(JSON.parse(readFileSync(json, 'utf8')));
    const figure = (name: string) => figures.find((one) => one.name === name)?.median ?? Number.NaN;
    expect(figure('rewards-batch.item')).toBeCloseTo(1000 / figure('rewards-batch.rate'));
    expect(figure('rewards-paced.p99')).toBeGreaterThanOrEqual(figure('rewards-paced.p50'));
    expect(comparisons.filter(({ met }) => met !== null).map(({ name }) => name)).toEqual([
      'rewards at 80 % of capacity',
      'an item of a batch of 256',
    ]);
  });

  it('compares with CPython and holds the ratio against its aim', { timeout: 120_000 }, async (context) => {
    context.skip(findCPython('3.10') === null, whyWithoutCPython('3.10'));
    const json = join(folder, 'cpython.json');
    const options = ['--rounds', '1', '--seconds', '0.1', '--programs', '12', '--json', json];
    const rows = ['in-process-1', 'cpython-one-process', 'cpython-forking', 'cpython-in-process'];
    const { code, stdout, stderr } = await bench('--only', rows.join(), ...options);
    expect(code, stderr).toBe(0);
    const { comparisons, figures } = BenchResult.parse(JSON.parse(readFileSync(json, 'utf8')));
    const rate = (row: string) => figures.find(({ name }) => name === `${row}.rate`)?.median ?? Number.NaN;
    const forking = comparisons.find(({ per }) => per === 'cpython-forking.rate');
    expect(forking?.median).toBeCloseTo(rate('in-process-1') / rate('cpython-forking'));
    expect(forking).toMatchObject({ at_least: 1, met: (forking?.median ?? 0) >= 1 });
    expect(stdout).toMatch(/≥ 1 ×: (met|NOT MET)$/m);
  });

  it.each([
    ['--only', 'no-such-row'],
    ['--only', ','],
    ['--rounds', '0'],
    ['--rounds', '1.5'],
    ['--seconds', 'NaN'],
    ['--programs', ''],
    ['--no-such-option', '1'],
  ])('refuses %s %s with the usage', async (name, value) => {
    const { code, stdout, stderr } = await bench(name, value);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('npm run bench --');
  });
});
