import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { useDaemon } from '../../src/http/harness.ts';

const TOKEN = 'correct-horse-battery';
const daemon = useDaemon(
  { workers: 2 },
  { tokens: [{ name: 'trainer', secret: TOKEN }], bridgeScheme: 'output' as const },
  true,
);

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Runs a Python file to its end; Node goes on answering meanwhile. */
async function run(python: string, script: string): Promise<{ code: number | null; report: string }> {
  const child = spawn(python, [path(script)], {
    env: { ...process.env, ASSAY_URL: daemon.url, ASSAY_TOKEN: TOKEN, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [report] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'close')]);
  return { code: child.exitCode, report };
}

function starts(python: string): boolean {
  return spawnSync(python, ['--version']).status === 0;
}

describe('the Python client', () => {
  it.for(['python3', 'python3.9'])('does what it says under %s', { timeout: 120_000 }, async (python, context) => {
    context.skip(!starts(python), `no ${python}: put it on PATH`);
    const { code, report } = await run(python, 'check_client.py');
    expect(report).toMatch(/^Ran 2[0-9] tests/m);
    expect([code, report.match(/^(?:ERROR|FAIL): .*/gm)]).toEqual([0, null]);
  });

  it('and the bridges are what the frameworks understand', { timeout: 120_000 }, async (context) => {
    const python = process.env.ASSAY_TRAINER_VENV;
    context.skip(python === undefined, 'ASSAY_TRAINER_VENV names no Python in which trainers are installed');
    const { code, report } = await run(python ?? '', 'check_frameworks.py');
    const [, run_ = '0', skipped = '0'] = /^Ran (\d+) tests[\s\S]*?(?:skipped=(\d+)|$)/m.exec(report) ?? [];
    expect([code, report.match(/^(?:ERROR|FAIL): .*/gm)]).toEqual([0, null]);
    context.skip(run_ === skipped, 'no trainer is installed in the Python that ASSAY_TRAINER_VENV names');
  });

  it('needs the standard library alone', () => {
    const source = readFileSync(path('../../../clients/python/assay_client.py'), 'utf8');
    const modules = Array.from(source.matchAll(/^(?:import|from) (\w+)/gm), ([, name]) => name);
    expect([...new Set(modules)].sort()).toEqual([
      '__future__',
      'asyncio',
      'http',
      'json',
      'os',
      'random',
      'threading',
      'time',
      'typing',
      'urllib',
    ]);
  });
});
