import { describe, expect, it } from 'vitest';
import { Daemon } from '../../bench/daemon.ts';
import { runChaos } from './chaos.ts';
import { TELLS, WHY_NOT } from './sandbox-processes.ts';

describe('a daemon whose processes are killed', () => {
  it('answers every request, and every honest one right', { timeout: 240_000 }, async (context) => {
    context.skip(!TELLS, WHY_NOT);
    await using daemon = await Daemon.start({ python: '3.10', workers: 2 });
    const { url, pid } = daemon;
    const options = { url, pid, requests: 60, concurrency: 16, kills: 2, python: ['3.10'], seed: 7 } as const;
    const report = await runChaos(options);
    expect(report).toMatchObject({ answered: 60, kills: 2, wrong: [] });
    expect(report.honest).toBeGreaterThan(20);
    expect(report.hostile).toBeGreaterThan(5);
  });
});
