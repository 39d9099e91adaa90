import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PythonVersion } from '../../core/program.ts';
import { Daemon } from '../daemon.ts';
import { processorMs } from '../proc.ts';
import type { Measured, Scenario } from '../scenario.ts';

const UNITS = { listening: 'ms', ready: 'ms', processor: 'ms' } as const;

/** From the start of a daemon with one worker of one Python to its first 200 on `/readyz`, which it is asked each 5 ms. */
export function boot(python: PythonVersion): Scenario {
  return {
    name: `boot-${python}`,
    about: `start of a daemon with one worker for Python ${python}, its image made before, files cached by the system`,
    units: UNITS,
    async open() {
      const cache = await emptyCache();
      return { round: () => measure(python, cache), [Symbol.asyncDispose]: () => remove(cache) };
    },
  };
}

/** The same, on a machine that has no image of the interpreter yet: the daemon makes and keeps it. */
export function firstBoot(python: PythonVersion): Scenario {
  return {
    name: `first-boot-${python}`,
    about: `the first start on a machine, for Python ${python}: no image of the interpreter is there`,
    units: UNITS,
    open: () => ({
      async round() {
        const cache = await emptyCache();
        try {
          return await measure(python, cache);
        } finally {
          await remove(cache);
        }
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }),
  };
}

async function measure(python: PythonVersion, cache: string): Promise<Measured> {
  await using daemon = await Daemon.start({ python, workers: 1, cache });
  const processor = processorMs(daemon.pid);
  return { listening: daemon.listeningMs, ready: daemon.readyMs, ...(processor !== null && { processor }) };
}

function emptyCache(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'assay-bench-'));
}

async function remove(cache: string): Promise<void> {
  await rm(cache, { recursive: true, force: true });
}
