import { cpythonThroughput } from '../cpython-throughput.ts';
import type { Scenario } from '../scenario.ts';
import { THROUGHPUT_UNITS } from '../throughput.ts';

/** One warm `python3` that traces in its own process: what tracing alone costs. */
export const cpythonInProcess: Scenario = {
  name: 'cpython-in-process',
  about: 'traces by a warm python3 in its own process, not isolated, not compared',
  units: THROUGHPUT_UNITS,
  cpython: true,
  open: (workload) => cpythonThroughput(workload, 'in_process.py'),
};
