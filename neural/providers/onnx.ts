import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FEATURES } from '../nano/bytes.ts';
import {
  type Piece,
  type PredictionOptions,
  type PredictionTask,
  type Predictor,
  PredictorError,
  type PredictorIdentity,
} from '../predictor.ts';
import { Batcher } from './onnx/batcher.ts';
import { Decoder } from './onnx/decoder.ts';
import { loadVocabulary, predictText, type Vocabulary } from './onnx/hugging-face.ts';
import { KnownAnswers, predictWithNano } from './onnx/nano.ts';
import { OnnxOptions } from './onnx/options.ts';
import type { Provider, ProviderContext } from './provider.ts';

/** The model that comes with Assay. */
export const NANO_FILE = fileURLToPath(new URL('../../models/assay-nano.onnx', import.meta.url));

/** Models in this process: the embedded one, and decoders that were exported from Hugging Face's libraries. */
export const onnx: Provider<typeof OnnxOptions> = {
  schema: OnnxOptions,
  open: (options, context) => new OnnxPredictor(options, context),
};

interface Loaded {
  readonly batcher: Batcher;
  readonly execution: Decoder['execution'];
  /** Undefined for a model of assay-nano's kind. */
  readonly vocabulary: Vocabulary | undefined;
}

class OnnxPredictor implements Predictor {
  readonly capabilities;
  readonly #options: OnnxOptions;
  readonly #name: string;
  readonly #file: string;
  readonly #tokenizer: string | undefined;
  readonly #known = new KnownAnswers();
  #loaded: Promise<Loaded> | undefined;
  #execution: PredictorIdentity['execution'] = null;

  constructor(options: OnnxOptions, { name, directory }: ProviderContext) {
    this.#options = options;
    this.#name = name;
    this.#file = options.model === undefined ? NANO_FILE : resolve(directory, options.model);
    this.#tokenizer = findTokenizer(options, directory, this.#file);
    const output: 'text' | 'tokens' = this.#tokenizer === undefined ? 'tokens' : 'text';
    this.capabilities = {
      resumes: true,
      streams: true,
      stops: true,
      logprobs: false,
      output,
      batch: options.batch,
    };
  }

  get identity(): PredictorIdentity {
    const model = this.#options.model === undefined ? 'assay-nano' : this.#options.model;
    return { name: this.#name, provider: 'onnx', model, execution: this.#execution };
  }

  async *predict(task: PredictionTask, options: PredictionOptions): AsyncGenerator<Piece> {
    options.signal.throwIfAborted();
    const { batcher, vocabulary } = await this.#load();
    try {
      if (vocabulary === undefined) yield* predictWithNano(batcher, this.#known, task, options);
      else yield* predictText(batcher, vocabulary, this.#limits(), task, options);
    } catch (cause) {
      options.signal.throwIfAborted();
      if (cause instanceof PredictorError) throw cause;
      throw new PredictorError('malformed', 'the model cannot be run on this task', { cause });
    }
  }

  #limits(): { context: number; endTokens: ReadonlySet<number> } {
    return { context: this.#options.context, endTokens: new Set(this.#options.end_tokens) };
  }

  async check(signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const { execution } = await this.#load();
    signal.throwIfAborted();
    return `loaded, on ${execution}`;
  }

  async close(): Promise<void> {
    const loaded = await this.#loaded?.catch(() => undefined);
    this.#loaded = undefined;
    await loaded?.batcher.close();
  }

  #load(): Promise<Loaded> {
    this.#loaded ??= this.#open();
    // What was missing may be there next time.
    this.#loaded.catch(() => {
      this.#loaded = undefined;
    });
    return this.#loaded;
  }

  async #open(): Promise<Loaded> {
    if (!existsSync(this.#file)) throw new PredictorError('unsuited', 'the model’s file does not exist');
    const { device, threads, batch } = this.#options;
    const vocabulary = this.#tokenizer === undefined ? undefined : await loadVocabulary(this.#tokenizer);
    const inputWidth = vocabulary === undefined ? FEATURES : 1;
    const decoder = await Decoder.load(this.#file, { device, threads, inputWidth });
    this.#execution = decoder.execution;
    return { batcher: new Batcher(decoder, batch), execution: decoder.execution, vocabulary };
  }
}

function findTokenizer({ tokenizer, model }: OnnxOptions, directory: string, file: string): string | undefined {
  if (tokenizer !== undefined) return resolve(directory, tokenizer);
  if (model === undefined) return undefined;
  const beside = resolve(dirname(file), 'tokenizer.json');
  return existsSync(beside) ? beside : undefined;
}
