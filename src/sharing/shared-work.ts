/** Timers of more milliseconds fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The deadline of a caller passed while it waited for work that others may still be waiting for. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

export interface WaiterOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from now. */
  readonly deadlineMs?: number | undefined;
}

interface UnderWay<T> {
  readonly result: Promise<T>;
  readonly control: AbortController;
  waiters: number;
}

/**
 * Work that several callers want at one time, done once. A caller that gives up leaves the others their work; with the
 * last one it is given up.
 */
export class SharedWork<T> {
  readonly #underWay = new Map<string, UnderWay<T>>();

  /**
   * Waits for the work of this name, and starts it where nobody has.
   *
   * @throws whatever the work throws; the caller's own signal's reason; {@link DeadlinePassed}
   */
  async wait(name: string, work: (signal: AbortSignal) => Promise<T>, options: WaiterOptions = {}): Promise<T> {
    const { signal, deadlineMs } = options;
    signal?.throwIfAborted();
    if (deadlineMs !== undefined && deadlineMs <= 0) throw new DeadlinePassed('the deadline has passed');
    const shared = this.#underWay.get(name) ?? this.#start(name, work);
    shared.waiters++;
    const left = Promise.withResolvers<never>();
    const onAbort = () => left.reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    const onDeadline = () => left.reject(new DeadlinePassed('the deadline passed'));
    const timer = deadlineMs === undefined ? undefined : setTimeout(onDeadline, Math.min(deadlineMs, LONGEST_TIMER));
    try {
      return await Promise.race([shared.result, left.promise]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      if (--shared.waiters === 0) this.#abandon(name, shared);
    }
  }

  #start(name: string, work: (signal: AbortSignal) => Promise<T>): UnderWay<T> {
    const control = new AbortController();
    const shared: UnderWay<T> = { result: work(control.signal), control, waiters: 0 };
    this.#underWay.set(name, shared);
    const settled = () => this.#forget(name, shared);
    shared.result.then(settled, settled);
    return shared;
  }

  #abandon(name: string, shared: UnderWay<T>): void {
    this.#forget(name, shared);
    shared.control.abort();
  }

  #forget(name: string, shared: UnderWay<T>): void {
    if (this.#underWay.get(name) === shared) this.#underWay.delete(name);
  }
}
