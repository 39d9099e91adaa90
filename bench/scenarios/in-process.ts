import { createAssay } from '../../src/verify/assay.ts';
import type { Scenario } from '../scenario.ts';
import { THROUGHPUT_UNITS, throughput } from '../throughput.ts';
import { PYTHON } from '../workload.ts';

/** Claims under way for each worker, as in a batch over HTTP: so many that no thread waits for the next one. */
const LANES = 4;

/** Claims verified through the engine in this process, with so many replay threads. */
export function inProcess(workers: number): Scenario {
  return {
    name: `in-process-${workers}`,
    about: `claims verified by the engine in process, ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
    units: THROUGHPUT_UNITS,
    async open() {
      const assay = createAssay({ workers, python: [PYTHON] });
      await assay.ready();
      return throughput({
        async pass(sample) {
          const requests = sample.values();
          const lane = async () => {
            for (const { name, request } of requests) {
              const { status, message } = await assay.verify(request);
              if (status !== 'verified') throw new Error(`the true trace of ${name} is ${status}: ${message}`);
            }
          };
          await Promise.all(Array.from({ length: workers * LANES }, lane));
        },
        processorMs() {
          const { user, system } = process.cpuUsage();
          return (user + system) / 1000;
        },
        [Symbol.asyncDispose]: () => assay.close(),
      });
    },
  };
}
