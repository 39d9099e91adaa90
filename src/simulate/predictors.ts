import { Fault } from '../../core/fault.ts';
import { type Predictor, PredictorError } from '../../neural/predictor.ts';
import { openPredictor } from '../../neural/providers/list.ts';
import type { PredictorOptions } from '../../neural/providers/options.ts';

export interface PredictorSetOptions {
  /** Configured predictors by name. */
  readonly predictors: ReadonlyMap<string, PredictorOptions>;
  /** Which one answers where a request names none. */
  readonly fallback: string | undefined;
  /** Directory that relative paths of the configuration start in. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const NONE: PredictorSetOptions = { predictors: new Map(), fallback: undefined, directory: '.', environment: {} };

/** The configured predictors, each opened when it is first asked for. */
export class PredictorSet {
  readonly #options: PredictorSetOptions;
  readonly #open = new Map<string, Predictor>();

  constructor(options: Partial<PredictorSetOptions> = {}) {
    this.#options = { ...NONE, ...options };
  }

  get names(): readonly string[] {
    return [...this.#options.predictors.keys()];
  }

  /**
   * The predictor of a name, or the default one.
   *
   * @throws {Fault} `invalid-request` where there is none of that name, `predictor-failed` where it cannot be opened
   */
  open(asked: string | undefined): Predictor {
    const name = asked ?? this.#options.fallback;
    const options = name === undefined ? undefined : this.#options.predictors.get(name);
    if (name === undefined || options === undefined) throw this.#unknown(asked);
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const { directory, environment } = this.#options;
    try {
      const predictor = openPredictor(options, { name, directory, environment });
      this.#open.set(name, predictor);
      return predictor;
    } catch (error) {
      if (!(error instanceof PredictorError)) throw error;
      throw new Fault('predictor-failed', `predictor ${JSON.stringify(name)}: ${error.message}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map((predictor) => predictor.close()));
  }

  #unknown(asked: string | undefined): Fault {
    const known = this.names;
    const list =
      known.length === 0 ? 'none is configured, see `predictors` in the README' : `there are ${known.join(', ')}`;
    const { fallback } = this.#options;
    const wanted = asked ?? fallback;
    const message =
      wanted === undefined
        ? `name a predictor; ${list}`
        : `no predictor ${JSON.stringify(wanted)}${asked === undefined ? ', which is the configured default' : ''}; ${list}`;
    return new Fault('invalid-request', message, { errors: [{ path: '/predictor', message }] });
  }
}
