import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { buildOf } from '../bridges/python/builds.ts';
import type { Budget } from '../core/budget.ts';
import type { PythonVersion } from '../core/program.ts';
import { type CacheFiles, cacheFiles } from './cache.ts';
import { loadImage } from './image-store.ts';
import { loadModule } from './module-store.ts';
import { moduleUrl } from './module-url.ts';
import { controlBlock, type TaskOrder, type ThreadAnswer, type ThreadData, type ThreadTask } from './protocol.ts';
import { RecycledThreads } from './recycled-threads.ts';
import { RunWatch } from './run-watch.ts';
import { type TaskEnd, TaskFailure, type TaskRunner, type TaskTerms } from './task-runner.ts';
import { threadOptions } from './thread-options.ts';

/** What threads are started with. */
export interface ThreadPoolOptions {
  readonly python: PythonVersion;
  readonly threads: number;
  /** For the run that checks an interpreter. */
  readonly budget: Budget;
  /** False takes Node's permissions and the locks of the realm away, for debugging; true where nothing is said. */
  readonly sealed?: boolean;
  /** Where the build's module and image are kept; the user's cache where nothing is said. */
  readonly cache?: CacheFiles;
}

/** A task that is lost again and again with threads that end for others is given up. */
const MAX_ATTEMPTS = 10;
const OUT_OF_MEMORY = 'the trace does not fit the memory of its thread';

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

interface Threads {
  readonly piscina: Piscina;
  /** Fires when a thread could not start. */
  readonly failure: AbortSignal;
}

/** A fixed number of threads of this process, each with an interpreter of its own. */
export class ThreadPool implements TaskRunner {
  readonly restarts = 0;
  readonly #options: ThreadPoolOptions;
  #threads: Promise<Threads> | undefined;
  readonly #recycled = new RecycledThreads();

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
  }

  get recycled(): number {
    return this.#recycled.total;
  }

  async start(): Promise<void> {
    await this.#started();
  }

  #started(): Promise<Threads> {
    this.#threads ??= this.#spawn().catch((error: unknown) => this.#doesNotStart(error));
    return this.#threads;
  }

  #doesNotStart(cause: unknown): never {
    this.#threads = undefined;
    throw new TaskFailure('does-not-start', 'the interpreter does not start', cause);
  }

  async #spawn(): Promise<Threads> {
    const { python, threads, budget, sealed = true, cache = cacheFiles(python) } = this.#options;
    const build = buildOf(python);
    const compiled = await loadModule(build, cache.module);
    const image = await loadImage(build, compiled, budget, { path: cache.image, sealed });
    const data: ThreadData = { python, budget, sealed, compiled, image };
    const piscina = new Piscina({
      filename: fileURLToPath(moduleUrl('./replay-thread.ts', import.meta.url)),
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: data,
      ...threadOptions(build, sealed),
    });
    // Outside a task a thread fails only while it starts, and the library then stops replacing it.
    const failure = new AbortController();
    piscina.on('error', (error: unknown) => failure.abort(error));
    return { piscina, failure: failure.signal };
  }

  async run(order: TaskOrder, terms: TaskTerms): Promise<TaskEnd> {
    let crashes = 0;
    for (let attempts = 1; ; attempts++) {
      const control = controlBlock();
      try {
        return await this.#once(order, control, terms);
      } catch (error) {
        terms.signal?.throwIfAborted();
        if (error instanceof TaskFailure) throw error;
        if (!this.#recycled.isInnocent(control)) crashes++;
        if (crashes === 2 || attempts === MAX_ATTEMPTS) {
          throw new TaskFailure('lost', 'the interpreter’s thread died twice on this request', error);
        }
      }
    }
  }

  async #once(order: TaskOrder, control: Int32Array, { deadline, signal }: TaskTerms): Promise<TaskEnd> {
    const { piscina, failure } = await this.#started();
    signal?.throwIfAborted();
    const watch = new RunWatch(control, order.request.budget.ms, deadline, signal);
    const task: ThreadTask = { ...order, control };
    const start = performance.now();
    const ended = (reason: 'time' | 'memory', detail: string): TaskEnd => {
      return { kind: 'ended', reason, detail, ms: performance.now() - start };
    };
    try {
      const answer = (await piscina.run(task, { signal: AbortSignal.any([watch.signal, failure]) })) as ThreadAnswer;
      if (answer.retires) this.#recycled.retire(piscina.threads, answer.threadId);
      signal?.throwIfAborted();
      return { kind: 'answered', answer };
    } catch (error) {
      if (failure.aborted) {
        void piscina.destroy();
        this.#doesNotStart(failure.reason);
      }
      if (isOutOfMemory(error) && watch.began) return ended('memory', OUT_OF_MEMORY);
      if (!watch.signal.aborted) throw error;
      if (watch.began) this.#recycled.count();
      signal?.throwIfAborted();
      return ended('time', watch.why);
    } finally {
      watch.stop();
    }
  }

  async close(): Promise<void> {
    const threads = await this.#threads?.catch(() => undefined);
    await threads?.piscina.destroy();
  }
}
