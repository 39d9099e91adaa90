import type { Budget } from '../../core/budget.ts';
import type { ResolvedProgram } from '../../core/program.ts';
import { MEBIBYTE } from '../../core/units.ts';
import { ProgramClock } from './clock.ts';
import { RunHalted } from './halt.ts';
import { StorageBudget } from './storage.ts';
import { StandardStreams } from './streams.ts';

const PAGE = 65_536;
/** Looks at the program's clock between two looks at the host's. */
const LOOKS_MASK = 0xfff;

/**
 * Everything outside the program, as the host plays it during a run. It depends on the request alone, so that the same
 * program sees the same world each time; only the deadline is the host's own.
 */
export class HostWorld {
  readonly clock = new ProgramClock();
  readonly streams = new StandardStreams();
  readonly storage = new StorageBudget();
  #memoryLimit = 0;
  #random = 0;
  #deadline = Number.POSITIVE_INFINITY;
  #interrupt: Int32Array | undefined;

  /** Sets the stage for one run. `interrupt[0] !== 0` stops it from another thread. */
  begin({ world }: ResolvedProgram, budget: Budget, interrupt?: Int32Array): void {
    this.clock.begin(world.clock);
    this.streams.begin(world.stdin, budget.output_kb * 1024);
    this.storage.begin(budget.files_mb * MEBIBYTE);
    this.#memoryLimit = budget.memory_mb * MEBIBYTE;
    this.#random = world.seed >>> 0;
    this.#deadline = performance.now() + budget.ms;
    this.#interrupt = interrupt;
  }

  /** @throws RunHalted where the wall clock ran out or somebody asked to stop */
  checkDeadline(): void {
    if (performance.now() > this.#deadline) throw new RunHalted('time', 'the run took longer than its time budget');
    if (this.#interrupt !== undefined && Atomics.load(this.#interrupt, 0) !== 0) {
      throw new RunHalted('time', 'the run was cancelled');
    }
  }

  /** Nanoseconds on the program's clock. */
  look(): bigint {
    if ((this.clock.looks & LOOKS_MASK) === LOOKS_MASK) this.checkDeadline();
    return this.clock.look();
  }

  /** The next byte of entropy: splitmix32, which depends on the world's seed alone. */
  randomByte(): number {
    this.#random = (this.#random + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(this.#random ^ (this.#random >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) & 0xff;
  }

  /**
   * Before the interpreter's memory grows.
   *
   * @param size of the whole memory, in bytes
   * @throws RunHalted where that is more than the run may use
   */
  reserveMemory(size: number): void {
    // The allocator asks for a little more than it needs.
    if (size > this.#memoryLimit + PAGE) {
      throw new RunHalted('memory', 'the program needs more memory than its budget');
    }
  }
}
