import { unsigned } from './reader.ts';

/** A binary under construction; its buffer grows by doubling. */
export class Output {
  #bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  push(chunk: ArrayLike<number>): void {
    const end = this.length + chunk.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.length);
    this.length = end;
  }

  section(id: number, content: Uint8Array): void {
    this.push([id, ...unsigned(content.length)]);
    this.push(content);
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }
}
