import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { Fault } from '../core/fault.ts';
import { unknown } from '../symbolic/solver/answer.ts';
import {
  type CheckOptions,
  DEFAULT_CHECK,
  type Query,
  type Solver,
  type SolverAnswer,
} from '../symbolic/solver/solver.ts';
import { TermError } from '../symbolic/terms/table.ts';
import { Admission } from './admission.ts';
import { moduleUrl } from './module-url.ts';
import { controlBlock } from './protocol.ts';
import { MAX_LOSSES, RecycledThreads } from './recycled-threads.ts';
import { RunWatch } from './run-watch.ts';
import type { SolverReply, SolverTask, SolverThreadData } from './solver-protocol.ts';
import { solverThreadOptions } from './thread-options.ts';

export interface SolverPoolOptions {
  readonly threads: number;
  /** Queries that may wait for a thread. */
  readonly queue: number;
  /**
   * Queries after which a thread is replaced, 500 where it is left out: Z3 never gives its memory back whole, and a new
   * thread is cheaper than what may have leaked.
   */
  readonly queriesPerThread?: number;
  /** False takes Node's permissions away from the threads' confinement, for debugging; true where nothing is said. */
  readonly sealed?: boolean;
}

/** State of a {@link SolverPool}. */
export interface SolverPoolHealth {
  readonly workers: number;
  readonly busy: number;
  readonly waiting: number;
  /** Threads that were ended, in the life of the pool. */
  readonly recycled: number;
}

/** Says who answered where the thread could not. */
const ENGINE = 'z3-wasm';

/** Z3 in threads that may do nothing but compute: no file, no network, no process, no thread of their own. */
export class SolverPool implements Solver {
  readonly #options: SolverPoolOptions;
  readonly #admission: Admission;
  #threads: Threads | undefined;
  #first: Promise<SolverAnswer> | undefined;
  readonly #recycled = new RecycledThreads();

  constructor(options: SolverPoolOptions) {
    this.#options = options;
    this.#admission = new Admission(options.threads, options.queue);
  }

  get health(): SolverPoolHealth {
    const { running, waiting } = this.#admission;
    return { workers: this.#options.threads, busy: running, waiting, recycled: this.#recycled.total };
  }

  #started(): Threads {
    this.#threads ??= this.#spawn();
    return this.#threads;
  }

  #spawn(): Threads {
    const { threads, queriesPerThread: queries = 500, sealed } = this.#options;
    const data: SolverThreadData = { queries };
    const piscina = new Piscina({
      filename: fileURLToPath(moduleUrl('./solver-thread.ts', import.meta.url)),
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: data,
      ...solverThreadOptions(sealed),
    });
    // Outside a task a thread fails only while it starts, and the library then stops replacing it.
    const failure = new AbortController();
    piscina.on('error', (error: unknown) => failure.abort(error));
    return { piscina, failure: failure.signal };
  }

  /**
   * Decides a query in the next free thread. A thread that dies is replaced and the query tried once more, and so is one
   * that Z3 broke on in a thread that had answered others before.
   *
   * @throws Fault `queue-full`, `shutting-down` or `internal` (no thread starts); TermError; the signal's reason
   */
  async check(query: Query, options: CheckOptions): Promise<SolverAnswer> {
    await this.#admission.enter({ signal: options.signal });
    try {
      let crashes = 0;
      for (let attempts = 1; ; attempts++) {
        const control = controlBlock();
        try {
          const { answer, aged } = await this.#once(query, control, options);
          if (!aged || ++crashes === 2) return answer;
        } catch (error) {
          options.signal?.throwIfAborted();
          if (error instanceof Fault || error instanceof TermError) throw error;
          if (!this.#recycled.isInnocent(control)) crashes++;
          if (crashes === 2 || attempts === MAX_LOSSES) return unknown('crashed', { rlimit: 0, ms: 0, engine: ENGINE });
        }
      }
    } finally {
      this.#admission.leave();
    }
  }

  async #once(query: Query, control: Int32Array, { rlimit, ms, signal }: CheckOptions): Promise<Attempt> {
    const { piscina, failure } = this.#started();
    signal?.throwIfAborted();
    const watch = new RunWatch(control, ms, Number.POSITIVE_INFINITY, signal);
    const task: SolverTask = { query, rlimit, control };
    const start = performance.now();
    try {
      const reply = (await piscina.run(task, { signal: AbortSignal.any([watch.signal, failure]) })) as SolverReply;
      if (reply.kind === 'refused') throw new TermError(reply.message);
      if (reply.retires) this.#recycled.end(piscina.threads, reply.threadId);
      return reply;
    } catch (error) {
      if (failure.aborted) this.#doesNotStart(failure.reason);
      if (error instanceof TermError) throw error;
      if (!watch.signal.aborted) throw error;
      if (watch.thread !== undefined) this.#recycled.count();
      signal?.throwIfAborted();
      const facts = { rlimit: 0, ms: performance.now() - start, engine: ENGINE };
      return { answer: unknown('timeout', facts), aged: false };
    } finally {
      watch.stop();
    }
  }

  #doesNotStart(cause: unknown): never {
    void this.#threads?.piscina.destroy();
    this.#threads = undefined;
    throw new Fault('internal', 'The solver does not start.', { cause });
  }

  /**
   * Has one thread started, so that no question's time goes by with it.
   *
   * @throws as {@link check}; a later call tries again
   */
  async start(): Promise<void> {
    this.#first ??= this.check({ terms: [], variables: [], assertions: [] }, DEFAULT_CHECK);
    try {
      await this.#first;
    } catch (error) {
      this.#first = undefined;
      throw error;
    }
  }

  /** Finishes what was accepted and ends the threads. */
  async close(): Promise<void> {
    await this.#admission.close();
    await this.#threads?.piscina.destroy();
  }
}

interface Attempt {
  readonly answer: SolverAnswer;
  readonly aged: boolean;
}

interface Threads {
  readonly piscina: Piscina;
  /** Fires when a thread could not start. */
  readonly failure: AbortSignal;
}
