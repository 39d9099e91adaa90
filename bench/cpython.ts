import { spawnSync } from 'node:child_process';
import { findCPython } from '../test/cpython/interpreters.ts';
import { PYTHON } from './workload.ts';

/** A CPython of this machine. */
export interface CPython {
  readonly command: string;
  readonly version: string;
}

const PROBE = 'import platform, sys; print(sys.executable); print(platform.python_version())';

/** The CPython to compare with: of the version that Assay replays under if there is one, else `python3`, else null. */
export function chooseCPython(): CPython | null {
  return probe(findCPython(PYTHON)) ?? probe('python3');
}

/** Asks the interpreter where it is: what stands on PATH may be a script that looks for it at each start. */
function probe(command: string | null): CPython | null {
  if (command === null) return null;
  const { status, stdout } = spawnSync(command, ['-I', '-c', PROBE], { encoding: 'utf8', timeout: 10_000 });
  const [executable = '', version = ''] = status === 0 ? stdout.split('\n') : [];
  return executable === '' || version === '' ? null : { command: executable, version };
}
