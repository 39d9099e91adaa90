import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closingLine, skipLines } from '../../scripts/closing-line-reporter.ts';
import { ROOT, Scratch } from './scratch.ts';

const CONFIG = `
import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from '${join(ROOT, 'scripts/closing-line-reporter.ts')}';
export default defineConfig({ test: { include: ['*.test.ts'], reporters: ['default', new ClosingLineReporter()] } });
`;

/** Runs Vitest over one test file and returns its exit code and the lines of its standard output. */
function runVitest(body: string, args: readonly string[] = []): { status: number | null; lines: string[] } {
  using tree = new Scratch();
  tree.write('package.json', '{ "type": "module" }');
  tree.write('vitest.config.ts', CONFIG);
  tree.write('some.test.ts', `import { afterAll, beforeAll, describe, expect, it } from 'vitest';\n${body}`);
  symlinkSync(join(ROOT, 'node_modules'), join(tree.path, 'node_modules'));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', tree.path, ...args],
    { cwd: tree.path, encoding: 'utf8', env: { ...process.env, CI: 'true', NO_COLOR: '1' } },
  );
  return { status, lines: stdout.trimEnd().split('\n') };
}

describe('the last line of a test run', () => {
  it('counts passed, failed and skipped tests and gives each reason', () => {
    const { status, lines } = runVitest(`
      it('holds', () => expect(1).toBe(1));
      it('fails', () => expect(1).toBe(2));
      it('needs a tool', (context) => context.skip('no such tool'));
      it('needs it too', (context) => context.skip('no such tool'));
      it.skip('says nothing', () => {});
    `);
    expect(status).toBe(1);
    expect(lines.at(-1)).toBe('1 passed, 1 failed, 3 skipped');
    expect(lines).toEqual(
      expect.arrayContaining([
        'skipped (2): no such tool',
        '  some.test.ts > needs a tool',
        '  some.test.ts > needs it too',
        'skipped (1): no reason given',
      ]),
    );
  });

  it('leaves out the skipped part where there is none', () => {
    const { status, lines } = runVitest("it('holds', () => expect(1).toBe(1));");
    expect([status, lines.at(-1)]).toEqual([0, '1 passed, 0 failed']);
  });

  it.each([
    ['a file that does not load', "it('holds', () => {});\nthrow new Error('at import');", '0 passed, 1 failed'],
    [
      'an error outside of every test',
      "it('holds', () => { Promise.reject(new Error('stray')); });",
      '1 passed, 1 failed',
    ],
    [
      'a set-up that fails',
      "describe('s', () => { beforeAll(() => { throw new Error('x'); }); it('a', () => {}); });",
      '0 passed, 1 failed, 1 skipped',
    ],
    ['a tear-down that fails', "afterAll(() => { throw new Error('x'); });\nit('a', () => {});", '1 passed, 1 failed'],
    ['no test at all', '', '0 passed, 1 failed'],
  ])('counts %s', (_name, body, line) => {
    const { status, lines } = runVitest(body);
    expect(lines.at(-1)).toBe(line);
    expect(status === 0).toBe(line.includes(' 0 failed'));
  });

  it('does not list what a name pattern leaves out', () => {
    const { lines } = runVitest("it('one', () => {});\nit('two', () => {});", ['-t', 'one']);
    expect(lines.at(-1)).toMatch(/^1 passed, 0 failed/);
    expect(lines.join('\n')).not.toMatch(/no reason given/);
  });
});

it('is one shape, whatever the counts', () => {
  expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(closingLine({ passed: 0, failed: 2, skipped: 1 })).toBe('0 passed, 2 failed, 1 skipped');
  expect(skipLines([])).toEqual([]);
});
