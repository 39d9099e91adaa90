import { afterAll, beforeAll } from 'vitest';
import type { ReplayRequest } from '../../../bridges/python/run.ts';
import { type Budget, DEFAULT_BUDGET } from '../../../core/budget.ts';
import { type Program, type PythonVersion, resolveProgram } from '../../../core/program.ts';
import type { Trace } from '../../../core/trace.ts';
import { ReplayPool } from '../../../workers/pool.ts';

/** Replays programs in one thread, one after the other. */
export interface Replays {
  replay(program: Program, budget?: Partial<Budget>, more?: Partial<ReplayRequest>): Promise<Trace>;
}

/** Starts an interpreter before the tests of a block and ends it after them. */
export function useReplays(python: PythonVersion): Replays {
  const pool = new ReplayPool({ python, threads: 1, queue: 1000 });
  beforeAll(() => pool.start());
  afterAll(() => pool.close());
  return {
    async replay(program, budget, more) {
      const request = { program: resolveProgram(program, python), budget: { ...DEFAULT_BUDGET, ...budget }, ...more };
      return (await pool.replay(request)).trace;
    },
  };
}

/** The frames in short: `event line function state`. */
export function shorthand({ frames }: Trace): string[] {
  return Array.from(frames, ({ event, line, function: name, locals, arg }) => {
    const state = locals === undefined ? arg : [...locals].map(([key, repr]) => `${key}=${repr}`).join(' ');
    return `${event} ${line} ${name} ${state}`.trimEnd();
  });
}
