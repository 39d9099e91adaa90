import { createHash } from 'node:crypto';

/** A stream of numbers that depends on its seed alone (splitmix32). */
export class Random {
  #state: number;

  /** @param seed a number, or texts that are hashed into one */
  constructor(seed: number | readonly string[]) {
    this.#state =
      typeof seed === 'number' ? seed >>> 0 : createHash('sha256').update(seed.join('\0')).digest().readUInt32LE(0);
  }

  /** A whole number from 0 up to and without `end`; 0 where `end` is not above it. */
  below(end: number): number {
    return end <= 1 ? 0 : this.#next() % Math.floor(end);
  }

  /** One of the items. @throws Error where there are none */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** True once in `n`. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  #next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }
}
