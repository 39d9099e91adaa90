import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A git repository of its own, gone after the test. */
export class Repository {
  readonly directory: string;

  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), 'assay-repository-'));
    onTestFinished(() => rmSync(this.directory, { recursive: true, force: true }));
    this.git('init', '-q', '-b', 'main');
  }

  /** @throws Error with git's words where it fails and nothing else was expected */
  git(...args: readonly string[]): string {
    const { status, stdout, stderr } = this.try(...args);
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  try(...args: readonly string[]) {
    const identity = [
      '-c',
      'user.name=Tester',
      '-c',
      'user.email=tester@example.org',
      '-c',
      'protocol.file.allow=always',
    ];
    return spawnSync('git', [...identity, '-c', 'commit.gpgsign=false', '-c', 'core.autocrlf=false', ...args], {
      cwd: this.directory,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: this.directory, GIT_CONFIG_NOSYSTEM: '1' },
    });
  }

  write(path: string, content: string | Buffer): this {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return this;
  }

  /** Commits all that there is. */
  commit(): this {
    this.git('add', '-A');
    this.git('commit', '-q', '-m', 'change');
    return this;
  }
}
