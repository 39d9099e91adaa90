import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Repository } from '../../bridges/git/repository.ts';
import { ROOT } from '../../house/scratch.ts';

const PRE_COMMIT = process.env.ASSAY_PRE_COMMIT ?? 'pre-commit';
const isThere = spawnSync(PRE_COMMIT, ['--version']).status === 0;
/** Milliseconds. It clones, and starts the command twice. */
const SLOW = 180_000;

describe('pre-commit', () => {
  it('runs the hook on what is staged', { timeout: SLOW }, (context) => {
    context.skip(!isThere, 'no pre-commit: put it on PATH, or its path into ASSAY_PRE_COMMIT');
    const hooks = new Repository();
    copyFileSync(join(ROOT, '.pre-commit-hooks.yaml'), join(hooks.directory, '.pre-commit-hooks.yaml'));
    hooks.commit();
    const revision = hooks.git('rev-parse', 'HEAD').trim();
    const repository = new Repository()
      .write('a.py', 'def f(x: int):\n    return x\n')
      .write(
        '.pre-commit-config.yaml',
        JSON.stringify({ repos: [{ repo: hooks.directory, rev: revision, hooks: [{ id: 'assay-check' }] }] }),
      )
      .commit();
    const bin = join(hooks.directory, 'bin');
    mkdirSync(bin);
    symlinkSync(join(ROOT, 'bin/assay.mjs'), join(bin, 'assay'));
    const commit = () =>
      spawnSync(PRE_COMMIT, ['run', '--verbose', '--color=never'], {
        cwd: repository.directory,
        encoding: 'utf8',
        env: {
          PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
          HOME: repository.directory,
          PRE_COMMIT_HOME: join(hooks.directory, 'home'),
        },
      });
    repository.write('a.py', 'import os\n\n\ndef f(x: int):\n    return os.environ.get("HOME") and x\n');
    repository.git('add', 'a.py');
    const refused = commit();
    expect(refused.stdout).toContain('AS311');
    expect(refused.status).toBe(1);
    repository.write('a.py', 'def f(x: int):\n    return 0 + x\n');
    repository.git('add', 'a.py');
    const passed = commit();
    expect(passed.stdout).toMatch(/assay check\.+Passed/);
    expect(passed.status).toBe(0);
  });
});
