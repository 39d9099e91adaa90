import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyAssets, findSourceUrls } from '../../scripts/dist.ts';
import { longFiles } from '../../scripts/file-size.ts';
import { runTool } from '../../scripts/run-tool.ts';
import { Scratch } from './scratch.ts';

describe('longFiles', () => {
  it('names sources over the hint, the longest first, and no tests', () => {
    using tree = new Scratch();
    tree.write('core/short.ts', 'x\n'.repeat(300));
    tree.write('core/long.ts', 'x\n'.repeat(301));
    tree.write('bridges/python/py/longer.py', `${'x\n'.repeat(500)}x`);
    tree.write('src/notes.md', 'x\n'.repeat(900));
    tree.write('test/core/cases.test.ts', 'x\n'.repeat(900));
    expect(longFiles(tree.path)).toEqual([
      { path: 'bridges/python/py/longer.py', lines: 501 },
      { path: 'core/long.ts', lines: 301 },
    ]);
  });
});

describe('runTool', () => {
  function plant(tree: Scratch, script: string): void {
    chmodSync(tree.write('node_modules/.bin/tool', `#!/bin/sh\n${script}\n`), 0o755);
  }

  it('keeps both streams and passes on the exit code', async () => {
    using tree = new Scratch();
    plant(tree, 'echo "$1"; echo err >&2; exit "$2"');
    expect(await runTool('tool', tree.path, ['out', '0'])).toMatchObject({ passed: true, output: 'out\nerr' });
    expect(await runTool('tool', tree.path, ['out', '3'])).toMatchObject({ passed: false });
  });

  it('puts the tools of the tree first in PATH', async () => {
    using tree = new Scratch();
    plant(tree, 'echo "$PATH"');
    const { output } = await runTool('tool', tree.path, []);
    expect(output.startsWith(join(tree.path, 'node_modules/.bin'))).toBe(true);
  });

  it('fails where the tool cannot start', async () => {
    using tree = new Scratch();
    expect(await runTool('tool', tree.path, [])).toMatchObject({
      passed: false,
      output: expect.stringContaining('ENOENT'),
    });
  });
});

describe('dist', () => {
  it('copies what is not compiled beside its module, and the manifest', () => {
    using tree = new Scratch();
    tree.write('bridges/python/py/tracer.py', 'x = 1\n');
    tree.write('bridges/python/py/__pycache__/tracer.pyc', '');
    tree.write('bridges/python/imports/3.10.txt', 'math\n');
    tree.write('bridges/python/replay.ts', '');
    tree.write('core/README.md', '');
    tree.write('package.json', '{}');
    tree.write('test/cases/case.py', '');
    expect(copyAssets(tree.path, join(tree.path, 'dist'))).toEqual([
      'bridges/python/imports/3.10.txt',
      'bridges/python/py/tracer.py',
      'package.json',
    ]);
    expect(copyAssets(join(tree.path, 'dist'), join(tree.path, 'again'))).toHaveLength(3);
  });

  it('finds a URL that names a source file', () => {
    using tree = new Scratch();
    tree.write('workers/pool.js', "const entry = new URL('./thread.ts', import.meta.url);\n");
    tree.write('workers/fine.js', "const list = new URL('./list.txt', import.meta.url);\nimport './thread.js';\n");
    expect(findSourceUrls(tree.path)).toEqual([{ path: 'workers/pool.js', url: './thread.ts' }]);
  });
});
