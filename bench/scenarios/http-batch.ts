import { batchBodies, Daemon } from '../daemon.ts';
import { processorMs } from '../proc.ts';
import type { Scenario } from '../scenario.ts';
import { THROUGHPUT_UNITS, throughput } from '../throughput.ts';
import { PYTHON } from '../workload.ts';

/** Claims verified by a real daemon, all programs of a round in one batch of NDJSON. */
export function httpBatch(workers: number): Scenario {
  return {
    name: `http-batch-${workers}`,
    about: `claims verified over HTTP, one batch at a time, ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
    units: THROUGHPUT_UNITS,
    async open({ items }) {
      const bodies = batchBodies(items);
      const daemon = await Daemon.start({ python: PYTHON, workers });
      return throughput({
        pass: (sample) => daemon.verifyAll(sample.map((item) => bodies.get(item) ?? '')),
        processorMs: () => processorMs(daemon.pid),
        [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose](),
      });
    },
  };
}
