import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), 'assay-links-'));

/** Links to all packages in a folder, as pnpm makes them. */
function link(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name.startsWith('@')) link(join(from, name), join(to, name));
    else if (!name.startsWith('.')) symlinkSync(join(from, name), join(to, name));
  }
}

beforeAll(() => {
  for (const name of ['core', 'bridges', 'symbolic', 'workers', 'package.json']) {
    cpSync(join(ROOT, name), join(FOLDER, name), { recursive: true });
  }
  link(join(ROOT, 'node_modules'), join(FOLDER, 'node_modules'));
});
afterAll(() => rmSync(FOLDER, { recursive: true }));

it('lets sealed interpreters and solvers start where packages are links', async () => {
  const script = `
    import { ReplayPool } from './workers/pool.ts';
    import { SolverPool } from './workers/solver-pool.ts';
    import { DEFAULT_BUDGET } from './core/budget.ts';
    import { resolveProgram } from './core/program.ts';
    const program = resolveProgram({ source: 'def f():\\n    return 41 + 1\\n', entry: { call: 'f()' } }, '3.14');
    for (const isolation of ['threads', 'process']) {
      const pool = new ReplayPool({ python: '3.14', threads: 1, queue: 1, isolation });
      console.log((await pool.replay({ program, budget: DEFAULT_BUDGET })).trace.outcome.value);
      await pool.close();
    }
    const solver = new SolverPool({ threads: 1, queue: 1 });
    await solver.start();
    console.log('solver');
    await solver.close();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: FOLDER,
  });
  expect(stdout).toBe('42\n42\nsolver\n');
});
