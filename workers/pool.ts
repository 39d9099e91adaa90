import type { ReplayRequest } from '../bridges/python/run.ts';
import { decodeShadowRun, haltedRun } from '../bridges/python/shadow-codec.ts';
import { DEFAULT_BUDGET } from '../core/budget.ts';
import { Fault } from '../core/fault.ts';
import type { FrameSequence } from '../core/frame.ts';
import type { PythonVersion } from '../core/program.ts';
import type { ShadowRequest, ShadowRun } from '../core/shadow.ts';
import type { Trace } from '../core/trace.ts';
import { Admission } from './admission.ts';
import type { TaskOrder } from './protocol.ts';
import { SandboxHost } from './sandbox-host.ts';
import { type TaskEnd, TaskFailure, type TaskRunner } from './task-runner.ts';
import { ThreadPool } from './thread-pool.ts';
import { WatchedRun } from './watched-run.ts';

/**
 * Where the threads live that run programs: in a process of their own, which can be lost, or in this one, which starts
 * sooner.
 */
export type Isolation = 'process' | 'threads';

export interface PoolOptions {
  readonly python: PythonVersion;
  readonly threads: number;
  /** Requests of one caller that may wait for a thread. */
  readonly queue: number;
  /** `threads` where nothing is said. */
  readonly isolation?: Isolation;
  /** False runs programs in threads that may do whatever this process may, for debugging; true where nothing is said. */
  readonly sealed?: boolean;
}

export interface ReplayOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds from now after which the answer is of no use; waiting counts. */
  readonly deadlineMs?: number;
  /** Who asks. Callers take turns. */
  readonly caller?: string;
  /** Milliseconds to wait for a place in the queue where it is full; without it a full queue refuses at once. */
  readonly patienceMs?: number;
  /**
   * Is shown the frames of a long run from time to time while it goes on, each time about twice as many; the run ends soon
   * after it returned true.
   */
  readonly isEnough?: (frames: FrameSequence) => boolean;
  /** Runs in this turn, which the caller ends, and not in one of its own. */
  readonly turn?: Turn;
}

/** A place among the threads for several runs, one after the other: what was begun does not queue again. */
export interface Turn {
  /** Milliseconds that it was waited for. */
  readonly queueMs: number;
  leave(): void;
}

/** A trace and what it took, in milliseconds. */
export interface ReplayResult {
  readonly trace: Trace;
  readonly queueMs: number;
  readonly replayMs: number;
}

/** A shadow run and what it took, in milliseconds. */
export interface ShadowResult {
  readonly run: ShadowRun;
  readonly queueMs: number;
  readonly runMs: number;
}

export interface PoolHealth {
  readonly python: PythonVersion;
  readonly workers: number;
  readonly busy: number;
  readonly waiting: number;
  /** Threads that were replaced. */
  readonly recycled: number;
  /** Sandbox processes that died and were replaced. */
  readonly restarts: number;
}

/** So many runs for each thread wait beside it, so that it finds one when it is done. */
const READY_A_THREAD = 2;

export const LATE = 'the deadline passed while the request waited';

/** Interpreters of one Python version, behind a bounded queue. */
export class ReplayPool {
  readonly #options: PoolOptions;
  readonly #admission: Admission;
  readonly #runner: TaskRunner;

  constructor(options: PoolOptions) {
    const { python, threads, queue, isolation = 'threads', sealed = true } = options;
    this.#options = options;
    this.#admission = new Admission(threads, queue, threads * READY_A_THREAD);
    const started = { python, threads, budget: DEFAULT_BUDGET };
    this.#runner =
      isolation === 'process' && sealed ? new SandboxHost(started) : new ThreadPool({ ...started, sealed });
  }

  get health(): PoolHealth {
    const { python, threads } = this.#options;
    const { running, waiting } = this.#admission;
    const { recycled, restarts } = this.#runner;
    const busy = Math.min(running, threads);
    return { python, workers: threads, busy, waiting: waiting + running - busy, recycled, restarts };
  }

  /**
   * Starts the threads; without it the first replay does.
   *
   * @throws Fault `internal`
   */
  async start(): Promise<void> {
    await this.#runner.start().catch((error: unknown) => this.#fail(error));
  }

  /**
   * Runs a program in the next free thread.
   *
   * @throws Fault `queue-full`, `shutting-down`, `worker-lost` (the thread or its process died twice) or `internal`; the
   *   signal's reason where it fires first
   */
  async replay(request: ReplayRequest, options: ReplayOptions = {}): Promise<ReplayResult> {
    const watched = new WatchedRun(request.program.source, options.isEnough);
    const { end, queueMs } = await this.#submit({ kind: 'replay', request }, options, watched);
    const replayMs = end.kind === 'ended' ? end.ms : end.answer.runMs + end.answer.resetMs;
    return { trace: watched.finish(end), queueMs, replayMs };
  }

  /**
   * Runs a program with terms beside its values, in the next free thread.
   *
   * @throws as {@link replay}
   */
  async shadow(request: ShadowRequest, options: ReplayOptions = {}): Promise<ShadowResult> {
    const { end, queueMs } = await this.#submit({ kind: 'shadow', request }, options);
    if (end.kind === 'ended') {
      const { reason, detail, ms } = end;
      return { run: haltedRun({ kind: 'halted', reason, detail }), queueMs, runMs: ms };
    }
    const { body, runMs, resetMs } = end.answer;
    return { run: decodeShadowRun(new TextDecoder().decode(body)), queueMs, runMs: runMs + resetMs };
  }

  /**
   * Waits for a turn. It must be left exactly once.
   *
   * @throws Fault `queue-full` or `shutting-down`; the signal's reason where it fires first
   */
  async begin(options: ReplayOptions = {}): Promise<Turn> {
    const asked = performance.now();
    await this.#admission.enter(options);
    const entered = performance.now();
    return { queueMs: entered - asked, leave: () => this.#admission.leave(performance.now() - entered) };
  }

  async #submit(
    order: TaskOrder,
    options: ReplayOptions,
    watched?: WatchedRun,
  ): Promise<{ end: TaskEnd; queueMs: number }> {
    const { signal, deadlineMs, turn } = options;
    const deadline = performance.now() + (deadlineMs ?? Number.POSITIVE_INFINITY);
    const own = turn === undefined ? await this.begin(options) : undefined;
    try {
      const queueMs = own?.queueMs ?? 0;
      if (performance.now() >= deadline) {
        return { end: { kind: 'ended', reason: 'time', detail: LATE, ms: 0 }, queueMs };
      }
      const end = await this.#runner
        .run(order, { deadline, signal, blocks: watched, enough: watched?.enough })
        .catch((error: unknown) => this.#fail(error));
      return { end, queueMs };
    } finally {
      own?.leave();
    }
  }

  #fail(error: unknown): never {
    if (!(error instanceof TaskFailure)) throw error;
    if (error.failure === 'lost') {
      throw new Fault('worker-lost', 'The interpreter died twice on this request.', { cause: error });
    }
    const python = this.#options.python;
    throw new Fault('internal', `The interpreter for Python ${python} does not start.`, { cause: error });
  }

  /** Finishes what was accepted and ends the threads. */
  async close(): Promise<void> {
    await this.#admission.close();
    await this.#runner.close();
  }
}
