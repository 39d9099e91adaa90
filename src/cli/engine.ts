import type { PythonVersion } from '../../core/program.ts';
import { findZ3 } from '../../symbolic/native/find.ts';
import type { Assay } from '../verify/assay.ts';
import { createDaemonClient } from './daemon-client.ts';

/** What the commands need of an engine: here, or behind a daemon. */
export type Engine = Pick<Assay, 'verify' | 'trace' | 'explore' | 'patch' | 'close'>;

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
