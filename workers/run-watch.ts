import { CONTROL, clockWord, threadOf, withdraw } from './protocol.ts';

/** How long a run may outlast its time budget before its thread is ended, in milliseconds. */
const GRACE_MS = 400;
/** How long a run that was asked to stop may take to do so, in milliseconds. */
const STOP_MS = 200;
/** How often to look whether a thread, which may be booting or at work on another run, has begun. In milliseconds. */
const WAIT_LOOK_MS = 20;

/**
 * Watches one run from outside the thread. A run normally ends itself; where it cannot, because it is inside one long C
 * call, or where its caller is gone, it is asked to stop first and its thread is given up second.
 */
export class RunWatch {
  readonly #abort = new AbortController();
  readonly #control: Int32Array;
  readonly #budgetMs: number;
  readonly #deadline: number;
  readonly #caller: AbortSignal | undefined;
  readonly #onWaiting: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #why = '';

  /**
   * @param control the task's control block
   * @param deadline on the clock of `performance.now()`
   * @param caller fires when nobody waits for the answer any more
   * @param onWaiting called every {@link WAIT_LOOK_MS} while no thread has begun
   */
  constructor(
    control: Int32Array,
    budgetMs: number,
    deadline: number,
    caller: AbortSignal | undefined,
    onWaiting?: () => void,
  ) {
    this.#control = control;
    this.#budgetMs = budgetMs;
    this.#deadline = deadline;
    this.#caller = caller;
    this.#onWaiting = onWaiting;
    caller?.addEventListener('abort', this.#onCaller, { once: true });
    this.#look();
  }

  /** Fires when nothing is waited for any more: where a thread has begun, it must be ended. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Why it fired. */
  get why(): string {
    return this.#why;
  }

  /** The thread that works at the run; undefined where none has begun. */
  get thread(): number | undefined {
    return threadOf(this.#control);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#onCaller);
  }

  #arm(ms: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, Math.max(1, Math.ceil(ms)));
  }

  readonly #look = (): void => {
    const left = this.#deadline - performance.now();
    if (left <= 0) {
      this.#askToStop('the run outlasted the request’s deadline');
      return;
    }
    const began = Atomics.load(this.#control, CONTROL.startedAt);
    if (began === 0) {
      this.#arm(Math.min(left, WAIT_LOOK_MS), this.#lookAgain);
      return;
    }
    const fence = this.#budgetMs + GRACE_MS - ((clockWord() - began) | 0);
    if (fence <= 0) this.#giveUp('the run took longer than its time budget');
    else this.#arm(Math.min(left, fence), this.#look);
  };

  readonly #lookAgain = (): void => {
    if (this.thread === undefined) this.#onWaiting?.();
    this.#look();
  };

  readonly #onCaller = (): void => this.#askToStop('the request was cancelled');

  #askToStop(why: string): void {
    Atomics.store(this.#control, CONTROL.interrupt, 1);
    if (withdraw(this.#control)) this.#giveUp(why);
    else this.#arm(STOP_MS, () => this.#giveUp(why));
  }

  #giveUp(why: string): void {
    this.#why = why;
    this.#abort.abort(new Error(why));
  }
}
