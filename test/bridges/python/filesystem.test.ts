import { describe, expect, it } from 'vitest';
import { PYTHON_VERSIONS } from '../../../core/program.ts';
import { useReplays } from './replays.ts';

const LISTING = `\
import os
def tree(path):
    for name in sorted(os.listdir(path)):
        full = os.path.join(path, name)
        print(full, oct(os.lstat(full).st_mode), os.lstat(full).st_mtime)
        if os.path.isdir(full) and not full.startswith(('/lib', '/proc')):
            tree(full)
tree('/')
print(os.getcwd(), os.open('/dev/null', os.O_RDONLY))
`;

/** What a program does to files; each must be gone in the next run. */
const TRACES: readonly (readonly [string, string])[] = [
  ['a file', "open('/tmp/x', 'w').write('y')"],
  ['a hidden name', "open('/tmp/__proto__', 'w').write('y'); open('constructor', 'w').write('y')"],
  ['a tree', "os.makedirs('a/b/c/d'); open('a/b/c/d/e', 'w').write('f')"],
  ['a renamed tree', "os.mkdir('a'); os.rename('a', '/tmp/b')"],
  ['an open file', "global f; f = open('/tmp/x', 'w'); f.write('y')"],
  ['a duplicated descriptor', "os.dup2(os.open('/tmp/x', os.O_CREAT), 9)"],
  ['another directory', "os.mkdir('a'); os.chdir('a')"],
  ['a directory that is gone', "os.mkdir('a'); os.chdir('a'); os.rmdir('/home/user/a')"],
  ['other times', "os.utime('/tmp', (1, 1)); os.utime('/home/user', (1, 1))"],
  ['a closed directory', "os.mkdir('a'); open('a/b', 'w').close(); os.chmod('a/b', 0); os.chmod('a', 0)"],
  ['a mask', 'os.umask(0o777)'],
];

describe.each(PYTHON_VERSIONS)('files in memory under Python %s', (python) => {
  const replays = useReplays(python);
  const run = (source: string, files: Record<string, string> = {}) =>
    replays.replay({ source, entry: { script: true }, world: { files } });

  it.each(TRACES)('forgets %s', async (_, action) => {
    const before = await run(LISTING);
    expect(before.outcome).toMatchObject({ kind: 'returned' });
    await run(`import os\ndef act():\n    ${action}\nact()\n`);
    expect((await run(LISTING)).stdout).toBe(before.stdout);
  });

  it('forgets the files of a request', async () => {
    const before = await run(LISTING);
    await run('pass\n', { 'x/y/z': '1', '/tmp/__proto__': '2' });
    expect((await run(LISTING)).stdout).toBe(before.stdout);
  });

  it('keeps the interpreter’s own files', async () => {
    const source = `\
import os
for root, folders, names in os.walk('/lib'):
    for path in [root] + [os.path.join(root, name) for name in names[:5]]:
        for change in (os.unlink, os.rmdir, lambda p: open(p, 'r+'), lambda p: os.truncate(p, 0), lambda p: os.rename(p, '/tmp/x')):
            try:
                change(path)
                print(path, change)
            except OSError:
                pass
    break
`;
    expect((await run(source)).stdout).toBe('');
    expect((await run('import fractions, tokenize\nprint(fractions.Fraction(1, 2))\n')).stdout).toBe('1/2\n');
  });

  it.each([
    ['a file below a file', { a: '1', 'a/b': '2' }],
    ['a file in place of a directory', { '/tmp': '1' }],
    ['a file among the interpreter’s own', { '/lib/x': '1' }],
    ['a device', { '/dev/null': '1' }],
    ['a directory’s name', { 'a/': '1' }],
  ])('answers a request with %s', async (_, files) => {
    // Whatever the answer is, it is one, and the next request is served.
    const outcome = await run('pass\n', files as Record<string, string>).then(
      (trace) => trace.outcome.kind,
      (error: unknown) => (error as { code?: string }).code,
    );
    expect(['returned', 'halted', 'invalid-request']).toContain(outcome);
    expect((await run('print(1)\n')).stdout).toBe('1\n');
  });
});
