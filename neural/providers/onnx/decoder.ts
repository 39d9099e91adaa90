import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { PredictorError } from '../../predictor.ts';
import { type LoadedModel, type LoadOptions, loadModel } from './session.ts';

/** One text that is being decoded. */
export interface Sequence {
  /** The prompt's input numbers, {@link Decoder.inputWidth} a token. */
  readonly prompt: readonly number[];
  /** 0 takes the likeliest token. */
  readonly temperature: number;
  /** Checked before each token; an aborted one is left out from there on. */
  readonly signal: AbortSignal;
  /**
   * Takes the next token.
   *
   * @returns its input numbers, or null where the text ends with it
   */
  take(token: number): readonly number[] | null;
}

/** A row of a batch that is not done yet. */
interface Row {
  readonly sequence: Sequence;
  /** Tokens that the model has seen of it. */
  length: number;
  next: readonly number[];
}

type Tensors = Record<string, Tensor>;

/** Shapes of the attention cache, as the model declares them. */
interface CacheInput {
  readonly name: string;
  readonly present: string;
  readonly heads: number;
  readonly width: number;
}

/**
 * Runs a decoder with a KV cache, inputs and outputs named as Hugging Face exports them: `input_ids`, `attention_mask` and,
 * where the model takes them, `position_ids`; `past_key_values.N.key` and `.value`, which come back as `present.N.…`;
 * `logits` for every input position. Rows of a batch are filled up on the left, masked.
 */
export class Decoder {
  readonly execution: LoadedModel['execution'];
  readonly #session: InferenceSession;
  readonly #tensor: typeof Tensor;
  readonly #cache: readonly CacheInput[];
  readonly #takesPositions: boolean;
  readonly #inputWidth: number;

  private constructor({ session, execution }: LoadedModel, tensor: typeof Tensor, inputWidth: number) {
    this.#session = session;
    this.#tensor = tensor;
    this.execution = execution;
    this.#inputWidth = inputWidth;
    this.#takesPositions = session.inputNames.includes('position_ids');
    this.#cache = session.inputMetadata.flatMap((input) => {
      if (!input.isTensor || !input.name.startsWith('past_key_values.')) return [];
      const [, heads, , width] = input.shape;
      if (typeof heads !== 'number' || typeof width !== 'number' || input.type !== 'float32') {
        throw new PredictorError('unsuited', `the model's cache ${input.name} has no fixed shape of 32-bit floats`);
      }
      return { name: input.name, present: input.name.replace('past_key_values', 'present'), heads, width };
    });
  }

  /**
   * Loads a decoder.
   *
   * @param inputWidth how many numbers stand for one token
   * @throws {PredictorError} where it cannot be loaded or has other inputs and outputs
   */
  static async load(file: string, options: LoadOptions & { readonly inputWidth: number }): Promise<Decoder> {
    const model = await loadModel(file, options);
    const runtime = await import('onnxruntime-node');
    const { inputNames, outputNames } = model.session;
    const known = /^(?:input_ids|attention_mask|position_ids|past_key_values\.\d+\.(?:key|value))$/;
    const strange = inputNames.find((name) => !known.test(name));
    if (strange !== undefined) throw new PredictorError('unsuited', `the model wants an input ${strange}`);
    for (const name of ['input_ids', 'attention_mask']) {
      if (!inputNames.includes(name)) throw new PredictorError('unsuited', `the model takes no ${name}`);
    }
    const decoder = new Decoder(model, runtime.Tensor, options.inputWidth);
    const outputs = ['logits', ...decoder.#cache.map(({ present }) => present)];
    const missing = outputs.find((name) => !outputNames.includes(name));
    if (decoder.#cache.length === 0) throw new PredictorError('unsuited', 'the model keeps no past_key_values');
    if (missing !== undefined) throw new PredictorError('unsuited', `the model gives no ${missing}`);
    return decoder;
  }

  /** Decodes some texts side by side until each has ended. */
  async decode(sequences: readonly Sequence[]): Promise<void> {
    let rows: Row[] = sequences.map((sequence) => ({ sequence, length: 0, next: sequence.prompt }));
    let cache = this.#emptyCache(rows.length);
    const padding: number[] = [];
    try {
      while (rows.length > 0) {
        const count = Math.max(...rows.map(({ next }) => next.length / this.#inputWidth));
        if (padding.length === 0) padding.push(...rows.map(({ next }) => count - next.length / this.#inputWidth));
        const outputs = await this.#run(rows, padding, cache, count);
        for (const tensor of Object.values(cache)) tensor.dispose();
        const kept: number[] = [];
        const logits = outputs.logits;
        if (logits === undefined) throw new PredictorError('malformed', 'the model gave no logits');
        const scores = lastScores(logits, rows.length);
        cache = this.#presents(outputs);
        for (const [index, row] of rows.entries()) {
          row.length += row.next.length / this.#inputWidth;
          const rowScores = scores[index];
          if (row.sequence.signal.aborted || rowScores === undefined) continue;
          const next = row.sequence.take(choose(rowScores, row.sequence.temperature));
          if (next === null) continue;
          row.next = next;
          kept.push(index);
        }
        logits.dispose();
        if (kept.length < rows.length && kept.length > 0) cache = this.#keepRows(cache, kept);
        rows = kept.flatMap((index) => rows[index] ?? []);
        padding.splice(0, padding.length, ...kept.map((index) => padding[index] ?? 0));
      }
    } finally {
      for (const tensor of Object.values(cache)) tensor.dispose();
    }
  }

  async #run(rows: readonly Row[], padding: readonly number[], cache: Tensors, count: number): Promise<Tensors> {
    const batch = rows.length;
    const width = this.#inputWidth;
    const before = rows[0] === undefined ? 0 : rows[0].length + (rows[0].length === 0 ? 0 : (padding[0] ?? 0));
    const ids = new BigInt64Array(batch * count * width);
    const mask = new BigInt64Array(batch * (before + count)).fill(1n);
    const positions = new BigInt64Array(batch * count);
    for (const [index, { next, length }] of rows.entries()) {
      const gap = count - next.length / width;
      for (const [place, value] of next.entries()) ids[(index * count + gap) * width + place] = BigInt(value);
      mask.fill(0n, index * (before + count), index * (before + count) + (padding[index] ?? 0));
      for (let at = gap; at < count; at += 1) positions[index * count + at] = BigInt(length + at - gap);
    }
    const Int64 = this.#tensor;
    const shape = width === 1 ? [batch, count] : [batch, count, width];
    return (await this.#session.run({
      input_ids: new Int64('int64', ids, shape),
      attention_mask: new Int64('int64', mask, [batch, before + count]),
      ...(this.#takesPositions && { position_ids: new Int64('int64', positions, [batch, count]) }),
      ...cache,
    })) as Tensors;
  }

  #emptyCache(batch: number): Tensors {
    return Object.fromEntries(
      this.#cache.map(({ name, heads, width }) => [
        name,
        new this.#tensor('float32', new Float32Array(0), [batch, heads, 0, width]),
      ]),
    );
  }

  #presents(outputs: Tensors): Tensors {
    return Object.fromEntries(
      this.#cache.map(({ name, present }) => {
        const tensor = outputs[present];
        if (tensor === undefined) throw new PredictorError('malformed', `the model gave no ${present}`);
        return [name, tensor];
      }),
    );
  }

  /** The cache without the rows that are done: they would cost as much as the others. */
  #keepRows(cache: Tensors, kept: readonly number[]): Tensors {
    return Object.fromEntries(
      Object.entries(cache).map(([name, tensor]) => {
        const data = tensor.data as Float32Array;
        const row = data.length / (tensor.dims[0] ?? 1);
        const rest = new Float32Array(row * kept.length);
        for (const [place, index] of kept.entries())
          rest.set(data.subarray(index * row, (index + 1) * row), place * row);
        const shape = [kept.length, ...tensor.dims.slice(1)];
        tensor.dispose();
        return [name, new this.#tensor('float32', rest, shape)];
      }),
    );
  }

  /** Frees the model. */
  async close(): Promise<void> {
    await this.#session.release();
  }
}

/** Each row's scores of the token that comes next: rows are filled up on the left, so they stand at the last position. */
function lastScores(logits: Tensor, batch: number): Float32Array[] {
  const [, count = 1, vocabulary = 0] = logits.dims;
  const data = logits.data as Float32Array;
  return Array.from({ length: batch }, (_, row) => {
    const end = (row + 1) * count * vocabulary;
    return data.subarray(end - vocabulary, end);
  });
}

function choose(scores: Float32Array, temperature: number): number {
  let best = 0;
  for (let index = 1; index < scores.length; index += 1) {
    if ((scores[index] ?? 0) > (scores[best] ?? 0)) best = index;
  }
  if (temperature <= 0) return best;
  const highest = scores[best] ?? 0;
  const weights = scores.map((score) => Math.exp((score - highest) / temperature));
  let left = Math.random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return index;
  }
  return best;
}
