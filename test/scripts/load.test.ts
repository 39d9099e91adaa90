import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../scripts/load.ts', import.meta.url));

describe('npm run load', () => {
  it('has every request answered once and rightly, with a thread and the sandbox process lost', {
    timeout: 120_000,
  }, async (context) => {
    context.skip(!existsSync('/proc/self/status'), 'there is no /proc to find the sandbox process in');
    const child = spawn(process.execPath, [MAIN, '--seconds', '2'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    // Whether it is as fast again is no question for a machine that may be busy with other tests.
    expect(stdout, stderr).toContain('ok     every request was answered once');
    expect(stdout).toContain('ok     no answer was wrong');
    expect(stdout).toMatch(/the sandbox process \d+ is killed/);
    expect(stdout).toMatch(/right answers: p50 \d+ ms, p99 \d+ ms/);
    expect(Number(/threads replaced: (\d+)/.exec(stdout)?.[1])).toBeGreaterThan(0);
  });
});
