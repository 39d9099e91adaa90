import { batchBodies, Daemon } from '../daemon.ts';
import { memoryMb } from '../proc.ts';
import type { Scenario } from '../scenario.ts';
import { PYTHON } from '../workload.ts';

/** Resident memory of a fresh daemon with two workers of one Python, before and after a batch of all programs. */
export const memory: Scenario = {
  name: 'memory',
  about: `resident memory of a daemon with two workers for Python ${PYTHON}`,
  units: { idle: 'MB', 'after-batch': 'MB', peak: 'MB' },
  linux: true,
  open({ items }) {
    const bodies = [...batchBodies(items).values()];
    return {
      async round() {
        await using daemon = await Daemon.start({ python: PYTHON, workers: 2 });
        const idle = memoryMb(daemon.pid, 'VmRSS');
        await daemon.verifyAll(bodies);
        return {
          idle,
          'after-batch': memoryMb(daemon.pid, 'VmRSS'),
          peak: memoryMb(daemon.pid, 'VmHWM'),
        };
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};
