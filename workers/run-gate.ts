/** Lets jobs run together, or one of them alone: who wants to be alone waits for the others, and they for it. */
export class RunGate {
  #together = 0;
  #alone = 0;
  #last: Promise<void> = Promise.resolve();
  #empty: (() => void) | undefined;

  /** Runs a job beside others, once nobody wants to be alone. */
  async together<T>(job: () => Promise<T>): Promise<T> {
    while (this.#alone > 0) await this.#last;
    this.#together++;
    try {
      return await job();
    } finally {
      this.#together--;
      if (this.#together === 0) this.#empty?.();
    }
  }

  /** Runs a job while no other runs, in the order of asking. */
  async alone<T>(job: () => Promise<T>): Promise<T> {
    this.#alone++;
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    try {
      if (this.#together > 0) {
        await new Promise<void>((empty) => {
          this.#empty = empty;
        });
        this.#empty = undefined;
      }
      return await job();
    } finally {
      this.#alone--;
      resolve();
    }
  }
}
