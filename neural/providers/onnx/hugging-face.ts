import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Tokenizer } from '@huggingface/tokenizers';
import { sourceLines } from '../../../core/program.ts';
import { renderPrompt } from '../../formats/cwm/prompt.ts';
import { renderTagged } from '../../formats/cwm/render.ts';
import { tagOf } from '../../formats/cwm/tokens.ts';
import { type Piece, type PredictionOptions, type PredictionTask, PredictorError } from '../../predictor.ts';
import type { Batcher } from './batcher.ts';
import type { Sequence } from './decoder.ts';

/** What a decoder writes when it has not come to the end of a character yet. */
const HALF_A_CHARACTER = '\ufffd';

const END = tagOf('end_of_text');
const FRAME_END = tagOf('frame_sep');

/** An exported decoder's vocabulary. */
export interface Vocabulary {
  encode(text: string): number[];
  /** Special tokens as their tags. */
  decode(tokens: readonly number[]): string;
}

/**
 * Reads `tokenizer.json`, and `tokenizer_config.json` where it stands beside it.
 *
 * @throws {PredictorError} `unsuited` where it is none
 */
export async function loadVocabulary(file: string): Promise<Vocabulary> {
  const { Tokenizer: HuggingFaceTokenizer } = await import('@huggingface/tokenizers');
  let tokenizer: Tokenizer;
  try {
    const settings = await readFile(join(dirname(file), 'tokenizer_config.json'), 'utf8').catch(() => '{}');
    tokenizer = new HuggingFaceTokenizer(JSON.parse(await readFile(file, 'utf8')), JSON.parse(settings));
  } catch (cause) {
    throw new PredictorError('unsuited', 'the tokenizer cannot be read', { cause });
  }
  return {
    encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    decode: (tokens) =>
      tokenizer.decode([...tokens], { skip_special_tokens: false, clean_up_tokenization_spaces: false }),
  };
}

export interface TextLimits {
  /** Most tokens that the model sees, prompt included. */
  readonly context: number;
  /** Ids of tokens that end the text, besides the one that is written `<|end_of_text|>`. */
  readonly endTokens: ReadonlySet<number>;
}

/** Writes a trace with a model that goes on from CWM's prompt, as text. */
export async function* predictText(
  batcher: Batcher,
  vocabulary: Vocabulary,
  limits: TextLimits,
  task: PredictionTask,
  options: PredictionOptions,
): AsyncGenerator<Piece> {
  const { source, frames } = task;
  const given = renderTagged(frames, sourceLines(source), { end: false });
  const prompt = vocabulary.encode(renderPrompt(source) + given);
  if (prompt.length === 0 || prompt.length >= limits.context) {
    throw new PredictorError('unsuited', `the prompt has ${prompt.length} tokens, the model takes ${limits.context}`);
  }
  // Whoever leaves the stream early stops the model too.
  const left = new AbortController();
  const signal = AbortSignal.any([options.signal, left.signal]);
  const text = new TextSequence({ prompt, vocabulary, limits, options, signal });
  const decoded = batcher.decode(text).finally(() => text.end());
  decoded.catch(() => undefined);
  try {
    yield* text.pieces();
    await decoded;
  } finally {
    left.abort();
  }
}

interface TextSequenceOptions {
  readonly prompt: readonly number[];
  readonly vocabulary: Vocabulary;
  readonly limits: TextLimits;
  readonly options: PredictionOptions;
  readonly signal: AbortSignal;
}

/** A text that is read while it is being decoded. */
class TextSequence implements Sequence {
  readonly prompt: readonly number[];
  readonly temperature: number;
  readonly signal: AbortSignal;
  readonly #vocabulary: Vocabulary;
  readonly #limits: TextLimits;
  readonly #frames: number;
  readonly #ready: Piece[] = [];
  /** Tokens that do not make whole characters yet. */
  #held: number[] = [];
  #length: number;
  #frameEnds = 0;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor({ prompt, vocabulary, limits, options, signal }: TextSequenceOptions) {
    this.prompt = prompt;
    this.temperature = options.temperature;
    this.signal = signal;
    this.#vocabulary = vocabulary;
    this.#limits = limits;
    this.#frames = options.frames ?? Number.POSITIVE_INFINITY;
    this.#length = prompt.length;
  }

  take(token: number): readonly number[] | null {
    this.#length += 1;
    if (this.#limits.endTokens.has(token)) return null;
    this.#held.push(token);
    const content = this.#vocabulary.decode(this.#held);
    const whole = !content.endsWith(HALF_A_CHARACTER) || this.#held.length >= 4;
    if (whole) this.#give({ content, tokens: this.#held.length });
    if (content === END || this.#frameEnds >= this.#frames || this.#length >= this.#limits.context) return null;
    return [token];
  }

  #give(piece: Piece): void {
    this.#held = [];
    if (piece.content === FRAME_END) this.#frameEnds += 1;
    this.#ready.push(piece);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *pieces(): AsyncGenerator<Piece> {
    for (;;) {
      while (this.#ready.length > 0) yield* this.#ready.splice(0);
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
