import type { z } from 'zod';
import type { Predictor } from '../predictor.ts';
import { onnx } from './onnx.ts';
import { openai } from './openai.ts';
import type { PredictorOptions } from './options.ts';
import type { Provider, ProviderContext } from './provider.ts';
import { recorded } from './recorded.ts';

type Kind = PredictorOptions['provider'];
type OptionsOf<K extends Kind> = Extract<PredictorOptions, { provider: K }>;

/** Every provider, by the name that a configuration gives it. */
const PROVIDERS: { readonly [K in Kind]: Provider<z.ZodType<OptionsOf<K>>> } = {
  onnx,
  openai,
  recorded,
};

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
