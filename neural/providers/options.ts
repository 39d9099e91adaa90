import { z } from 'zod';
import { OnnxOptions } from './onnx/options.ts';
import { OpenAiOptions } from './openai/options.ts';

export const RecordedOptions = z
  .strictObject({
    provider: z.literal('recorded'),
    file: z.string().min(1).describe('JSONL of recorded traces.'),
  })
  .meta({ id: 'RecordedPredictor', description: 'Replays traces that a model wrote before.' });

/** How a predictor is configured: its `provider`, and what that one needs. Apart from the providers, which load more. */
export const PredictorOptions = z
  .discriminatedUnion('provider', [OnnxOptions, OpenAiOptions, RecordedOptions])
  .meta({ id: 'PredictorOptions' });
export type PredictorOptions = z.infer<typeof PredictorOptions>;
