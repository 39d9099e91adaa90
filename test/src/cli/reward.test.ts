import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RewardResponse } from '../../../src/reward/reward-request.ts';
import { useDaemon } from '../http/harness.ts';
import { run } from './harness.ts';

const program = { source: 'def f(x):\n    return x + 1\n', entry: { call: 'f(3)' }, python: '3.10' };
const LINES = [
  { program, claim: { kind: 'output', returns: '4' } },
  { program, claim: { kind: 'output', returns: '5' } },
  { program, completion: '[ANSWER]assert f(3) == 4[/ANSWER]' },
].map((item) => JSON.stringify(item));

let folder: string;
const daemon = useDaemon({}, {}, true);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-reward-'));
  writeFileSync(join(folder, 'good.jsonl'), LINES.join('\n'));
  writeFileSync(join(folder, 'bad.jsonl'), [LINES[0], 'no JSON', '{"program": 3}', '', LINES[1]].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const reward = (...args: string[]) => run(['reward', ...args], { cwd: folder, input: LINES.join('\n') });

describe('assay reward', () => {
  it('prints a line an item, and the mean', async () => {
    const { code, stdout } = await reward('good.jsonl', '--scheme', 'output');
    expect(code).toBe(0);
    expect(stdout).toBe(
      'good.jsonl#1: 1.0000 verified\n' +
        'good.jsonl#2: 0.0000 refuted (argument at frame 0)\n' +
        'good.jsonl#3: 1.0000 verified\n' +
        'Rewarded 3 of 3 items; their mean is 0.6667.\n',
    );
  });

  it('says the same as JSON here and behind a daemon', async () => {
    const here = await reward('-', '--scheme', 'output', '--format', 'json');
    const there = await reward('-', '--scheme', 'output', '--format', 'json', '--daemon', daemon.url);
    expect(RewardResponse.parse(JSON.parse(here.stdout)).rewards).toEqual([1, 0, 1]);
    expect([there.code, there.stdout]).toEqual([0, here.stdout]);
  });

  it('a line that is no item has no reward, and the others have theirs', async () => {
    const { code, stdout } = await reward('bad.jsonl', '--format', 'jsonl');
    const lines = stdout.trimEnd().split('\n');
    const items = lines.map((line) => JSON.parse(line));
    expect(code).toBe(2);
    expect(items.map(({ name, reward: earned }) => [name, earned])).toEqual([
      ['bad.jsonl#1', 1],
      ['bad.jsonl#2', null],
      ['bad.jsonl#3', null],
      ['bad.jsonl#5', 0],
    ]);
    expect(items[2].failure.detail).toContain('/program');
  });

  it.each([
    [['missing.jsonl'], 2],
    [['good.jsonl', '--floor', '2'], 2],
    [['good.jsonl', '--scheme', 'best'], 2],
    [['good.jsonl', '--daemon', 'http://127.0.0.1:1'], 69],
  ])('%j exits with %i', async (args, code) => {
    expect((await reward(...args)).code).toBe(code);
  });
});
