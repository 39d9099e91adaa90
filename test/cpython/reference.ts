import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { kill } from 'node:process';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Event, type Frame } from '../../core/frame.ts';
import type { Entry } from '../../core/program.ts';

const TRACER = fileURLToPath(new URL('reference_tracer.py', import.meta.url));

/** A frame as CPython reports it, without what Assay derives from its neighbours. */
export type ReferenceFrame = Pick<Frame, 'event' | 'line' | 'function' | 'locals' | 'arg'>;

const Answer = z.union([
  z.strictObject({ error: z.string() }),
  z.strictObject({
    frames: z.array(
      z.strictObject({
        event: Event,
        line: z.int().min(1),
        function: z.string(),
        // Not `z.record`: a local may be called `__proto__`.
        locals: z.custom<Record<string, string>>((value) => typeof value === 'object' && value !== null).optional(),
        arg: z.string().optional(),
      }),
    ),
    outcome: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('returned'), value: z.string() }),
      z.strictObject({
        kind: z.literal('raised'),
        type: z.string(),
        message: z.string(),
        line: z.int().min(1).optional(),
        atImport: z.boolean().optional(),
      }),
      z.strictObject({ kind: z.literal('halted'), reason: z.enum(['time', 'frames']), detail: z.string() }),
    ]),
    stdout: z.string(),
  }),
]);

type RawFrame = Extract<z.infer<typeof Answer>, { frames: unknown }>['frames'][number];

/** How CPython says that a run ended; `halted` only by the limits of the tests. */
export type ReferenceOutcome = Extract<z.infer<typeof Answer>, { outcome: unknown }>['outcome'];

/** A run of a program in CPython. */
export interface ReferenceTrace {
  readonly frames: readonly ReferenceFrame[];
  readonly outcome: ReferenceOutcome;
  readonly stdout: string;
}

/** What CPython is asked to run. */
export interface ReferenceProgram {
  readonly source: string;
  readonly entry: Entry;
  /** Standard input; default empty. */
  readonly stdin?: string | undefined;
  /** Seeds `random`; default 0. */
  readonly seed?: number | undefined;
}

export interface ReferenceOptions {
  /** Seconds that one program may run before its trace is `halted`. Default 20. */
  readonly seconds?: number;
  /** Added to the environment of the interpreter. */
  readonly env?: Readonly<Record<string, string>>;
}

interface Waiting {
  readonly resolve: (trace: ReferenceTrace) => void;
  readonly reject: (reason: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A CPython that traces one program after the other, each in a fork of one process.
 *
 * Use it with `await using`, or call {@link close}.
 */
export class ReferenceTracer {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: Interface;
  readonly #exited: Promise<void>;
  readonly #fenceMs: number;
  // The tracer answers in the order of the requests.
  readonly #waiting: Waiting[] = [];
  #failure: Error | undefined;

  /** @param python path of the interpreter, see `findCPython` */
  constructor(python: string, { seconds = 20, env = {} }: ReferenceOptions = {}) {
    // The tracer ends a run that takes too long by itself; this fence is for a tracer that hangs.
    this.#fenceMs = (seconds + 10) * 1000;
    this.#process = spawn(python, ['-B', TRACER, '--seconds', String(seconds)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      // A group of its own, so that a fork that is still running can be ended with it.
      detached: true,
      env: { ...process.env, PYTHONHASHSEED: '0', ...env },
    });
    this.#lines = createInterface({ input: this.#process.stdout, crlfDelay: Number.POSITIVE_INFINITY });
    this.#lines.on('line', (line) => this.#settle(line));
    this.#process.stdin.on('error', (error) => this.#fail(error));
    this.#exited = new Promise((resolve) => {
      this.#process.once('error', (error) => {
        this.#fail(error);
        resolve();
      });
      this.#process.once('close', (code, signal) => {
        this.#fail(new Error(`the reference tracer ended (${signal ?? code})`));
        resolve();
      });
    });
  }

  /**
   * Runs a program and returns its true trace.
   *
   * @throws if the tracer cannot run it, does not answer in time, or has ended
   */
  trace(program: ReferenceProgram): Promise<ReferenceTrace> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const { source, entry, stdin = '', seed = 0 } = program;
    return new Promise((resolve, reject) => {
      // Requests queue up behind each other, and each may take its full time.
      const fence = this.#fenceMs * (this.#waiting.length + 1);
      const timer = setTimeout(() => this.#kill(new Error('the reference tracer does not answer')), fence);
      this.#waiting.push({ resolve, reject, timer });
      this.#process.stdin.write(`${JSON.stringify({ source, entry, stdin, seed })}\n`);
    });
  }

  /** Lets the requests before it finish, then ends the interpreter. */
  async close(): Promise<void> {
    this.#process.stdin.end();
    await this.#exited;
    this.#lines.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #settle(line: string): void {
    const request = this.#waiting.shift();
    if (request === undefined) {
      this.#kill(new Error('the reference tracer answers unasked'));
      return;
    }
    clearTimeout(request.timer);
    try {
      request.resolve(readAnswer(line));
    } catch (error) {
      request.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #kill(reason: Error): void {
    this.#fail(reason);
    const { pid, exitCode, signalCode } = this.#process;
    if (pid !== undefined && exitCode === null && signalCode === null) kill(-pid, 'SIGKILL');
  }

  #fail(reason: Error): void {
    this.#failure ??= reason;
    for (const { reject, timer } of this.#waiting.splice(0)) {
      clearTimeout(timer);
      reject(this.#failure);
    }
  }
}

function readAnswer(line: string): ReferenceTrace {
  const answer = Answer.parse(JSON.parse(line));
  if ('error' in answer) throw new Error(answer.error);
  return { ...answer, frames: answer.frames.map(toFrame) };
}

function toFrame({ event, line, function: name, locals, arg }: RawFrame): ReferenceFrame {
  return {
    event,
    line,
    function: name,
    ...(locals !== undefined && { locals: new Map(Object.entries(locals)) }),
    ...(arg !== undefined && { arg }),
  };
}
