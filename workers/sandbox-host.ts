import type { TaskOrder } from './protocol.ts';
import { RunGate } from './run-gate.ts';
import { SandboxChild, type SandboxOptions } from './sandbox-child.ts';
import type { FromSandbox } from './sandbox-messages.ts';
import { type BlockSink, type TaskEnd, TaskFailure, type TaskRunner, type TaskTerms } from './task-runner.ts';

/** How long a process that is at work may say nothing before it is ended, in milliseconds. */
const SILENCE_MS = 30_000;
/** How often it is asked meanwhile. */
const PINGS = 6;
/** How long a process may take until its interpreters are there, in milliseconds. */
const START_MS = 120_000;
/** How often a process is started that is killed before it has. */
const START_ATTEMPTS = 3;
/** What one run may send: about what the largest `trace_mb` comes to, so that no sandbox fills this process's memory. */
const MAX_TRACE_BYTES = 2 ** 30;

interface Waiting {
  readonly blocks: BlockSink | undefined;
  /** Bytes of the blocks so far. */
  bytes: number;
  readonly resolve: (end: TaskEnd) => void;
  readonly reject: (error: unknown) => void;
}

/** A process that has said that it started. */
interface Live {
  readonly child: SandboxChild;
  readonly waiting: Map<number, Waiting>;
  gone: boolean;
}

/** The reason that the process gave, with its own stacks. */
function notStarted({ reason, why }: Extract<FromSandbox, { kind: 'not-started' }>): Error {
  const error = new Error(reason);
  error.stack = why;
  return error;
}

/** Says that the process died while a task was in it. */
class ProcessDied extends Error {}

/**
 * Threads in a process of their own. What happens to that process, be it a crash of the engine, an out-of-memory or a
 * program that got out of its thread, does not happen to this one, whose memory it does not share.
 *
 * A process that dies is started anew, and what was running in it runs once more, each task alone: so a task that takes
 * the process with it is found out, and the others are answered.
 */
export class SandboxHost implements TaskRunner {
  readonly #options: SandboxOptions;
  readonly #silenceMs: number;
  readonly #gate = new RunGate();
  #live: Promise<Live> | undefined;
  #next = 0;
  #running = 0;
  #recycledBefore = 0;
  #recycled = 0;
  #restarts = 0;
  #heardAt = 0;
  #pings: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param silenceMs how long a process that is at work may say nothing before it is ended */
  constructor(options: SandboxOptions, silenceMs = SILENCE_MS) {
    this.#options = options;
    this.#silenceMs = silenceMs;
  }

  get recycled(): number {
    return this.#recycledBefore + this.#recycled;
  }

  get restarts(): number {
    return this.#restarts;
  }

  async start(): Promise<void> {
    await this.#started();
  }

  async run(order: TaskOrder, terms: TaskTerms): Promise<TaskEnd> {
    try {
      return await this.#gate.together(() => this.#once(order, terms));
    } catch (error) {
      if (!(error instanceof ProcessDied)) throw error;
    }
    terms.signal?.throwIfAborted();
    terms.blocks?.clear();
    try {
      return await this.#gate.alone(() => this.#once(order, terms));
    } catch (error) {
      if (!(error instanceof ProcessDied)) throw error;
      throw new TaskFailure('lost', 'the sandbox process died twice on this request', error);
    }
  }

  async #once(order: TaskOrder, { deadline, signal, enough, blocks }: TaskTerms): Promise<TaskEnd> {
    const live = await this.#started();
    signal?.throwIfAborted();
    const { child, waiting } = live;
    if (live.gone) throw new ProcessDied('the sandbox process died before the request');
    const id = this.#next++;
    const { promise, resolve, reject } = Promise.withResolvers<TaskEnd>();
    waiting.set(id, { blocks, bytes: 0, resolve, reject });
    const cancel = (): void => child.send({ kind: 'cancel', id });
    const stop = (): void => child.send({ kind: 'enough', id });
    signal?.addEventListener('abort', cancel, { once: true });
    enough?.addEventListener('abort', stop, { once: true });
    this.#begin(child);
    try {
      child.send({ kind: 'task', id, order, deadlineMs: deadline - performance.now() });
      return await promise;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      waiting.delete(id);
      signal?.removeEventListener('abort', cancel);
      enough?.removeEventListener('abort', stop);
      this.#end(child);
    }
  }

  #begin(child: SandboxChild): void {
    this.#running++;
    if (this.#running > 1) return;
    child.hold(true);
    this.#heardAt = performance.now();
    this.#pings ??= setInterval(() => this.#ping(), this.#silenceMs / PINGS).unref();
  }

  #end(child: SandboxChild): void {
    this.#running--;
    if (this.#running === 0) child.hold(false);
  }

  /** The process's main thread only passes messages on: it is never busy for long. */
  #ping(): void {
    void this.#live?.then(({ child }) => {
      const silence = performance.now() - this.#heardAt;
      if (this.#running === 0) this.#heardAt = performance.now();
      else if (silence > this.#silenceMs) child.kill();
      else child.send({ kind: 'ping' });
    });
  }

  #started(): Promise<Live> {
    this.#live ??= this.#spawn(START_ATTEMPTS).catch((error: unknown) => {
      this.#live = undefined;
      throw new TaskFailure('does-not-start', 'the sandbox process does not start', error);
    });
    return this.#live;
  }

  async #spawn(attempts: number): Promise<Live> {
    const started = Promise.withResolvers<void>();
    const waiting = new Map<number, Waiting>();
    let live: Live | undefined;
    const child = await SandboxChild.spawn(this.#options, {
      onMessage: (message, body) => {
        this.#heardAt = performance.now();
        this.#hear(waiting, message, body, started);
      },
      onExit: (why) => {
        started.reject(new ProcessDied(why));
        if (live !== undefined) this.#lose(live, why);
      },
    });
    const timer = setTimeout(() => child.kill(), START_MS);
    try {
      await started.promise;
    } catch (error) {
      child.kill();
      if (error instanceof ProcessDied && attempts > 1 && !this.#closed) return await this.#spawn(attempts - 1);
      throw error;
    } finally {
      clearTimeout(timer);
    }
    live = { child, waiting, gone: false };
    child.hold(this.#running > 0);
    return live;
  }

  #hear(waiting: Map<number, Waiting>, message: FromSandbox, body: Buffer, started: PromiseWithResolvers<void>): void {
    const task = 'id' in message ? waiting.get(message.id) : undefined;
    switch (message.kind) {
      case 'started':
        started.resolve();
        return;
      case 'not-started':
        started.reject(notStarted(message));
        return;
      case 'pong':
        return;
      case 'block':
        if (task === undefined) return;
        task.bytes += body.length;
        if (task.bytes > MAX_TRACE_BYTES) throw new Error(`a trace of more than ${MAX_TRACE_BYTES} bytes`);
        task.blocks?.take(body);
        return;
      case 'anew':
        if (task === undefined) return;
        task.bytes = 0;
        task.blocks?.clear();
        return;
      case 'failed': {
        this.#recycled = message.recycled;
        const failure = message.failure === 'cancelled' ? 'lost' : message.failure;
        task?.reject(new TaskFailure(failure, message.why));
        return;
      }
      case 'end': {
        this.#recycled = message.recycled;
        const { end } = message;
        task?.resolve(end.kind === 'ended' ? end : { kind: 'answered', answer: { ...end.answer, body } });
      }
    }
  }

  #lose(live: Live, why: string): void {
    live.gone = true;
    this.#live = undefined;
    this.#recycledBefore += this.#recycled;
    this.#recycled = 0;
    for (const task of live.waiting.values()) task.reject(new ProcessDied(why));
    if (this.#closed) return;
    this.#restarts++;
    // The next request need not wait for it.
    this.#started().catch(() => {});
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#pings);
    const live = await this.#live?.catch(() => undefined);
    if (live === undefined) return;
    live.child.hold(true);
    await live.child.close();
  }
}
