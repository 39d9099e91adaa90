import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyAssets, findSourceUrls } from './dist.ts';
import { runTool } from './run-tool.ts';

/** Makes `dist/`, which runs on a Node that does not read TypeScript under `node_modules`. */

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const compiled = await runTool('tsc', root, ['-p', 'tsconfig.build.json', '--pretty', 'false']);
if (compiled.passed) {
  const assets = copyAssets(root, dist);
  const modules = globSync('**/*.js', { cwd: dist });
  const broken = findSourceUrls(dist);
  for (const { path, url } of broken) console.error(`dist/${path}: new URL('${url}') names a file that is not in dist`);
  console.log(`dist: ${modules.length} modules and ${assets.length} assets in ${(compiled.ms / 1000).toFixed(1)} s`);
  process.exitCode = broken.length === 0 ? 0 : 1;
} else {
  console.error(compiled.output);
  process.exitCode = 1;
}
