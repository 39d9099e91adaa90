import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET } from '../../core/budget.ts';
import { CONFIG_FILE } from '../../src/config/file.ts';
import { SETTING_NAMES } from '../../src/config/schema.ts';
import { ROOT } from './scratch.ts';

/** Folders whose README names every file in a table. */
const TABLED = [
  'bridges/git',
  'bridges/python',
  'bridges/python/py/shadow',
  'bridges/python/py/shadow/rules',
  'bridges/trainers',
  'core',
  'deploy',
  'neural/extract',
  'models',
  'neural/formats',
  'neural/nano',
  'neural/providers',
  'neural/reader',
  'neural/training',
  'scripts',
  'src/check',
  'src/cli',
  'src/config',
  'src/gate',
  'src/http',
  'src/mcp',
  'src/model-bench',
  'src/receipts',
  'src/report',
  'src/reward',
  'src/sharing',
  'src/telemetry',
  'src/simulate',
  'src/verify',
  'symbolic',
  'workers',
];

const DOCUMENTS = globSync('**/*.md', {
  cwd: ROOT,
  exclude: (path) => /^(?:node_modules|dist|coverage|\.git)$/.test(path),
}).sort();

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A document without its blocks of code. */
function prose(path: string): string {
  return read(path).replaceAll(/^```[\s\S]*?^```$/gm, '');
}

/** The anchor that a heading gets. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(path: string): string[] {
  return Array.from(prose(path).matchAll(/^#+ (.+)$/gm), ([, heading = '']) => anchorOf(heading));
}

/** Links of a document into the repository that lead nowhere. */
function brokenLinks(path: string): string[] {
  const links = Array.from(prose(path).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = '', anchor] = link.split('#', 2);
    const target = file === '' ? path : join(dirname(path), file);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
}

/** Paths of files in the first cells of a README's tables; under a heading that names a subfolder they start there. */
function namedFiles(folder: string): string[] {
  const named: string[] = [];
  let start = '';
  for (const line of read(`${folder}/README.md`).split('\n')) {
    const [, heading] = /^#+ (.+)$/.exec(line) ?? [];
    if (heading !== undefined) start = existsSync(join(ROOT, folder, heading)) ? `${heading}/` : '';
    const [, cell = ''] = /^\| (.+?) \|/.exec(line) ?? [];
    for (const [, name = ''] of cell.matchAll(/`([^`]+\.\w+)`/g)) named.push(start + name);
  }
  return named.sort();
}

/** Files under a folder that its README has to name: all but those of a subfolder with a README of its own. */
function filesOf(folder: string): string[] {
  return globSync('**/*.*', { cwd: join(ROOT, folder), exclude: (path) => path.endsWith('__pycache__') })
    .filter((path) => !path.endsWith('README.md'))
    .filter((path) => path.split('/').length === 1 || !existsSync(join(ROOT, folder, dirname(path), 'README.md')))
    .sort();
}

describe('documents', () => {
  it.each(DOCUMENTS)('%s has links that lead somewhere', (path) => {
    expect(brokenLinks(path)).toEqual([]);
  });

  it.each(TABLED)('%s/README.md names each file, and no other', (folder) => {
    expect(namedFiles(folder)).toEqual(filesOf(folder));
  });

  it.each(DOCUMENTS)('%s runs scripts that exist', (path) => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const run = Array.from(read(path).matchAll(/npm run (?:-s )?([\w:-]+)/g), ([, name = '']) => name);
    expect(run.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('README.md', () => {
  const readme = read('README.md');

  it('has a row for each setting of the daemon', () => {
    const rows = SETTING_NAMES.map((name) => `| \`${name}\` | \`ASSAY_${name.toUpperCase()}\` |`);
    expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
    expect(readme).toContain(CONFIG_FILE);
  });

  it('has each part of a budget with its default', () => {
    const missing = Object.entries(DEFAULT_BUDGET).filter(([name, value]) => {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      return row?.split('|')[2]?.replaceAll(' ', '') !== String(value);
    });
    // No solver takes part yet, so its budget stands in a sentence.
    expect(missing.map(([name]) => name)).toEqual(['rlimit']);
    expect(readme).toContain('`rlimit`');
  });

  it('shows what the example prints', { timeout: 60_000 }, () => {
    const { status, stdout } = spawnSync(process.execPath, ['scripts/example.ts'], { cwd: ROOT, encoding: 'utf8' });
    const untimed = (text: string) => text.replaceAll(/ in [\d.]+ (?:ms|s)\./g, '.');
    expect(status).toBe(0);
    expect(untimed(readme)).toContain(untimed(stdout));
  });
});
