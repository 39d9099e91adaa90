import { resolve } from 'node:path';
import { z } from 'zod';
import { sourceLines } from '../../core/program.ts';
import { renderPrompt } from '../formats/cwm/prompt.ts';
import { renderIds, renderTagged } from '../formats/cwm/render.ts';
import { TOKEN_IDS, tagOf } from '../formats/cwm/tokens.ts';
import {
  type Piece,
  type PredictionOptions,
  type PredictionTask,
  type Predictor,
  type PredictorCapabilities,
  PredictorError,
  type PredictorIdentity,
} from '../predictor.ts';
import { type CompletionPart, readCompletion } from './openai/completion.ts';
import { Connection } from './openai/connection.ts';
import { OpenAiOptions } from './openai/options.ts';
import { Turnstile } from './openai/turnstile.ts';
import { loadVocabulary, type Vocabulary } from './openai/vocabulary.ts';
import type { Provider } from './provider.ts';

const SEPARATOR = tagOf('frame_sep');
const END = tagOf('end_of_text');
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

const Models = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Models behind the completions API that OpenAI made and vLLM, SGLang, llama.cpp and CWM's own server offer. */
export const openai: Provider<typeof OpenAiOptions> = {
  schema: OpenAiOptions,
  open(options, { name, directory, environment }) {
    const { key_variable: variable, url } = options;
    const key = variable === undefined ? undefined : environment[variable] || undefined;
    if (variable !== undefined && key === undefined) throw new PredictorError('unsuited', `${variable} is not set`);
    const { protocol, hostname } = new URL(url);
    if (key !== undefined && protocol === 'http:' && !LOOPBACK.test(hostname)) {
      throw new PredictorError('unsuited', 'a key is sent over https, or to this machine, only');
    }
    if (options.dialect === 'cwm' && options.tokenizer === undefined) {
      throw new PredictorError('unsuited', "CWM's own server answers with ids: give its `tokenizer`");
    }
    const file = options.tokenizer === undefined ? undefined : resolve(directory, options.tokenizer);
    return new OpenAiPredictor(name, options, key, file);
  },
};

class OpenAiPredictor implements Predictor {
  readonly identity: PredictorIdentity;
  readonly capabilities: PredictorCapabilities;
  readonly #options: OpenAiOptions;
  readonly #connection: Connection;
  readonly #turnstile: Turnstile;
  readonly #closed = new AbortController();
  readonly #tokenizer: string | undefined;
  #vocabulary: Promise<Vocabulary> | undefined;

  constructor(name: string, options: OpenAiOptions, key: string | undefined, tokenizer: string | undefined) {
    const { url, retries, timeout_ms: timeoutMs, idle_ms: idleMs, concurrency, dialect } = options;
    this.identity = { name, provider: 'openai', model: options.model, execution: 'remote' };
    this.capabilities = {
      resumes: true,
      streams: dialect === 'openai',
      stops: true,
      logprobs: options.logprobs && dialect === 'openai',
      output: dialect === 'cwm' ? 'tokens' : 'text',
      batch: concurrency,
    };
    this.#options = options;
    this.#tokenizer = tokenizer;
    this.#turnstile = new Turnstile(concurrency);
    this.#connection = new Connection({ url, key, retries, timeoutMs, idleMs });
  }

  async *predict(task: PredictionTask, options: PredictionOptions): AsyncGenerator<Piece> {
    const signal = AbortSignal.any([options.signal, this.#closed.signal]);
    await this.#turnstile.enter(signal);
    try {
      const vocabulary = await this.#load();
      const answer = await this.#connection.ask('/completions', this.#request(task, options, vocabulary), signal);
      let written = '';
      for await (const part of readCompletion(answer)) {
        signal.throwIfAborted();
        // What tells tags from text stands at the start, what an answer ended with at the end.
        if (written.trim() === '') written += part.text;
        yield* part.tokens !== undefined && vocabulary !== undefined
          ? vocabulary.decode(part.tokens).map((content) => ({ content, tokens: 1 }))
          : piecesOf(part);
        if (part.finish === 'stop' && part.tokens === undefined) {
          yield { content: endOf(written, part.text, options.frames === 1), tokens: 0 };
          return;
        }
      }
    } finally {
      this.#turnstile.leave();
    }
  }

  async check(signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    await this.#load();
    if (this.#options.dialect === 'cwm') return this.#checkByAsking(signal);
    const answer = await this.#connection.ask('/models', undefined, signal);
    let text = '';
    for await (const chunk of answer.chunks) text += chunk.slice(0, 1 << 20);
    const models = Models.safeParse(parseOr(text));
    if (!models.success) return 'the server answers, and does not say which models it has';
    const { model } = this.#options;
    if (models.data.data.some(({ id }) => id === model)) return `the server has ${model}`;
    throw new PredictorError('refused', `the server has no model ${JSON.stringify(model)}`);
  }

  close(): Promise<void> {
    this.#closed.abort(new PredictorError('unavailable', 'the predictor was closed'));
    return Promise.resolve();
  }

  async #checkByAsking(signal: AbortSignal): Promise<string> {
    const answer = await this.#connection.ask(
      '/completions',
      { prompt: [TOKEN_IDS.begin_of_text], max_tokens: 1 },
      signal,
    );
    for await (const _part of readCompletion(answer)) break;
    return 'the server answers';
  }

  async #load(): Promise<Vocabulary | undefined> {
    if (this.#tokenizer === undefined) return undefined;
    this.#vocabulary ??= loadVocabulary(this.#tokenizer);
    try {
      return await this.#vocabulary;
    } catch (error) {
      this.#vocabulary = undefined;
      throw error;
    }
  }

  #request(
    { source, frames }: PredictionTask,
    { temperature, frames: wanted }: PredictionOptions,
    vocabulary: Vocabulary | undefined,
  ) {
    const { model, max_tokens, dialect, extra, logprobs } = this.#options;
    const lines = sourceLines(source);
    const stop = wanted === 1 ? { stop: dialect === 'cwm' ? SEPARATOR : [SEPARATOR] } : {};
    const prompt =
      vocabulary === undefined
        ? renderPrompt(source) + renderTagged(frames, lines, { end: false })
        : vocabulary.encode([
            TOKEN_IDS.begin_of_text,
            TOKEN_IDS.trace_context_start,
            source,
            TOKEN_IDS.frame_sep,
            ...renderIds(frames, lines, { end: false }),
          ]);
    const shared = { model, prompt, max_tokens, temperature, ...stop };
    if (dialect === 'cwm') return shared;
    return { ...extra, ...shared, stream: true, ...(logprobs && { logprobs: 1 }) };
  }
}

function piecesOf({ text, logprobs }: CompletionPart): Piece[] {
  if (text === '') return [];
  const known = logprobs?.filter((logprob) => logprob !== null);
  const sum = known?.reduce((total, logprob) => total + logprob, 0);
  return [{ content: text, tokens: known?.length ?? 1, ...(sum !== undefined && { logprob: Math.min(0, sum) }) }];
}

/**
 * What a server leaves out where an answer stops by itself: the end of the trace, or, where the answer was to stop at a
 * separator and is not empty, that separator.
 */
function endOf(start: string, last: string, stopsAtFrame: boolean): string {
  if (last.trimEnd().endsWith(END)) return '';
  const wroteFrame = stopsAtFrame && start.trimStart().startsWith('<|');
  if (wroteFrame && last.trimEnd().endsWith(SEPARATOR)) return '';
  return wroteFrame ? SEPARATOR : END;
}

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
