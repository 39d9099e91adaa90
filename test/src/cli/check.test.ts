import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Repository } from '../../bridges/git/repository.ts';
import { type Ended, run } from './harness.ts';

const BASE = 'def last(items: list[int], count: int) -> list[int]:\n    return items[-count:]\n';
const HEAD = BASE.replace('items[-count:]', 'items[len(items) - count:]');

/** Milliseconds. Each test starts the command a few times. */
const SLOW = 120_000;

function check(repository: Repository, args: readonly string[], input?: string): Promise<Ended> {
  return run(['check', ...args], { cwd: repository.directory, input });
}

describe('assay check', () => {
  const staged = () => {
    const repository = new Repository().write('lists.py', BASE).commit().write('lists.py', HEAD);
    repository.git('add', 'lists.py');
    // The work tree is not what is going to be committed.
    return repository.write('lists.py', BASE);
  };

  it('looks at the index', { timeout: SLOW }, async () => {
    const repository = staged();
    const found = await check(repository, ['--staged', '--format', 'concise']);
    expect(found.code).toBe(1);
    expect(found.stdout).toMatch(
      /^lists\.py:1:1: AS301 warning: `last\(\[0\], 0\)` returns \[0\] before, returns \[\] now$/m,
    );
    expect(found.stdout).toMatch(/^Checked 1 changed function in 1 file: 1 differs; /m);
  });

  it('leaves out what a baseline names', { timeout: SLOW }, async () => {
    const repository = staged();
    const tolerant = ['--staged', '--fail-on', 'error', '--write-baseline', 'known.json'];
    expect((await check(repository, tolerant)).code).toBe(0);
    const written: unknown = JSON.parse(readFileSync(join(repository.directory, 'known.json'), 'utf8'));
    expect(written).toMatchObject({ fingerprints: [expect.any(String)] });
    const known = await check(repository, ['--staged', '--json', '--baseline', 'known.json']);
    expect(known.code).toBe(0);
    expect(JSON.parse(known.stdout)).toMatchObject({ summary: { differs: 1, warnings: 0 } });
  });

  it('reads a patch, and tests what is claimed of it', { timeout: SLOW }, async () => {
    const repository = new Repository().write('lists.py', BASE).commit().write('lists.py', HEAD);
    const patch = repository.git('diff');
    repository.git('checkout', '-q', 'lists.py');
    repository.write('said.jsonl', '{"file": "lists.py", "call": "last([1, 2], 1)", "returns": "[1]"}\n');
    const { code, stdout } = await check(
      repository,
      ['--diff', '-', '--claims', 'said.jsonl', '--format', 'concise'],
      patch,
    );
    expect(code).toBe(1);
    expect(stdout).toContain('AS301');
    expect(stdout).toMatch(/^said\.jsonl:1:1: AS302 error: .*last\(\[1, 2\], 1\) returns \[2\]$/m);
  });

  it('says what it cannot do', { timeout: SLOW }, async () => {
    const clean = new Repository().write('lists.py', BASE).commit();
    expect(await check(clean, [])).toMatchObject({ code: 0 });
    expect(await check(clean, ['--since', 'no-such-revision'])).toMatchObject({ code: 2 });
    const away = ['--since', 'HEAD', '--daemon', 'http://127.0.0.1:9'];
    clean.write('lists.py', HEAD);
    expect((await check(clean, away)).code).toBe(69);
    expect(await check(clean, [...away, '--on-unavailable', 'pass'])).toMatchObject({ code: 0 });
  });
});
