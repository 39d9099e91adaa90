import type { z } from 'zod';
import type { Predictor } from '../predictor.ts';

/** What a provider may use to open a predictor. */
export interface ProviderContext {
  /** The name that the configuration gives the predictor. */
  readonly name: string;
  /** Directory that relative paths of the configuration start in. */
  readonly directory: string;
  /** Variables of the environment: keys are read from here alone. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A kind of predictor: how it is configured, and how one is opened. */
export interface Provider<Schema extends z.ZodType> {
  readonly schema: Schema;
  /**
   * Makes a predictor. Nothing is loaded or asked yet: that is for its first use.
   *
   * @throws {PredictorError} where the configuration alone shows that it cannot work
   */
  open(options: z.infer<Schema>, context: ProviderContext): Predictor;
}
