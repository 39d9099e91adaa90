/** Something that was not settled, and whose limit it was. */
export interface Gap {
  /**
   * `solver-unknown`: the solver gave up. `budget`: a limit of runs, steps or time was met. `unsupported`: an operation
   * without a rule, or a program that is not run with terms. `bounded`: cases that were left out.
   */
  readonly reason: 'solver-unknown' | 'budget' | 'unsupported' | 'bounded';
  /** A sentence without its full stop. */
  readonly message: string;
}

/** More gaps than a reader reads. */
const MOST = 8;

/** Gaps, each once, in the order in which they turned up. */
export class Gaps {
  readonly #byMessage = new Map<string, Gap>();

  add(reason: Gap['reason'], message: string): void {
    if (!this.#byMessage.has(message)) this.#byMessage.set(message, { reason, message });
  }

  get size(): number {
    return this.#byMessage.size;
  }

  /** The first few. */
  get first(): readonly Gap[] {
    return [...this.#byMessage.values()].slice(0, MOST);
  }
}
