import { z } from 'zod';

const Milliseconds = z.int().min(1).max(3_600_000);

export const OpenAiOptions = z
  .strictObject({
    provider: z.literal('openai'),
    url: z
      .url({ protocol: /^https?$/ })
      .describe('Where the API begins, such as `http://127.0.0.1:8000/v1`; `/completions` is added.'),
    model: z.string().min(1).describe('The model’s name as the server knows it.'),
    dialect: z
      .enum(['openai', 'cwm'])
      .default('openai')
      .describe(
        '`openai`: streams; vLLM, SGLang, llama.cpp. `cwm`: the server of CWM’s own repository, which answers at once with token ids; needs `tokenizer`.',
      ),
    tokenizer: z
      .string()
      .min(1)
      .optional()
      .describe('A `tokenizer.json`. With it the prompt is sent as token ids, without it as text.'),
    key_variable: z
      .string()
      .regex(/^[A-Z_][A-Z0-9_]*$/)
      .optional()
      .describe('Name of the environment’s variable that holds the key. The key itself stands in no file.'),
    max_tokens: z.int().min(1).max(1_000_000).default(8_192).describe('Most tokens of one answer.'),
    logprobs: z.boolean().default(false).describe('Ask for log-probabilities.'),
    concurrency: z.int().min(1).max(1_024).default(8).describe('Requests in flight at one time.'),
    retries: z
      .int()
      .min(0)
      .max(10)
      .default(4)
      .describe('Further attempts where the server is busy or not there, before any of an answer has come.'),
    timeout_ms: Milliseconds.default(60_000).describe('How long the first of an answer may take.'),
    idle_ms: Milliseconds.default(30_000).describe('How long an answer may pause once it has begun.'),
    extra: z
      .record(z.string(), z.unknown())
      .default({ skip_special_tokens: false, add_special_tokens: false, spaces_between_special_tokens: false })
      .describe('Further fields of each request. By default those by which vLLM and SGLang keep special tokens.'),
  })
  .meta({ id: 'OpenAiPredictor', description: 'A model behind an OpenAI-compatible completions API.' });
export type OpenAiOptions = z.infer<typeof OpenAiOptions>;
