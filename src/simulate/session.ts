import type { Divergence } from '../../core/divergence.ts';
import { Fault, type FaultCode } from '../../core/fault.ts';
import type { Frame } from '../../core/frame.ts';
import type { ResolvedProgram } from '../../core/program.ts';
import { sourceLines } from '../../core/program.ts';
import { renderIds, renderTagged } from '../../neural/formats/cwm/render.ts';
import { type Predictor, PredictorError, type PredictorProblem } from '../../neural/predictor.ts';
import { FrameReader } from '../../neural/reader/frame-reader.ts';
import type { Reading } from '../../neural/reader/reading.ts';
import type { PredictorFigures, SimulateMode } from './simulate-request.ts';

/** Characters that a model may write in one simulation. */
export const MAX_CHARACTERS = 16 << 20;

const FAULT_OF: Readonly<Record<PredictorProblem, FaultCode>> = {
  unavailable: 'predictor-unavailable',
  refused: 'predictor-failed',
  timeout: 'predictor-timeout',
  broken: 'predictor-failed',
  malformed: 'predictor-failed',
  unsuited: 'invalid-request',
};

/** The fault that a predictor's failure is to a caller. */
export function predictorFault(error: PredictorError, name: string): Fault {
  const { problem, message } = error;
  const errors = problem === 'unsuited' ? { errors: [{ path: '/predictor', message }] } : {};
  return new Fault(FAULT_OF[problem], `predictor ${JSON.stringify(name)}: ${message}`, { ...errors, cause: error });
}

type Counts = { -readonly [K in keyof PredictorFigures]: PredictorFigures[K] };
type Stop = NonNullable<PredictorFigures['stopped']>;

export interface SessionOptions {
  readonly predictor: Predictor;
  readonly mode: SimulateMode;
  readonly program: ResolvedProgram;
  readonly temperature: number;
  readonly maxFrames: number;
  /** Fires where the caller has gone. */
  readonly signal: AbortSignal;
  /** Fires where the time is over. */
  readonly timeout: AbortSignal;
}

/** One simulation: asks the model, keeps its limits, and counts. */
export class Session {
  readonly options: SessionOptions;
  /** Physical lines of the program. */
  readonly lines: readonly string[];
  readonly figures: Counts;
  #characters = 0;

  constructor(options: SessionOptions) {
    this.options = options;
    this.lines = sourceLines(options.program.source);
    this.figures = {
      ...options.predictor.identity,
      mode: options.mode,
      frames: 0,
      right: 0,
      mistakes: { control: 0, state: 0, format: 0 },
      corrections: [],
      echoes: 0,
      unfollowed: 0,
      unjudged: 0,
      requests: 0,
      tokens: 0,
      first_frame_ms: null,
      prediction_ms: 0,
      verification_ms: 0,
      stopped: null,
    };
  }

  get stopped(): boolean {
    return this.figures.stopped !== null;
  }

  stop(reason: Stop['reason'], detail: string): void {
    this.figures.stopped ??= { reason, detail };
  }

  stopAtFrames(): void {
    this.stop('frames', `the model was stopped after ${this.options.maxFrames} frames`);
  }

  /** Counts a first cause. */
  mistake({ family }: Divergence): void {
    this.figures.mistakes[family] += 1;
  }

  /**
   * Asks the model to go on, and gives what it writes as it comes. Ends early where a limit or a failure stops it.
   *
   * @param given true frames that the model goes on from
   * @param onContent told all that the model writes
   * @throws {Fault} where the predictor fails before it has given anything
   */
  async *readings(given: readonly Frame[], onContent?: (content: string | number) => void): AsyncGenerator<Reading> {
    const { predictor, mode, program, signal, timeout, temperature, maxFrames } = this.options;
    const { figures } = this;
    figures.requests += 1;
    const reader = new FrameReader(this.lines);
    const began = performance.now();
    const stop = AbortSignal.any([signal, timeout]);
    let since = began;
    const give = (readings: readonly Reading[]): readonly Reading[] => {
      figures.prediction_ms += performance.now() - since;
      for (const { kind } of readings) if (kind === 'frame') figures.frames += 1;
      if (readings.length > 0) figures.first_frame_ms ??= round(performance.now() - began);
      return readings;
    };
    const pieces = predictor.predict(
      { source: program.source, python: program.python, frames: given },
      { signal: stop, temperature, frames: mode === 'guided' && !predictor.capabilities.streams ? 1 : null },
    );
    try {
      for await (const { content, tokens } of pieces) {
        figures.tokens += tokens;
        this.#characters += typeof content === 'string' ? content.length : 1;
        onContent?.(content);
        for (const reading of give(reader.push({ content }))) {
          yield reading;
          if (figures.frames >= maxFrames) this.stopAtFrames();
          if (this.stopped) return;
        }
        if (this.#characters > MAX_CHARACTERS) {
          this.stop('size', `the model was stopped after ${MAX_CHARACTERS} characters`);
          return;
        }
        since = performance.now();
      }
    } catch (error) {
      if (!timeout.aborted || signal.aborted) this.#fail(error);
      this.stop('time', 'the model was stopped when its time was over');
    }
    // What a broken stream leaves half written says nothing.
    if (!this.stopped) yield* give(reader.finish());
  }

  /** Runs a part of the checking, and counts its time. */
  check<T>(work: () => T): T {
    const began = performance.now();
    try {
      return work();
    } finally {
      this.figures.verification_ms += performance.now() - began;
    }
  }

  /** One true frame as text. @param known what its `..` may refer to */
  textOf(frame: Frame, known: Frame | undefined): string {
    const frames = known === undefined ? [frame] : [known, frame];
    return renderTagged(frames, this.lines, { from: frames.length - 1, end: false });
  }

  /** The figures as they are answered. */
  report(): PredictorFigures {
    const { figures, options } = this;
    const { execution, model } = options.predictor.identity;
    const times = { prediction_ms: round(figures.prediction_ms), verification_ms: round(figures.verification_ms) };
    return { ...figures, execution, model, ...times };
  }

  #fail(error: unknown): void {
    if (!(error instanceof PredictorError)) throw error;
    if (this.figures.requests === 1 && this.#characters === 0) {
      throw predictorFault(error, this.options.predictor.identity.name);
    }
    this.stop('predictor', error.message);
  }
}

/** What a `..` in the frame behind these refers to: forgotten at a return, kept across an exception. */
export function knownBehind(known: Frame | undefined, frame: Frame): Frame | undefined {
  if (frame.event === 'return') return undefined;
  return frame.event === 'exception' ? known : frame;
}

/** Frames as a claim that nothing is open in. */
export function claimOf(frames: readonly Frame[], lines: readonly string[], end: boolean) {
  return { kind: 'trace', format: 'cwm-ids', tokens: renderIds(frames, lines, { end }) } as const;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
