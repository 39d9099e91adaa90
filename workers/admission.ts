import { Fault } from '../core/fault.ts';

interface Waiting {
  readonly admit: () => void;
  readonly refuse: (reason: unknown) => void;
}

export interface EntryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Who asks. Callers take turns. */
  readonly caller?: string | undefined;
  /**
   * Milliseconds to wait where the caller's queue is full, before it is refused. Without it a full queue refuses at once,
   * and whoever has a place in it may wait as long as it takes.
   */
  readonly patienceMs?: number | undefined;
}

/** Turns that usually take no longer are short: another one may wait for its place inside, in milliseconds. */
const SHORT_MS = 50;
/** How many turns the usual one is told by. */
const REMEMBERED = 8;
/** All callers together may have as many waiting as this many of them with full queues. */
const FULL_QUEUES = 16;

/**
 * Lets a fixed number of jobs run and a bounded number wait. Callers take turns, each first come first served, so that
 * one that asks for much delays itself and not the others. It stands in front of the worker pool because the pool's own
 * queue is not bounded for tasks that can be aborted.
 */
export class Admission {
  readonly #places: number;
  readonly #maxWaiting: number;
  readonly #spare: number;
  /** In the order of their turns. */
  readonly #queues = new Map<string, Set<Waiting>>();
  readonly #idle: (() => void)[] = [];
  #waiting = 0;
  #running = 0;
  /** What a turn takes lately, in milliseconds. */
  #usual = 0;
  #closed = false;

  /**
   * @param maxWaiting of one caller
   * @param spare so many of those that wait are let in before there is a place, as long as turns are short: whoever is
   *   inside waits for a long turn of another caller
   */
  constructor(places: number, maxWaiting: number, spare = 0) {
    this.#places = places;
    this.#maxWaiting = maxWaiting;
    // Another caller still has half of its queue.
    this.#spare = Math.min(spare, Math.floor(maxWaiting / 2));
  }

  get #room(): number {
    return this.#usual > SHORT_MS ? this.#places : this.#places + this.#spare;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Waits for a place. Every call that resolves must be followed by one {@link leave}.
   *
   * @throws Fault `queue-full` or `shutting-down`; the signal's reason where it fires first
   */
  async enter({ signal, caller = '', patienceMs }: EntryOptions = {}): Promise<void> {
    signal?.throwIfAborted();
    if (this.#closed) throw new Fault('shutting-down', 'The daemon is shutting down and takes no new work.');
    if (this.#running < this.#room) {
      this.#running++;
      return;
    }
    const own = this.#queues.get(caller)?.size ?? 0;
    const waitInside = Math.max(0, this.#running - this.#places);
    const full = patienceMs === undefined && own >= this.#maxWaiting - waitInside;
    if (full || this.#waiting >= FULL_QUEUES * Math.max(1, this.#maxWaiting)) throw queueFull(own);

    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { admit: resolve, refuse: reject };
    const giveUp = (reason: unknown) => {
      if (this.#remove(caller, waiting)) waiting.refuse(reason);
    };
    const onAbort = () => giveUp(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer = patienceMs === undefined ? undefined : setTimeout(() => giveUp(queueFull(own)), patienceMs);
    this.#add(caller, waiting);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #add(caller: string, waiting: Waiting): void {
    const queue = this.#queues.get(caller);
    if (queue === undefined) this.#queues.set(caller, new Set([waiting]));
    else queue.add(waiting);
    this.#waiting++;
  }

  #remove(caller: string, waiting: Waiting): boolean {
    const queue = this.#queues.get(caller);
    if (queue?.delete(waiting) !== true) return false;
    if (queue.size === 0) this.#queues.delete(caller);
    this.#waiting--;
    return true;
  }

  /** Gives a place back. @param ms how long it was held */
  leave(ms = 0): void {
    this.#usual += (ms - this.#usual) / REMEMBERED;
    this.#running--;
    while (this.#running < this.#room && this.#admitNext());
    if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Returns false where nobody waits. */
  #admitNext(): boolean {
    const [turn] = this.#queues;
    if (turn === undefined) return false;
    const [caller, queue] = turn;
    const [next] = queue;
    // Behind all others that wait.
    this.#queues.delete(caller);
    this.#queues.set(caller, queue);
    if (next === undefined || !this.#remove(caller, next)) return false;
    this.#running++;
    next.admit();
    return true;
  }

  /** Takes nothing new from now on, and resolves once everything that was accepted has left. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}

function queueFull(waiting: number): Fault {
  return new Fault('queue-full', `${waiting} requests are waiting already; try again soon.`, { retryAfterSeconds: 1 });
}
