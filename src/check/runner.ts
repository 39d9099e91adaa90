import type { ReplayRequest } from '../../bridges/python/run.ts';
import { type Budget, DEFAULT_BUDGET } from '../../core/budget.ts';
import type { CallRecord } from '../../core/call-record.ts';
import { DEFAULT_CLOCK, type PythonVersion } from '../../core/program.ts';
import type { Outcome, Trace } from '../../core/trace.ts';
import type { ReplayOptions } from '../../workers/pool.ts';
import type { Engine } from '../verify/pipeline.ts';
import type { DrivenModule } from './driver.ts';

/** What several runs of one module's version showed. */
export interface SessionRun {
  /** False where the module could not be imported; `ended` then says why. */
  readonly loaded: boolean;
  readonly records: readonly CallRecord[];
  readonly ended: Outcome;
  /** Files that the run made or changed. */
  readonly files: readonly string[];
  readonly stdout: string;
}

/** Another world, in which a program that depends on nothing but its input does the same. */
export type Variant = 'plain' | 'other world';

const OTHER_WORLD = { seed: 0x5bd1_e995, clock: '2031-05-17T07:32:07Z' } as const;

/** What one run of a check may use: half of a verification's time, since there are many. */
export const CHECK_BUDGET: Budget = {
  ...DEFAULT_BUDGET,
  steps: 200_000,
  ms: 5000,
  output_kb: 256,
  files_mb: 4,
};

/** Runs sessions of calls on versions of modules. */
export class Runner {
  readonly python: PythonVersion;
  readonly #engine: Engine;
  readonly #call: ReplayOptions;
  /** Runs that were made, for the answer's figures. */
  runs = 0;

  constructor(engine: Engine, python: PythonVersion, call: ReplayOptions) {
    this.#engine = engine;
    this.python = python;
    this.#call = call;
  }

  get sealed(): boolean {
    return this.#engine.sealed;
  }

  async replay(request: ReplayRequest): Promise<Trace> {
    this.runs++;
    return (await this.#engine.pool(this.python).replay(request, this.#call)).trace;
  }

  /** Imports a module and makes calls on it, in an interpreter of its own. */
  async session(
    module: DrivenModule,
    calls: readonly string[],
    { variant = 'plain', budget = CHECK_BUDGET }: { variant?: Variant; budget?: Budget } = {},
  ): Promise<SessionRun> {
    const other = variant === 'other world';
    const world = other ? OTHER_WORLD : { seed: 0, clock: DEFAULT_CLOCK };
    const { outcome, session, stdout } = await this.replay({
      program: {
        source: module.source,
        entry: { script: true },
        python: this.python,
        world: { ...world, stdin: '', files: module.files },
      },
      budget,
      calls,
      unrecorded: true,
      shifted: other,
    });
    return {
      loaded: session !== undefined,
      records: session?.records ?? [],
      ended: outcome,
      files: session?.files ?? [],
      stdout,
    };
  }
}
