import { z } from 'zod';
import type { Predictor } from '../predictor.ts';
import { OpenAiOptions } from './openai/options.ts';
import { openai } from './openai.ts';
import type { Provider, ProviderContext } from './provider.ts';
import { RecordedOptions, recorded } from './recorded.ts';

/** How a predictor is configured: its `provider`, and what that one needs. */
export const PredictorOptions = z
  .discriminatedUnion('provider', [OpenAiOptions, RecordedOptions])
  .meta({ id: 'PredictorOptions' });
export type PredictorOptions = z.infer<typeof PredictorOptions>;

type Kind = PredictorOptions['provider'];
type OptionsOf<K extends Kind> = Extract<PredictorOptions, { provider: K }>;

/** Every provider, by the name that a configuration gives it. */
const PROVIDERS: { readonly [K in Kind]: Provider<z.ZodType<OptionsOf<K>>> } = { openai, recorded };

/**
 * Opens the predictor that a configuration describes.
 *
 * @throws {PredictorError} where the configuration alone shows that it cannot work
 */
export function openPredictor(options: PredictorOptions, context: ProviderContext): Predictor {
  return openAs(options.provider, options, context);
}

function openAs<K extends Kind>(kind: K, options: OptionsOf<K>, context: ProviderContext): Predictor {
  return PROVIDERS[kind].open(options, context);
}
