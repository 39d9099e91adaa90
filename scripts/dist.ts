import { cpSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = '{core,symbolic,neural,bridges,workers,src}';

/**
 * Copies what the program reads at run time beside its modules (Python sources, lists, data, the embedded model, pages of codes) to where the compiled
 * modules stand, and the manifest to where the program's root then is: a module finds it by the same relative path.
 *
 * @returns the copied files, relative to the root
 */
export function copyAssets(root: string, dist: string): string[] {
  const assets = globSync(['package.json', 'docs/codes/*.md', 'models/*.onnx', `${FOLDERS}/**/*`], {
    cwd: root,
    exclude: ['neural/training'],
  })
    .filter((path) => path.startsWith('docs') || !/\.(?:ts|md|pyc)$/.test(path))
    .filter((path) => statSync(join(root, path)).isFile())
    .toSorted();
  for (const path of assets) cpSync(join(root, path), join(dist, path));
  return assets;
}

/** A compiled module that would start a file which is only in the sources. */
export interface SourceUrl {
  readonly path: string;
  readonly url: string;
}

/**
 * Finds `new URL('….ts', …)` in compiled modules. The compiler rewrites the endings of imports but not those of URLs,
 * so such a module runs in a checkout and fails where the package is installed.
 */
export function findSourceUrls(dist: string): SourceUrl[] {
  return globSync(`${FOLDERS}/**/*.js`, { cwd: dist }).flatMap((path) =>
    [...readFileSync(join(dist, path), 'utf8').matchAll(/new URL\(\s*['"`]([^'"`\n]*\.ts)['"`]/g)].map(
      ([, url = '']) => ({ path, url }),
    ),
  );
}
