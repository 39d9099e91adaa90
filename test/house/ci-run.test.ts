import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, Scratch } from './scratch.ts';

const COMMAND = 'npm ci && npm run check && npm test';

/** Runs `.ci/run` in a tree whose `npm` is a script that ends `ci`, `run check` and `test` as told. */
function runCi(npm: string): { status: number | null; lines: string[] } {
  using tree = new Scratch();
  cpSync(join(ROOT, '.ci/run'), join(tree.path, '.ci/run'), { recursive: true });
  chmodSync(tree.write('bin/npm', `#!/bin/sh\necho "npm $*"\ncase "$*" in\n${npm}\nesac\n`), 0o755);
  const { status, stdout } = spawnSync(join(tree.path, '.ci/run'), {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(tree.path, 'bin')}${delimiter}${process.env.PATH}` },
  });
  return { status, lines: stdout.trimEnd().split('\n') };
}

describe('.ci/run', () => {
  it('runs the command of the README', () => {
    expect(readFileSync(join(ROOT, '.ci/run'), 'utf8')).toContain(`(${COMMAND})`);
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(COMMAND);
  });

  it('runs all three steps and ends with the closing line, once', () => {
    const { status, lines } = runCi("test) echo '12 passed, 0 failed, 2 skipped' ;;");
    expect(status).toBe(0);
    expect(lines).toEqual(['npm ci', 'npm run check', 'npm test', '12 passed, 0 failed, 2 skipped']);
  });

  it('ends with the closing line where npm has the last word', () => {
    const { status, lines } = runCi("test) echo '11 passed, 1 failed'; echo 'npm error' >&2; exit 1 ;;");
    expect(status).toBe(1);
    expect(lines.slice(-3)).toEqual(['11 passed, 1 failed', 'npm error', '11 passed, 1 failed']);
  });

  it.each([
    ['the install fails', 'ci) exit 4 ;;', 'npm ci'],
    ['the check fails', "'run check') exit 4 ;;", 'npm run check'],
    ['the tests say nothing', 'test) exit 0 ;;', 'npm test'],
    ['something else than a test fails', "test) echo '5 passed, 0 failed'; exit 4 ;;", '5 passed, 0 failed'],
  ])('has failed where %s', (_name, npm, before) => {
    const { status, lines } = runCi(npm);
    expect(status).toBe(1);
    expect(lines.slice(-2)).toEqual([before, '0 passed, 1 failed']);
  });
});
