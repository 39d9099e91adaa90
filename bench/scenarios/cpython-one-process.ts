import { cpythonThroughput } from '../cpython-throughput.ts';
import type { Scenario } from '../scenario.ts';
import { THROUGHPUT_UNITS } from '../throughput.ts';

/** One `python3` started for each trace, one after the other. */
export const cpythonOneProcess: Scenario = {
  name: 'cpython-one-process',
  about: 'traces by one python3 process a trace, not compared',
  units: THROUGHPUT_UNITS,
  cpython: true,
  open: (workload) => cpythonThroughput(workload, 'launcher.py'),
};
