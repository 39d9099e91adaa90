import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
type StopSignal = (typeof SIGNALS)[number];

/**
 * The first SIGINT or SIGTERM runs `stop`, and the process ends when that is done; the second ends it at once, with
 * the exit code that a shell gives to a process killed so.
 */
export function onStopSignal(stop: (signal: StopSignal) => Promise<void>): void {
  let stopping = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stopping) process.exit(128 + constants.signals[signal]);
      stopping = true;
      stop(signal).then(
        () => process.exit(),
        (error: unknown) => {
          process.stderr.write(`error: while stopping: ${String(error)}\n`);
          process.exit(2);
        },
      );
    });
  }
}
