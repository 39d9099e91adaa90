import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, Scratch } from './scratch.ts';

const MANIFEST: object = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** A small tree with every kind of entry, under the repository's own manifest and knip configuration. */
const TREE: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ ...MANIFEST, dependencies: {}, devDependencies: { vitest: '*' } }),
  'vitest.config.ts':
    "import { defineConfig } from 'vitest/config';\nexport default defineConfig({ test: { include: ['test/**/*.test.ts'] } });\n",
  'bin/assay.mjs': "await import(new URL('../src/cli/main.ts', import.meta.url).href);\n",
  'workers/replay-thread.ts': 'export default function replay(): void {}\n',
  'src/cli/main.ts': "import { used } from '../../core/used.ts';\nused();\n",
  'bench/main.ts': "import { measured } from '../core/measured.ts';\nmeasured();\n",
  'scripts/build.ts': "import './part.ts';\n",
  'scripts/part.ts': 'process.exitCode = 0;\n',
  'core/used.ts': 'export function used(): void {}\n',
  'core/measured.ts': 'export function measured(): void {}\n',
  'core/tested.ts': 'export function tested(): void {}\n',
  'test/core/tested.test.ts':
    "import { it } from 'vitest';\nimport { tested } from '../../core/tested.ts';\nit('x', () => tested());\n",
};

function knip(extra: Readonly<Record<string, string>>): { status: number | null; stdout: string } {
  using tree = new Scratch();
  for (const [path, text] of Object.entries({ ...TREE, ...extra })) tree.write(path, text);
  for (const name of ['knip.json', 'tsconfig.json']) cpSync(join(ROOT, name), join(tree.path, name));
  symlinkSync(join(ROOT, 'node_modules'), join(tree.path, 'node_modules'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/knip/bin/knip.js'),
      '--no-progress',
      '--no-config-hints',
      '--include',
      'files,exports,types',
    ],
    { cwd: tree.path, encoding: 'utf8' },
  );
  return { status, stdout: stdout + stderr };
}

it('is green where everything is used', () => {
  expect(knip({})).toEqual({ status: 0, stdout: '' });
});

it('finds a dead export, a dead type and a dead file', () => {
  const { status, stdout } = knip({
    'core/used.ts': 'export function used(): void {}\nexport function dead(): void {}\nexport type Gone = 1;\n',
    'core/orphan.ts': 'export const orphan = 1;\n',
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/dead\s+function\s+core\/used\.ts/);
  expect(stdout).toMatch(/Gone\s+type\s+core\/used\.ts/);
  expect(stdout).toMatch(/core\/orphan\.ts/);
});
