import type { PythonVersion } from '../../core/program.ts';
import { findZ3 } from '../../symbolic/native/find.ts';
import type { Gate } from '../gate/gate.ts';
import type { Assay } from '../verify/assay.ts';
import { createDaemonClient } from './daemon-client.ts';

/** What the commands need of an engine: here, or behind a daemon. */
export type Engine = Pick<Assay, 'verify' | 'trace' | 'explore' | 'patch' | 'close'>;

/** An engine behind a daemon, and the daemon's gate, which signs with the daemon's keys. */
export interface DaemonEngine extends Engine {
  readonly gate: Gate['decide'];
}

export interface EngineChoice {
  /** Address of a daemon; undefined runs in this process. */
  readonly daemon: string | undefined;
  readonly workers: number;
  readonly python?: readonly PythonVersion[];
}

/** The engine is loaded only where it is needed: help and errors of usage must not wait for it. */
export async function openEngine({ daemon, workers, python = [] }: EngineChoice): Promise<Engine> {
  if (daemon !== undefined) return createDaemonClient(daemon);
  const { createAssay } = await import('../verify/assay.ts');
  const z3 = findZ3({ setting: process.env.ASSAY_Z3, searchPath: process.env.PATH });
  return createAssay({ workers, python, queue: 1024, z3 });
}

/** An engine with a gate: the daemon's, or one here that signs with the user's keys. */
export async function openGate(choice: EngineChoice): Promise<DaemonEngine> {
  if (choice.daemon !== undefined) return createDaemonClient(choice.daemon);
  const [engine, { createGate }, { KeyStore }, { createSigner }] = await Promise.all([
    openEngine(choice),
    import('../gate/gate.ts'),
    import('../receipts/key-store.ts'),
    import('../receipts/sign.ts'),
  ]);
  const gate = createGate(engine, createSigner(new KeyStore()));
  return {
    verify: (request, options) => engine.verify(request, options),
    trace: (request, options) => engine.trace(request, options),
    explore: (request, options) => engine.explore(request, options),
    patch: (request, options) => engine.patch(request, options),
    gate: (request, options) => gate.decide(request, options),
    close: () => engine.close(),
  };
}
