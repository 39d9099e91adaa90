import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { buildOf } from '../bridges/python/builds.ts';
import type { Budget } from '../core/budget.ts';
import type { PythonVersion } from '../core/program.ts';
import { BlockArrivals } from './block-arrivals.ts';
import { type CacheFiles, cacheFiles } from './cache.ts';
import { loadImage } from './image-store.ts';
import { loadModule } from './module-store.ts';
import { moduleUrl } from './module-url.ts';
import {
  CONTROL,
  controlBlock,
  NOT_BEGUN,
  type TaskOrder,
  type ThreadAnswer,
  type ThreadData,
  type ThreadNews,
  type ThreadTask,
  threadOf,
  withdraw,
} from './protocol.ts';
import { MAX_LOSSES, RecycledThreads } from './recycled-threads.ts';
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

/** One that a thread works at, and one that lies ready for it. */
const TASKS_A_THREAD = 2;
/** How long a task may wait for its thread while another one is free, in milliseconds; twice as long after each move. */
const PATIENCE_MS = 20;
/** The same, as often the processor time that it took to write it down: what is large takes as long to be read. */
const PATIENCE_FACTOR = 10;
type NotBegun = typeof NOT_BEGUN;
const OUT_OF_MEMORY = 'the trace does not fit the memory of its thread';

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** Processor time of this thread. */
function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
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
  /** Blocks of what runs, by the task's name. */
  readonly #arrivals = new Map<string, BlockArrivals>();
  /** Control blocks of all tasks. */
  readonly #inHand = new Set<Int32Array>();
  /** Threads whose interpreter is there. */
  readonly #booted = new WeakSet<Worker>();
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
      concurrentTasksPerWorker: TASKS_A_THREAD,
      stricterFIFO: true,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: data,
      ...threadOptions(build, sealed),
    });
    // Outside a task a thread fails only while it starts, and the library then stops replacing it.
    const failure = new AbortController();
    piscina.on('error', (error: unknown) => failure.abort(error));
    piscina.on('message', (news: ThreadNews) => this.#hear(piscina.threads, news));
    return { piscina, failure: failure.signal };
  }

  #hear(threads: readonly Worker[], news: ThreadNews): void {
    if (news.kind === 'block') {
      this.#arrivals.get(news.task)?.take(news.block);
      return;
    }
    const thread = threads.find(({ threadId }) => threadId === news.threadId);
    if (thread !== undefined) this.#booted.add(thread);
  }

  async run(order: TaskOrder, terms: TaskTerms): Promise<TaskEnd> {
    let crashes = 0;
    let losses = 0;
    for (let attempt = 0; ; attempt++) {
      if (attempt > 0) terms.blocks?.clear();
      const control = controlBlock();
      this.#inHand.add(control);
      try {
        const end = await this.#once(order, control, attempt, terms);
        if (end !== NOT_BEGUN) return end;
      } catch (error) {
        terms.signal?.throwIfAborted();
        if (error instanceof TaskFailure) throw error;
        if (!this.#recycled.isInnocent(control)) crashes++;
        if (crashes === 2 || ++losses === MAX_LOSSES) {
          throw new TaskFailure('lost', 'the interpreter’s thread died twice on this request', error);
        }
      } finally {
        this.#inHand.delete(control);
      }
    }
  }

  /**
   * Gives a task to a thread and waits for its end: at first to one that may be at work on another task, later to one that
   * has no other, before all that come after.
   */
  async #once(order: TaskOrder, control: Int32Array, attempt: number, terms: TaskTerms): Promise<TaskEnd | NotBegun> {
    const { piscina, failure } = await this.#started();
    terms.signal?.throwIfAborted();
    const start = performance.now();
    const name = randomUUID();
    const arrivals = new BlockArrivals(terms.blocks);
    this.#arrivals.set(name, arrivals);
    const { promise, resolve, reject } = Promise.withResolvers<ThreadAnswer | NotBegun>();
    // What takes long to hand over would be moved for ever.
    let enough = PATIENCE_MS * 2 ** attempt;
    const watch = new RunWatch(control, order.request.budget.ms, terms.deadline, terms.signal, () => {
      const waited = performance.now() - start;
      if (waited >= enough && this.#hasIdleThread(piscina.threads) && withdraw(control)) resolve(NOT_BEGUN);
    });
    const fail = (): void => reject(failure.reason);
    const stop = (): void => void Atomics.store(control, CONTROL.interrupt, 1);
    terms.enough?.addEventListener('abort', stop, { once: true });
    const giveUp = (): void => reject(watch.signal.reason);
    watch.signal.addEventListener('abort', giveUp, { once: true });
    failure.addEventListener('abort', fail, { once: true });
    if (failure.aborted) fail();
    // The deadline may have passed before this attempt.
    if (watch.signal.aborted) giveUp();
    try {
      const task: ThreadTask = { ...order, control, task: name };
      // The library gives a task that has a signal a thread to itself, the next one that is free.
      const options = attempt === 0 ? {} : { signal: new AbortController().signal };
      const before = process.threadCpuUsage();
      (piscina.run(task, options) as Promise<ThreadAnswer | NotBegun>)
        .then(async (answer) => {
          if (answer !== NOT_BEGUN) await arrivals.until(answer.blocks);
          resolve(answer);
        })
        .catch(reject);
      enough = Math.max(enough, PATIENCE_FACTOR * millisecondsSince(before));
      const answer = await promise;
      if (answer === NOT_BEGUN) return NOT_BEGUN;
      if (answer.retires) this.#recycled.end(piscina.threads, answer.threadId);
      terms.signal?.throwIfAborted();
      return { kind: 'answered', answer };
    } catch (error) {
      if (failure.aborted) {
        void piscina.destroy();
        this.#doesNotStart(failure.reason);
      }
      const { thread } = watch;
      const ms = performance.now() - start;
      if (isOutOfMemory(error) && thread !== undefined) {
        return { kind: 'ended', reason: 'memory', detail: OUT_OF_MEMORY, ms };
      }
      if (!watch.signal.aborted) throw error;
      if (thread !== undefined) this.#recycled.end(piscina.threads, thread);
      terms.signal?.throwIfAborted();
      return { kind: 'ended', reason: 'time', detail: watch.why, ms };
    } finally {
      watch.stop();
      this.#arrivals.delete(name);
      terms.enough?.removeEventListener('abort', stop);
      failure.removeEventListener('abort', fail);
    }
  }

  /** Whether a thread is free for a task that waits behind another one in its own. */
  #hasIdleThread(threads: readonly Worker[]): boolean {
    const busy = new Set([...this.#inHand].map(threadOf));
    return threads.some((thread) => this.#booted.has(thread) && !busy.has(thread.threadId));
  }

  async close(): Promise<void> {
    const threads = await this.#threads?.catch(() => undefined);
    await threads?.piscina.destroy();
  }
}
