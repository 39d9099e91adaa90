import { LRUCache } from 'lru-cache';
import type { Trace } from '../../core/trace.ts';
import { runBytes } from './run-size.ts';
import type { RunStore } from './run-store.ts';

/** Of the whole cache's bytes, what one run may take. */
const LARGEST_SHARE = 1 / 8;

/** Runs that stand as the truth, by {@link runKey}: in memory, least recently used out first, and behind that in a file. */
export class RunCache {
  readonly #memory: LRUCache<string, Trace>;
  readonly #store: RunStore | undefined;

  /** @param maxBytes of memory, about */
  constructor(maxBytes: number, store: RunStore | undefined) {
    this.#memory = new LRUCache({ maxSize: maxBytes, maxEntrySize: Math.max(1, Math.floor(maxBytes * LARGEST_SHARE)) });
    this.#store = store;
  }

  get(key: string): Trace | undefined {
    const known = this.#memory.get(key);
    if (known !== undefined) return known;
    const stored = this.#store?.get(key);
    if (stored !== undefined) this.#remember(key, stored);
    return stored;
  }

  put(key: string, trace: Trace): void {
    this.#remember(key, trace);
    this.#store?.put(key, trace);
  }

  #remember(key: string, trace: Trace): void {
    this.#memory.set(key, trace, { size: runBytes(trace) });
  }

  /** Writes what is still to be written. */
  close(): void {
    this.#store?.close();
  }
}
