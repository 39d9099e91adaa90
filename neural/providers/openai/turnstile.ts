/** Lets a fixed number pass at one time, first come first served. */
export class Turnstile {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Waits for room. @throws the signal's reason where it fires first */
  async enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#inside < this.#most) {
      this.#inside += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const pass = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(pass), 1);
        reject(signal.reason);
      };
      this.#waiting.push(pass);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  leave(): void {
    // The place is handed on, so the number inside stays.
    const next = this.#waiting.shift();
    if (next === undefined) this.#inside -= 1;
    else next();
  }
}
