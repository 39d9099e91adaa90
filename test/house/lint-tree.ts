import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, Scratch } from './scratch.ts';

/** What the linter says about one place of one file. */
export interface Finding {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** The rule, such as `lint/style/noRestrictedImports`, or `plugin`. */
  readonly category: string;
}

interface BiomeReport {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string; readonly start: { readonly line: number } };
  }[];
}

/** What Biome reads besides the files that it checks. */
const CONFIGURATION = ['biome.json', 'biome.layers.json', 'scripts/lint', 'package.json', '.gitignore'];

/**
 * Lints files under the repository's own configuration in a directory of their own, so that a planted breach never
 * stands in the working tree.
 *
 * @param files text by path, relative to the root of the repository
 * @throws where Biome does not run or refuses the configuration
 */
export function lintTree(files: ReadonlyMap<string, string>): Finding[] {
  using tree = new Scratch();
  for (const name of CONFIGURATION) cpSync(join(ROOT, name), join(tree.path, name), { recursive: true });
  for (const [path, text] of files) tree.write(path, text);
  const biome = join(ROOT, 'node_modules/.bin/biome');
  const run = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: tree.path,
    encoding: 'utf8',
  });
  if (!run.stdout.startsWith('{')) throw new Error(`Biome did not report: ${run.stderr}`);
  const report: BiomeReport = JSON.parse(run.stdout);
  return report.diagnostics.map(({ category, location }) => ({
    path: location.path,
    line: location.start.line,
    category,
  }));
}
