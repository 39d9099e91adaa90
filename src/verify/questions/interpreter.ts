import type { ReplayRequest } from '../../../bridges/python/run.ts';
import type { Budget } from '../../../core/budget.ts';
import { linesRun } from '../../../core/frame.ts';
import type { ResolvedProgram } from '../../../core/program.ts';
import type { ShadowRequest, ShadowRun } from '../../../core/shadow.ts';
import type { Trace } from '../../../core/trace.ts';
import { shadowRunFault } from '../../../symbolic/exploration/check-run.ts';
import type { Interpreter, Observed, Replayed } from '../../../symbolic/questions/subject.ts';
import { TermError } from '../../../symbolic/terms/table.ts';
import type { ReplayOptions } from '../../../workers/pool.ts';
import type { Engine } from '../pipeline.ts';

/** What the questions cost in the interpreter, in milliseconds. */
export interface InterpreterTimes {
  queue: number;
  replay: number;
}

/** Milliseconds that one input may take: a question tries many. */
const INPUT_MS = 1000;

/** Runs programs for the questions: one program, or the two versions that are compared. */
export class PooledInterpreter implements Interpreter {
  readonly times: InterpreterTimes = { queue: 0, replay: 0 };
  /** Runs that were made. */
  runs = 0;
  readonly #engine: Engine;
  readonly #programs: readonly ResolvedProgram[];
  readonly #budget: Budget;
  readonly #call: ReplayOptions;

  constructor(engine: Engine, programs: readonly ResolvedProgram[], budget: Budget, call: ReplayOptions) {
    this.#engine = engine;
    this.#programs = programs;
    this.#budget = { ...budget, ms: Math.min(budget.ms, INPUT_MS) };
    this.#call = call;
  }

  get engine(): Engine {
    return this.#engine;
  }

  #program(side: number): ResolvedProgram {
    const program = this.#programs[side];
    if (program === undefined) throw new Error(`there is no program ${side}`);
    return program;
  }

  async shadow(request: Omit<ShadowRequest, 'program' | 'budget'>, side = 0): Promise<ShadowRun> {
    this.runs++;
    const program = this.#program(side);
    const pool = this.#engine.pool(program.python);
    const { run, queueMs, runMs } = await pool.shadow({ ...request, program, budget: this.#budget }, this.#call);
    this.times.queue += queueMs;
    this.times.replay += runMs;
    const fault = faultOf(run);
    // Its terms are of no use: whatever they say is left out, and the run counts as one that was stopped.
    return fault === undefined ? run : voided(run, fault);
  }

  async #replay(side: number, request: Omit<ReplayRequest, 'program' | 'budget'>, call?: string): Promise<Trace> {
    this.runs++;
    const program = this.#program(side);
    const { trace, queueMs, replayMs } = await this.#engine
      .pool(program.python)
      .replay(
        { ...request, program: call === undefined ? program : { ...program, entry: { call } }, budget: this.#budget },
        this.#call,
      );
    this.times.queue += queueMs;
    this.times.replay += replayMs;
    return trace;
  }

  async replay(expression: string, side = 0): Promise<Replayed> {
    const { outcome, stdout, frames } = await this.#replay(side, {}, expression);
    const lines = linesRun(frames);
    switch (outcome.kind) {
      case 'returned':
        return { kind: 'returned', repr: outcome.value, stdout, lines };
      case 'raised':
        return { kind: 'raised', type: outcome.type, stdout, lines };
      case 'halted':
        return { kind: 'halted', detail: outcome.detail };
    }
  }

  async observe(call: string, side = 0): Promise<Observed> {
    const { session } = await this.#replay(side, { unrecorded: true, calls: [call] });
    const record = session?.records[0];
    if (record === undefined || record.outcome.kind === 'halted') return { outcome: null, after: [], stdout: '' };
    const { outcome, after, stdout } = record;
    const text = outcome.kind === 'returned' ? outcome.value : outcome.type;
    return { outcome: { kind: outcome.kind, text }, after: after.map(([, value]) => value), stdout };
  }
}

function faultOf(run: ShadowRun): string | undefined {
  try {
    return shadowRunFault(run);
  } catch (error) {
    if (error instanceof TermError || error instanceof SyntaxError) return error.message;
    throw error;
  }
}

function voided(run: ShadowRun, detail: string): ShadowRun {
  return {
    ...run,
    terms: [],
    variables: [],
    conditions: [],
    after: [],
    stdout: { t: 'str', v: '' },
    ensured: null,
    outcome: { kind: 'halted', reason: 'engine', detail: `the run’s terms do not agree with it: ${detail}` },
  };
}
