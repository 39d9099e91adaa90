import { z } from 'zod';

export const OnnxOptions = z
  .strictObject({
    provider: z.literal('onnx'),
    model: z
      .string()
      .min(1)
      .optional()
      .describe('ONNX file of a decoder, exported with its KV cache. Without it the embedded model answers.'),
    tokenizer: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Its `tokenizer.json`; by default the one beside the model. A model without one is read as an assay-nano.',
      ),
    device: z.enum(['auto', 'cuda', 'cpu']).default('auto').describe('`auto` takes CUDA where it works.'),
    threads: z.int().min(1).max(256).optional().describe('Processors for one run on the CPU; half of all by default.'),
    batch: z.int().min(1).max(256).default(8).describe('Most traces that are decoded side by side.'),
    context: z.int().min(2).max(1_000_000).default(8192).describe('Most tokens that a model with a tokenizer takes.'),
    end_tokens: z.array(z.int().min(0)).default([]).describe('Ids that end a text, besides `<|end_of_text|>`.'),
  })
  .meta({ id: 'OnnxPredictor', description: 'Runs a model in this process, by ONNX Runtime.' });
export type OnnxOptions = z.infer<typeof OnnxOptions>;
