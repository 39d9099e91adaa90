import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunGate } from '../../workers/run-gate.ts';

describe('the gate', () => {
  it('lets nothing run beside who wants to be alone, and everything run', async () => {
    const Job = fc.record({ alone: fc.boolean(), startsIn: fc.nat(6), takes: fc.nat(6), fails: fc.boolean() });
    const check = fc.asyncProperty(fc.array(Job, { minLength: 1, maxLength: 12 }), async (jobs) => {
      const gate = new RunGate();
      const running = new Set<number>();
      const broken: string[] = [];
      let most = 0;
      const done = await Promise.allSettled(
        jobs.map(async ({ alone, startsIn, takes, fails }, index) => {
          await sleep(startsIn);
          await gate[alone ? 'alone' : 'together'](async () => {
            if (running.size > 0 && (alone || [...running].some((other) => jobs[other]?.alone)))
              broken.push(`${index}`);
            running.add(index);
            most = Math.max(most, running.size);
            await sleep(takes);
            running.delete(index);
            if (fails) throw new Error('failed');
          });
        }),
      );
      expect(broken).toEqual([]);
      expect(done.map(({ status }) => status)).toEqual(jobs.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')));
    });
    await fc.assert(check, { numRuns: 60 });
  });

  it('lets jobs run together', async () => {
    const gate = new RunGate();
    const order: string[] = [];
    await Promise.all(
      ['a', 'b'].map((name) =>
        gate.together(async () => {
          order.push(`${name} begins`);
          await sleep(5);
          order.push(`${name} ends`);
        }),
      ),
    );
    expect(order.slice(0, 2)).toEqual(['a begins', 'b begins']);
  });
});
