import { Fault } from '../../core/fault.ts';
import type { PythonVersion } from '../../core/program.ts';
import type { Assay } from '../verify/assay.ts';

/** Whether requests can be answered, and why not. */
export interface Readiness {
  readonly ready: boolean;
  readonly detail: string;
}

export type CheckReadiness = () => Promise<Readiness>;

/** A canary that ran this lately, in milliseconds, still speaks for the interpreters. */
const FRESH_MS = 10_000;
/** What a canary may take, queue included. */
const DEADLINE_MS = 5_000;

/**
 * Ready means that a canary program was replayed lately on every interpreter that was started at boot: a daemon can
 * answer pings for hours while each of its replays hangs. Checks that come together share one canary.
 */
export function createReadiness(assay: Assay, versions: readonly PythonVersion[]): CheckReadiness {
  let last: { readonly at: number; readonly readiness: Readiness } | undefined;
  let running: Promise<Readiness> | undefined;

  const check = async (): Promise<Readiness> => {
    const { ready, detail } = assay.health();
    if (!ready) return { ready, detail };
    try {
      await Promise.all(versions.map((python) => replayCanary(assay, python)));
      return { ready: true, detail: 'a canary program was replayed' };
    } catch (error) {
      // A full queue is a busy daemon, not a broken one: what was found before still stands.
      if (error instanceof Fault && error.code === 'queue-full' && last !== undefined) return last.readiness;
      return { ready: false, detail: 'the canary program was not replayed' };
    }
  };

  return () => {
    if (last?.readiness.ready === true && performance.now() - last.at < FRESH_MS && assay.health().ready) {
      return Promise.resolve(last.readiness);
    }
    running ??= check().then((readiness) => {
      last = { at: performance.now(), readiness };
      running = undefined;
      return readiness;
    });
    return running;
  };
}

/** @throws where the interpreter does not answer in time, or wrongly */
async function replayCanary(assay: Assay, python: PythonVersion): Promise<void> {
  const { status } = await assay.verify(
    {
      program: { source: 'def f(x):\n    return x + 1\n', entry: { call: 'f(3)' }, python },
      claim: { kind: 'output', returns: '4' },
    },
    { fresh: true, deadlineMs: DEADLINE_MS, signal: AbortSignal.timeout(DEADLINE_MS) },
  );
  if (status !== 'verified') throw new Error(`the canary under Python ${python} is ${status}`);
}
