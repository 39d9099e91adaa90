const NANOSECONDS_A_MILLISECOND = 1_000_000n;
/** What one look at the clock costs, in nanoseconds of the program's own time. */
const TICK = 1_000;
/** Looks in a row, without a step between, before each costs more: a busy wait then ends soon. */
const PATIENCE = 256;
const MAX_DOUBLINGS = 20;

/** The program's own clock: it starts where the world says and moves on with each look at it, never by itself. */
export class ProgramClock {
  #nanoseconds = 0n;
  #looks = 0;

  /** @param start an ISO 8601 date and time */
  begin(start: string): void {
    this.#nanoseconds = BigInt(Date.parse(start)) * NANOSECONDS_A_MILLISECOND;
    this.#looks = 0;
  }

  /** The program made a step: its next look is no busy wait. */
  stepped(): void {
    this.#looks = 0;
  }

  /** Looks since the last step. */
  get looks(): number {
    return this.#looks;
  }

  /** Nanoseconds since 1970, a little later each time. */
  look(): bigint {
    this.#looks++;
    const doublings = Math.min(Math.floor(this.#looks / PATIENCE), MAX_DOUBLINGS);
    this.#nanoseconds += BigInt(TICK * 2 ** doublings);
    return this.#nanoseconds;
  }

  /** The program waits. */
  advance(nanoseconds: bigint): void {
    this.#nanoseconds += nanoseconds;
  }

  /** Whole milliseconds since 1970, without looking. */
  get milliseconds(): number {
    return Number(this.#nanoseconds / NANOSECONDS_A_MILLISECOND);
  }
}
