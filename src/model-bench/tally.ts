import type { DivergenceKind } from '../../core/divergence.ts';
import type { PredictorFigures, SimulateMode } from '../simulate/simulate-request.ts';
import type { Measurement } from './measure.ts';

/** Upper ends of the classes of length, in true frames; the last class has none. */
const LENGTHS = [10, 20, 50, 100, 200, 500] as const;

/** What was right of how many. */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

/** Programs of one class of length, by the family of their first divergence. */
export interface LengthClass {
  /** True frames, both ends included; null for no upper end. */
  readonly from: number;
  readonly to: number | null;
  readonly programs: number;
  readonly control: number;
  readonly state: number;
  readonly format: number;
  readonly none: number;
}

/** A model's figures over a data set. Frames and variables are added up over all programs. */
export interface ModelFigures {
  readonly mode: SimulateMode;
  readonly predictor: Pick<PredictorFigures, 'name' | 'provider' | 'model' | 'execution'> | null;
  readonly programs: number;
  /** Programs about which nothing can be said, by reason. */
  readonly left_out: Readonly<Record<string, number>>;
  /** Answers that were stopped by a limit, by which. They count as they stand. */
  readonly stopped: Readonly<Record<string, number>>;
  readonly shares: {
    /** Traces that can be read to their end. */
    readonly valid_format: Share;
    /** True frames whose state or value is claimed exactly. */
    readonly state_exact: Share;
    /** True frames whose source line is claimed exactly. */
    readonly action_exact: Share;
    /** Variables of true frames that are named. */
    readonly key_match: Share;
    /** Variables of true frames that are named with their value. */
    readonly key_value_match: Share;
    /** Programs whose result is claimed as it is. */
    readonly pass_at_1: Share;
    /** Programs whose whole trace is right. */
    readonly whole_trace: Share;
    /** Claimed frames that are right given the true frames before them; in a guided run all, else up to the first wrong one. */
    readonly frames_right: Share;
  };
  /** Frames put right in guided runs. */
  readonly corrections: number;
  /** First divergences by kind; in a guided run, first corrections. */
  readonly kinds: Readonly<Partial<Record<DivergenceKind, number>>>;
  readonly lengths: readonly LengthClass[];
  readonly tokens: number;
  readonly requests: number;
  readonly predicted_frames: number;
  /** Milliseconds that the model took, and the checking, added up over all programs. */
  readonly prediction_ms: number;
  readonly verification_ms: number;
  /** Median over the programs, in milliseconds. */
  readonly first_frame_ms: number | null;
}

type Measured = Extract<Measurement, { result: 'measured' }>;
type Shares = { -readonly [K in keyof ModelFigures['shares']]: { part: number; whole: number } };
type Lengths = { -readonly [K in keyof LengthClass]: LengthClass[K] }[];

/** Adds up measurements. */
export class Tally {
  readonly #mode: SimulateMode;
  readonly #shares: Shares = {
    valid_format: none(),
    state_exact: none(),
    action_exact: none(),
    key_match: none(),
    key_value_match: none(),
    pass_at_1: none(),
    whole_trace: none(),
    frames_right: none(),
  };
  readonly #leftOut = new Map<string, number>();
  readonly #stopped = new Map<string, number>();
  readonly #kinds = new Map<DivergenceKind, number>();
  readonly #lengths: Lengths = lengthClasses();
  readonly #firstFrames: number[] = [];
  readonly #sums = { tokens: 0, requests: 0, frames: 0, predictionMs: 0, verificationMs: 0, corrections: 0 };
  #predictor: ModelFigures['predictor'] = null;
  #programs = 0;

  constructor(mode: SimulateMode) {
    this.#mode = mode;
  }

  add(measurement: Measurement): void {
    if (measurement.result === 'left-out') {
      count(this.#leftOut, measurement.reason);
      return;
    }
    this.#programs += 1;
    this.#addShares(measurement);
    this.#addFirstDivergence(measurement);
    this.#addFigures(measurement.response.predictor);
  }

  figures(): ModelFigures {
    const { tokens, requests, frames, predictionMs, verificationMs, corrections } = this.#sums;
    return {
      mode: this.#mode,
      predictor: this.#predictor,
      programs: this.#programs,
      left_out: Object.fromEntries(this.#leftOut),
      stopped: Object.fromEntries(this.#stopped),
      shares: this.#shares,
      corrections,
      kinds: Object.fromEntries(this.#kinds),
      lengths: this.#lengths.filter(({ programs }) => programs > 0),
      tokens,
      requests,
      predicted_frames: frames,
      prediction_ms: Math.round(predictionMs),
      verification_ms: Math.round(verificationMs),
      first_frame_ms: median(this.#firstFrames),
    };
  }

  #addShares({ response, validFormat, variables }: Measured): void {
    const { metrics, status, predictor } = response;
    const { frames_true: frames } = metrics;
    const shares = this.#shares;
    put(shares.valid_format, validFormat ? 1 : 0, 1);
    put(shares.state_exact, metrics.state_exact * frames, frames);
    put(shares.action_exact, metrics.action_exact * frames, frames);
    put(shares.key_match, variables.named, variables.variables);
    put(shares.key_value_match, variables.right, variables.variables);
    put(shares.pass_at_1, metrics.output_exact, 1);
    const whole = status === 'verified' && predictor.corrections.length === 0;
    put(shares.whole_trace, whole ? 1 : 0, 1);
    const { control, state, format } = predictor.mistakes;
    put(shares.frames_right, predictor.right, predictor.right + control + state + format);
  }

  #addFirstDivergence({ response }: Measured): void {
    const { divergence, predictor, metrics } = response;
    const first = this.#mode === 'guided' ? (predictor.corrections[0] ?? divergence) : divergence;
    const { frames_true: frames } = metrics;
    const length = this.#lengths.find(({ to }) => to === null || frames <= to);
    if (length !== undefined) {
      length.programs += 1;
      length[first?.family ?? 'none'] += 1;
    }
    if (first !== null) count(this.#kinds, first.kind);
  }

  #addFigures(figures: PredictorFigures): void {
    const { name, provider, model, execution, stopped } = figures;
    this.#predictor = { name, provider, model, execution };
    this.#sums.tokens += figures.tokens;
    this.#sums.requests += figures.requests;
    this.#sums.frames += figures.frames;
    this.#sums.predictionMs += figures.prediction_ms;
    this.#sums.verificationMs += figures.verification_ms;
    this.#sums.corrections += figures.corrections.length;
    if (figures.first_frame_ms !== null) this.#firstFrames.push(figures.first_frame_ms);
    if (stopped !== null) count(this.#stopped, stopped.reason);
  }
}

function none() {
  return { part: 0, whole: 0 };
}

function put(share: { part: number; whole: number }, part: number, whole: number): void {
  // A share of frames times their number is a number of frames again.
  share.part += Math.round(part);
  share.whole += whole;
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function lengthClasses(): Lengths {
  const zero = { programs: 0, control: 0, state: 0, format: 0, none: 0 };
  const classes: Lengths = LENGTHS.map((to, index) => ({ from: (LENGTHS[index - 1] ?? 0) + 1, to, ...zero }));
  return [...classes, { from: (LENGTHS.at(-1) ?? 0) + 1, to: null, ...zero }];
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
