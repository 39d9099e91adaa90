import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { buildOf } from '../bridges/python/builds.ts';
import { decodeTrace } from '../bridges/python/codec.ts';
import type { ReplayRequest } from '../bridges/python/run.ts';
import { DEFAULT_BUDGET } from '../core/budget.ts';
import { Fault } from '../core/fault.ts';
import type { PythonVersion } from '../core/program.ts';
import type { Halt, Trace } from '../core/trace.ts';
import { Admission } from './admission.ts';
import { loadImage } from './image-store.ts';
import { loadModule } from './module-store.ts';
import { moduleUrl } from './module-url.ts';
import type { ReplayTask, ThreadAnswer, ThreadData } from './protocol.ts';
import { RunWatch } from './run-watch.ts';
import { threadOptions } from './thread-options.ts';

export interface PoolOptions {
  readonly python: PythonVersion;
  readonly threads: number;
  /** Requests that may wait for a thread. */
  readonly queue: number;
}

export interface ReplayOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds from now after which the answer is of no use; waiting counts. */
  readonly deadlineMs?: number;
}

/** A trace and what it took, in milliseconds. */
export interface ReplayResult {
  readonly trace: Trace;
  readonly queueMs: number;
  readonly replayMs: number;
}

export interface PoolHealth {
  readonly python: PythonVersion;
  readonly workers: number;
  readonly busy: number;
  readonly waiting: number;
  readonly recycled: number;
}

const OUT_OF_MEMORY = 'the trace does not fit the memory of its thread';

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function halted(reason: Halt, detail: string): Trace {
  return {
    frames: [],
    outcome: { kind: 'halted', reason, detail },
    stdout: '',
    steps: 0,
    platform: { sets: false, words: false },
  };
}

/** Threads of one Python version, each with an interpreter of its own. */
export class ReplayPool {
  readonly #options: PoolOptions;
  readonly #admission: Admission;
  #threads: Promise<Threads> | undefined;
  #recycled = 0;
  /** Threads that were told to end and have not yet: a task that is lost with one of them is nobody's fault. */
  #ending = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#admission = new Admission(options.threads, options.queue);
  }

  get health(): PoolHealth {
    const { python, threads } = this.#options;
    const { running, waiting } = this.#admission;
    return { python, workers: threads, busy: running, waiting, recycled: this.#recycled };
  }

  /** Starts the threads; without it the first replay does. */
  async start(): Promise<void> {
    await this.#started();
  }

  #started(): Promise<Threads> {
    this.#threads ??= this.#spawn().catch((error: unknown) => this.#doesNotStart(error));
    return this.#threads;
  }

  #doesNotStart(cause: unknown): never {
    this.#threads = undefined;
    throw new Fault('internal', `The interpreter for Python ${this.#options.python} does not start.`, { cause });
  }

  async #spawn(): Promise<Threads> {
    const { python, threads } = this.#options;
    const build = buildOf(python);
    const compiled = await loadModule(build);
    const image = await loadImage(build, compiled);
    const data: ThreadData = { python, budget: DEFAULT_BUDGET, compiled, image };
    const piscina = new Piscina({
      filename: fileURLToPath(moduleUrl('./replay-thread.ts', import.meta.url)),
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: data,
      ...threadOptions(build),
    });
    // Outside a task a thread fails only while it starts, and the library then stops replacing it.
    const failure = new AbortController();
    piscina.on('error', (error: unknown) => failure.abort(error));
    return { piscina, failure: failure.signal };
  }

  /**
   * Runs a program in the next free thread.
   *
   * @throws Fault `queue-full`, `shutting-down`, `worker-lost` (the thread died twice) or `internal`; the signal's reason
   *   where it fires first
   */
  async replay(request: ReplayRequest, options: ReplayOptions = {}): Promise<ReplayResult> {
    const asked = performance.now();
    const deadline = asked + (options.deadlineMs ?? Number.POSITIVE_INFINITY);
    await this.#admission.enter(options.signal);
    try {
      const queueMs = performance.now() - asked;
      if (performance.now() >= deadline) {
        return { trace: halted('time', 'the deadline passed while the request waited'), queueMs, replayMs: 0 };
      }
      const task: Attempt = { request, deadline, signal: options.signal };
      return { ...(await this.#attempt(task)), queueMs };
    } finally {
      this.#admission.leave();
    }
  }

  async #attempt(attempt: Attempt): Promise<Omit<ReplayResult, 'queueMs'>> {
    let crashes = 0;
    for (;;) {
      const endingBefore = this.#ending > 0;
      try {
        return await this.#once(attempt);
      } catch (error) {
        attempt.signal?.throwIfAborted();
        if (error instanceof Fault) throw error;
        if (!endingBefore && ++crashes === 2) {
          throw new Fault('worker-lost', 'The interpreter’s thread died twice on this request.', { cause: error });
        }
      }
    }
  }

  async #once({ request, deadline, signal }: Attempt): Promise<Omit<ReplayResult, 'queueMs'>> {
    const { piscina, failure } = await this.#started();
    signal?.throwIfAborted();
    const control = new Int32Array(new SharedArrayBuffer(8));
    const watch = new RunWatch(control, request.budget.ms, deadline, signal);
    const task: ReplayTask = { kind: 'replay', request, control };
    const start = performance.now();
    try {
      const answer = (await piscina.run(task, { signal: AbortSignal.any([watch.signal, failure]) })) as ThreadAnswer;
      if (answer.retires) this.#retire(piscina, answer.threadId);
      signal?.throwIfAborted();
      return { trace: decodeTrace(answer.trace), replayMs: answer.runMs + answer.resetMs };
    } catch (error) {
      if (failure.aborted) {
        void piscina.destroy();
        this.#doesNotStart(failure.reason);
      }
      if (isOutOfMemory(error)) return { trace: halted('memory', OUT_OF_MEMORY), replayMs: performance.now() - start };
      if (!watch.signal.aborted) throw error;
      this.#recycled++;
      signal?.throwIfAborted();
      return { trace: halted('time', watch.why), replayMs: performance.now() - start };
    } finally {
      watch.stop();
    }
  }

  #retire(piscina: Piscina, threadId: number): void {
    const thread = piscina.threads.find((candidate) => candidate.threadId === threadId);
    if (thread === undefined) return;
    this.#recycled++;
    this.#ending++;
    void thread.terminate().finally(() => this.#ending--);
  }

  /** Finishes what was accepted and ends the threads. */
  async close(): Promise<void> {
    await this.#admission.close();
    const threads = await this.#threads?.catch(() => undefined);
    await threads?.piscina.destroy();
  }
}

interface Threads {
  readonly piscina: Piscina;
  /** Fires when a thread could not start. */
  readonly failure: AbortSignal;
}

interface Attempt {
  readonly request: ReplayRequest;
  /** On the clock of `performance.now()`. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}
