import type { Frame } from '../core/frame.ts';
import type { PythonVersion } from '../core/program.ts';

/** What a predictor is asked to go on from. */
export interface PredictionTask {
  /** Text of the module as the model is to see it: the entry's `def` line carries the mark. */
  readonly source: string;
  readonly python: PythonVersion;
  /**
   * True frames that the model takes as given, from the first one on; the prediction starts behind them. Empty where the
   * model tells the first frame itself. A predictor that does not resume is only given tasks without frames.
   */
  readonly frames: readonly Frame[];
}

export interface PredictionOptions {
  /** Stops the model; the stream then throws the signal's reason. */
  readonly signal: AbortSignal;
  /** 0 takes the likeliest token each time. */
  readonly temperature: number;
  /**
   * Most frames that are wanted; null for all up to the end. A hint: a predictor may give more, but one that answers in
   * one piece should not.
   */
  readonly frames: number | null;
}

/** A piece of what a model writes, as it comes. */
export interface Piece {
  /** Ordinary text, or the id of a special token of the trace format (`TOKEN_IDS`). */
  readonly content: string | number;
  /** How many tokens of the model it stands for. */
  readonly tokens: number;
  /** Natural logarithm of the piece's probability, where the predictor gives it. */
  readonly logprob?: number;
}

export interface PredictorCapabilities {
  /** Goes on from given frames. Without it a predictor can be asked for whole traces only, not be guided. */
  readonly resumes: boolean;
  /** Gives pieces as the model makes them, rather than one answer at the end. */
  readonly streams: boolean;
  /** Keeps to {@link PredictionOptions.frames}. */
  readonly stops: boolean;
  /** Gives {@link Piece.logprob}. */
  readonly logprobs: boolean;
  /**
   * What special tokens come as: `tokens` as ids, so that a tag within ordinary text is text; `text` as tags, or not at
   * all where a decoder dropped them.
   */
  readonly output: 'tokens' | 'text';
  /** How many tasks may be under way at one time before they only wait for each other, at least 1. */
  readonly batch: number;
}

/** Which model answers, as it is named beside each answer. */
export interface PredictorIdentity {
  /** The name that the configuration gives it. */
  readonly name: string;
  /** Kind of provider, such as `openai`. */
  readonly provider: string;
  /** The model's own name, where one is known. */
  readonly model: string | null;
  /** What computes: `cuda` or `cpu` in this process, `remote` elsewhere, `none` where nothing does; null until known. */
  readonly execution: 'cuda' | 'cpu' | 'remote' | 'none' | null;
}

/**
 * A model that writes traces of programs.
 *
 * Calls may overlap; they do not disturb each other, and a call that failed does not harm the next one.
 */
export interface Predictor {
  readonly identity: PredictorIdentity;
  readonly capabilities: PredictorCapabilities;
  /**
   * What the model writes behind the prompt and the given frames, in CWM's format. The stream holds the end of the trace
   * (`end_of_text`) only if the model said it: a stream that stops without it was cut by a limit.
   *
   * @throws {PredictorError} while it is read; what came before it stands. The signal's reason where that fires
   */
  predict(task: PredictionTask, options: PredictionOptions): AsyncIterable<Piece>;
  /**
   * Finds out whether the predictor can work, as cheaply as that can be told.
   *
   * @returns what was found, in a few words
   * @throws {PredictorError} where it cannot; the signal's reason where that fires
   */
  check(signal: AbortSignal): Promise<string>;
  /** Frees what it holds. Calls under way fail. */
  close(): Promise<void>;
}

/**
 * - `unavailable`: nobody answers, or everybody is busy, after all attempts
 * - `refused`: the model's server takes no such request (key, model name, parameters)
 * - `timeout`: an answer, or the next piece of it, did not come in time
 * - `broken`: the stream ended in the middle
 * - `malformed`: the answer is not what its protocol says
 * - `unsuited`: this predictor cannot take this task (too long, not recorded, files that do not fit)
 */
export type PredictorProblem = 'unavailable' | 'refused' | 'timeout' | 'broken' | 'malformed' | 'unsuited';

/** Why a predictor gave no whole answer. Its message may be shown to a caller: it holds no key and no address. */
export class PredictorError extends Error {
  override readonly name = 'PredictorError';
  readonly problem: PredictorProblem;
  /** What the model's server said about it, without the key: for whoever configured it, not for callers. */
  readonly said: string | undefined;

  constructor(problem: PredictorProblem, message: string, options: ErrorOptions & { readonly said?: string } = {}) {
    super(message, options);
    this.problem = problem;
    this.said = options.said;
  }
}
