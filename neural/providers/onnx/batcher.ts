import type { Decoder, Sequence } from './decoder.ts';

interface Waiting {
  readonly sequence: Sequence;
  readonly done: (error?: unknown) => void;
}

/** Gathers texts that are asked for at about the same time and decodes them in one batch, one batch after the other. */
export class Batcher {
  readonly #decoder: Decoder;
  readonly #size: number;
  readonly #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  /** @param size most texts in one batch */
  constructor(decoder: Decoder, size: number) {
    this.#decoder = decoder;
    this.#size = size;
  }

  /**
   * Decodes a text to its end.
   *
   * @throws whatever the model throws; the reason of the sequence's signal where that fires
   */
  async decode(sequence: Sequence): Promise<void> {
    sequence.signal.throwIfAborted();
    if (this.#closed) throw new Error('the model was closed');
    await new Promise<void>((resolve, reject) => {
      const done = (error?: unknown): void => (error === undefined ? resolve() : reject(error));
      this.#waiting.push({ sequence, done });
      this.#running ??= this.#run();
    });
    sequence.signal.throwIfAborted();
  }

  async #run(): Promise<void> {
    // Those that are asked for within the same turn come along.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      const open = batch.map(({ sequence }) => sequence);
      try {
        await this.#decoder.decode(open);
        for (const { done } of batch) done();
      } catch (error) {
        for (const { done } of batch) done(error);
      }
      // Whoever was answered may ask again before the next batch starts.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#running = undefined;
  }

  /** The text that has waited longest, and those whose prompts are most like its own in length: filling up costs time. */
  #nextBatch(): readonly Waiting[] {
    const lengthOf = ({ sequence }: Waiting): number => sequence.prompt.length;
    const first = this.#waiting[0];
    if (first === undefined || this.#waiting.length <= this.#size) return this.#waiting.splice(0);
    const distance = (other: Waiting): number => Math.abs(lengthOf(other) - lengthOf(first));
    const [, ...others] = this.#waiting;
    const batch = [first, ...others.toSorted((a, b) => distance(a) - distance(b)).slice(0, this.#size - 1)];
    const taken = new Set(batch);
    const rest = this.#waiting.filter((each) => !taken.has(each));
    this.#waiting.splice(0, this.#waiting.length, ...rest);
    return batch;
  }

  /** Lets the batch under way end, refuses the others and frees the model. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { done } of this.#waiting.splice(0)) done(new Error('the model was closed'));
    await this.#running;
    await this.#decoder.close();
  }
}
