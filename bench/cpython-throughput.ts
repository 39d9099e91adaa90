import { LineProcess } from './line-process.ts';
import { processorMs } from './proc.ts';
import type { Runner } from './scenario.ts';
import { throughput } from './throughput.ts';
import type { Workload } from './workload.ts';

/**
 * Traces by a script of `python/`, which gets all programs of a round at once and works on one at a time. Each answer
 * has to be the one that the script `forking.py` gave before, whose frames Assay verified.
 */
export function cpythonThroughput({ cpython }: Workload, script: string): Runner {
  if (cpython === null) throw new Error('there is no CPython');
  const tracer = new LineProcess(cpython, script);
  return throughput({
    async pass(sample) {
      const answers = await tracer.ask(sample.map(({ line }) => line));
      const wrong = sample.find(({ answer }, index) => answer !== answers[index]);
      if (wrong !== undefined) throw new Error(`${script} traces ${wrong.name} otherwise than before`);
    },
    processorMs: () => processorMs(tracer.pid),
    [Symbol.asyncDispose]: () => tracer[Symbol.asyncDispose](),
  });
}
