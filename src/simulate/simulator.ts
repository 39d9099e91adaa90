import type { TraceClaim } from '../../core/claim.ts';
import { describeOutcome } from '../../core/compare/wording.ts';
import { Fault } from '../../core/fault.ts';
import type { Program, ResolvedProgram } from '../../core/program.ts';
import { resolveProgram } from '../../core/program.ts';
import type { Trace } from '../../core/trace.ts';
import { VerifyOptions, type VerifyResponse } from '../../core/verdict.ts';
import type { Predictor } from '../../neural/predictor.ts';
import type { Reading } from '../../neural/reader/reading.ts';
import type { Assay, CallOptions } from '../verify/assay.ts';
import { unusable } from '../verify/judgement.ts';
import { resolveBudget } from '../verify/question.ts';
import { FreeRun } from './free.ts';
import { GuidedRun } from './guided.ts';
import type { PredictorSet } from './predictors.ts';
import { promptedProgram } from './prompted-program.ts';
import { claimOf, Session } from './session.ts';
import { type SimulateEvent, SimulateRequest } from './simulate-request.ts';

/** What a simulation needs of the engine. */
export type SimulationEngine = Pick<Assay, 'verify' | 'replay'>;

type Resolved = ReturnType<typeof SimulateRequest.parse>;

/** Has models simulate programs, and checks what they write. */
export class Simulator {
  readonly #engine: SimulationEngine;
  readonly predictors: PredictorSet;

  constructor(engine: SimulationEngine, predictors: PredictorSet) {
    this.#engine = engine;
    this.predictors = predictors;
  }

  /**
   * Has a model simulate a program: an event for each frame as it is checked, then one with the verdict. Ending the
   * generator, or the signal, stops the model.
   *
   * @throws {Fault} where the request does not fit, or the predictor fails before it has given anything; the signal's
   *   reason where that fires
   */
  async *simulate(request: SimulateRequest, options: CallOptions = {}): AsyncGenerator<SimulateEvent> {
    const asked = SimulateRequest.parse(request);
    const predictor = this.predictors.open(asked.predictor);
    refuseUnfit(asked, predictor);
    const program = promptedProgram(asked.program);
    const { deadlineMs = Number.POSITIVE_INFINITY } = options;
    const timeout = new AbortController();
    // Not AbortSignal.timeout, which would hold on to all of a simulation until an hour is over.
    const timer = setTimeout(() => timeout.abort(), Math.min(asked.max_ms, deadlineMs));
    try {
      yield* new Simulation(this.#engine, asked, predictor, program, options, timeout.signal).run();
    } finally {
      clearTimeout(timer);
    }
  }
}

function refuseUnfit({ mode, program }: Resolved, { capabilities, identity }: Predictor): void {
  if (mode === 'guided' && !capabilities.resumes) {
    const message = `the predictor ${JSON.stringify(identity.name)} cannot go on from a corrected frame; ask for mode "free"`;
    throw new Fault('invalid-request', message, { errors: [{ path: '/mode', message }] });
  }
  if (program.source === '') {
    throw new Fault('invalid-request', 'The program is empty.', {
      errors: [{ path: '/program/source', message: 'is empty' }],
    });
  }
}

class Simulation {
  readonly #engine: SimulationEngine;
  readonly #asked: Resolved;
  readonly #program: Program;
  readonly #resolved: ResolvedProgram;
  readonly #session: Session;
  readonly #call: CallOptions;

  constructor(
    engine: SimulationEngine,
    asked: Resolved,
    predictor: Predictor,
    program: Program,
    call: CallOptions,
    timeout: AbortSignal,
  ) {
    this.#engine = engine;
    this.#asked = asked;
    const { deadlineMs: _deadlineMs, ...lasting } = call;
    // Counted from now: what is asked of the engine later has less left, and the model is what takes time.
    this.#call = lasting;
    this.#resolved = resolveProgram(program, '3.10');
    this.#program = { ...program, python: this.#resolved.python };
    this.#session = new Session({
      predictor,
      mode: asked.mode,
      program: this.#resolved,
      temperature: asked.temperature,
      maxFrames: asked.max_frames,
      signal: call.signal ?? new AbortController().signal,
      timeout,
    });
  }

  async *run(): AsyncGenerator<SimulateEvent> {
    const truth = await this.#replay();
    const { outcome } = truth;
    // The model may have to choose the arguments of an entry; one that is never reached has nothing to be told.
    const unreached = outcome.kind === 'raised' && outcome.atImport === true ? describeOutcome(outcome) : undefined;
    const stop = unusable(truth)?.message ?? unreached;
    if (stop !== undefined) {
      this.#session.stop('program', stop);
      yield await this.#conclude(claimOf(truth.frames.slice(0, 1), this.#session.lines, false));
      return;
    }
    yield* this.#asked.mode === 'free' ? this.#runFree(truth) : this.#runGuided(truth);
  }

  async *#runFree(truth: Trace): AsyncGenerator<SimulateEvent> {
    const free = new FreeRun(this.#session, truth, (input) => this.#replay(input));
    for await (const data of free.run()) yield { event: 'frame', data };
    yield await this.#conclude(free.claim());
  }

  async *#runGuided(marked: Trace): AsyncGenerator<SimulateEvent> {
    const { lines } = this.#session;
    // An entry that takes arguments and was given none: the model chooses them in its first frame.
    const first = marked.frames.length === 0 ? await this.#firstReading() : undefined;
    const input = first?.kind === 'frame' ? first.frame.locals : undefined;
    const truth = input === undefined ? marked : await this.#replay(input);
    const guided = new GuidedRun(this.#session, truth);
    if (truth.frames.length > 0) {
      for await (const data of guided.run(first === undefined ? [] : [first])) yield { event: 'frame', data };
    }
    const claim =
      truth.frames.length > 0
        ? claimOf(guided.accepted, lines, guided.whole)
        : ({ kind: 'trace', format: 'cwm', text: first?.kind === 'frame' ? first.text : '' } as const);
    yield await this.#conclude(claim);
  }

  async #firstReading(): Promise<Reading | undefined> {
    for await (const reading of this.#session.readings([])) return reading;
    return undefined;
  }

  async #replay(input?: ReadonlyMap<string, string>): Promise<Trace> {
    const request = {
      program: this.#resolved,
      budget: resolveBudget(this.#asked.budget),
      ...(input !== undefined && { input: Object.fromEntries(input) }),
    };
    const { trace, replayMs } = await this.#engine.replay(request, this.#call);
    this.#session.figures.verification_ms += replayMs;
    return trace;
  }

  async #conclude(claim: TraceClaim): Promise<SimulateEvent> {
    const { budget } = this.#asked;
    const response = await this.#engine.verify(
      {
        program: this.#program,
        claim,
        options: VerifyOptions.parse({ correction: false, ...(budget !== undefined && { budget }) }),
      },
      this.#call,
    );
    const { replay, compare } = response.timings_ms;
    this.#session.figures.verification_ms += replay + compare;
    if (this.#asked.mode === 'free') this.#countFree(response);
    return { event: 'done', data: { ...response, predictor: this.#session.report() }, claim };
  }

  /** First cause and echoes of a free run, as its verdict has them. */
  #countFree({ divergence, frames, metrics }: VerifyResponse): void {
    if (divergence === null) return;
    const { figures } = this.#session;
    this.#session.mistake(divergence);
    const transitions = Math.max(0, frames.claimed - 1);
    const behind = Math.max(0, frames.claimed - frames.matched - 1);
    const valid = Math.round(metrics.steps_valid * transitions) - Math.max(0, frames.matched - 1);
    figures.echoes = Math.min(behind, Math.max(0, valid));
    figures.unfollowed = behind - figures.echoes;
  }
}
