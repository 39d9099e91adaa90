import { describe, expect, it } from 'vitest';
import { PYTHON_VERSIONS } from '../../../core/program.ts';
import { run } from './harness.ts';

describe('assay doctor', () => {
  it('finds every Python version working here', async () => {
    const { code, stdout, stderr } = await run(['doctor']);
    expect([code, stderr]).toEqual([0, '']);
    for (const version of PYTHON_VERSIONS)
      expect(stdout).toMatch(new RegExp(`^✓ ok {3}python ${version}: ${version}\\.\\d`, 'm'));
    expect(stdout).toMatch(/^✓ ok {3}node: v/m);
  });

  it('answers in JSON, and names what is wrong with its fix', async () => {
    const { code, stdout } = await run(['doctor', '--json'], { env: { ASSAY_URL: 'http://127.0.0.1:9' } });
    const { ok, checks } = JSON.parse(stdout);
    expect([code, ok]).toEqual([2, false]);
    expect(checks.filter((check: { ok: boolean | null }) => check.ok === false)).toEqual([
      {
        name: 'daemon',
        ok: false,
        detail: expect.stringContaining('no daemon'),
        fix: expect.stringContaining('assay serve'),
      },
    ]);
  });
});
