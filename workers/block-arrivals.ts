import type { BlockSink } from './task-runner.ts';

/** The blocks of one task's trace, which come from its thread by another way than its answer. */
export class BlockArrivals {
  readonly #sink: BlockSink | undefined;
  readonly #all = Promise.withResolvers<void>();
  #arrived = 0;
  #wanted = Number.POSITIVE_INFINITY;

  constructor(sink: BlockSink | undefined) {
    this.#sink = sink;
    // Whether anybody waits is for the answer to say.
    this.#all.promise.catch(() => {});
  }

  take(block: Uint8Array): void {
    try {
      this.#sink?.take(block);
    } catch (error) {
      this.#all.reject(error);
    }
    this.#arrived++;
    this.#look();
  }

  /** Resolves once so many have come. @throws Error where one of them was none */
  async until(count: number): Promise<void> {
    this.#wanted = count;
    this.#look();
    await this.#all.promise;
  }

  #look(): void {
    if (this.#arrived >= this.#wanted) this.#all.resolve();
  }
}
