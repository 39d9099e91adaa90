import { fileURLToPath } from 'node:url';
import { HINT_LINES, LIMIT_LINES, longFiles } from './file-size.ts';
import { runTool, type ToolRun } from './run-tool.ts';

/** Everything that reads the tree without running the program, side by side. Exits 1 if any of it fails. */

const root = fileURLToPath(new URL('..', import.meta.url));

function checkFileSize(): ToolRun {
  const started = performance.now();
  const files = longFiles(root);
  const output = files.map(({ path, lines }) =>
    lines > LIMIT_LINES
      ? `${path}: ${lines} lines, the limit is ${LIMIT_LINES}: split it by concern`
      : `${path}: ${lines} lines, over ${HINT_LINES}: is there a second concern in it?`,
  );
  return {
    name: 'file size',
    passed: files.every(({ lines }) => lines <= LIMIT_LINES),
    output: output.join('\n'),
    ms: performance.now() - started,
  };
}

const runs = await Promise.all([
  runTool('tsc', root, ['-p', '.', '--pretty', 'false']),
  runTool('biome', root, ['check', '--error-on-warnings', '--max-diagnostics=200', '.']),
  runTool('knip', root, ['--no-progress']),
  checkFileSize(),
]);

for (const { name, passed, output } of runs) {
  if (output !== '' && (!passed || name === 'file size')) console.log(`── ${name}\n${output}\n`);
}
for (const { name, passed, ms } of runs) {
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name.padEnd(9)} ${(ms / 1000).toFixed(1)} s`);
}
process.exitCode = runs.every(({ passed }) => passed) ? 0 : 1;
