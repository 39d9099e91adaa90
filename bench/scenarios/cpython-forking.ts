import { cpythonThroughput } from '../cpython-throughput.ts';
import type { Scenario } from '../scenario.ts';
import { THROUGHPUT_UNITS } from '../throughput.ts';

/** One warm `python3` that forks for each trace, one after the other. */
export const cpythonForking: Scenario = {
  name: 'cpython-forking',
  about: 'traces by a warm python3 that forks for each, not compared',
  units: THROUGHPUT_UNITS,
  cpython: true,
  open: (workload) => cpythonThroughput(workload, 'forking.py'),
};
