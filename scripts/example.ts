import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Verifies one example and succeeds where Assay finds its mistake: the command itself exits with 1 then, and a first
 * try should not look like a failure.
 */

const FINDINGS = 1;
const root = fileURLToPath(new URL('..', import.meta.url));
const args = ['verify', '--format', 'full', 'examples/rotate.value.cwm'];

console.log(`$ assay ${args.join(' ')}`);
const { status } = spawnSync(process.execPath, ['src/cli/main.ts', ...args], { cwd: root, stdio: 'inherit' });
process.exitCode = status === FINDINGS ? 0 : status || FINDINGS;
