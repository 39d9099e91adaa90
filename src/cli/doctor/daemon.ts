import { createDaemonClient } from '../daemon-client.ts';
import type { Check, Finding } from './check.ts';

/** Whether the daemon that ASSAY_URL names answers; nothing where it names none. */
export function daemonChecks(address: string | undefined): readonly Check[] {
  return address === undefined || address === '' ? [] : [() => askDaemon(address)];
}

async function askDaemon(address: string): Promise<Finding> {
  const name = 'daemon';
  try {
    const { stamp, status } = await createDaemonClient(address).verify(
      {
        program: { source: 'def f(x):\n    return x + 1\n', entry: { call: 'f(3)' } },
        claim: { kind: 'output', returns: '4' },
      },
      { signal: AbortSignal.timeout(15_000) },
    );
    return { name, ok: status === 'verified', detail: `${address} answers, Assay ${stamp.assay}` };
  } catch (error) {
    return {
      name,
      ok: false,
      detail: (error as Error).message,
      fix: 'start it with `assay serve`, or unset ASSAY_URL',
    };
  }
}
