import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { serialize } from 'node:v8';
import type { Budget } from '../core/budget.ts';
import type { PythonVersion } from '../core/program.ts';
import { findBoundary, pathOnly } from './boundary.ts';
import { type CacheFiles, cacheFiles } from './cache.ts';
import type { PrepareOrder } from './prepare-process.ts';
import { prepareCommand, sandboxCommand } from './sandbox-command.ts';
import { type FromSandbox, PIPE_FD, type ToSandbox } from './sandbox-messages.ts';
import { MessageReader, MessageWriter } from './wire.ts';

/** What a sandbox process is started with. */
export interface SandboxOptions {
  readonly python: PythonVersion;
  readonly threads: number;
  /** For the run that checks an interpreter. */
  readonly budget: Budget;
}

/** Told what a sandbox process says, until it is gone. */
export interface SandboxEvents {
  readonly onMessage: (message: FromSandbox, body: Buffer) => void;
  /** The process has ended, whyever; called once, last. */
  readonly onExit: (why: string) => void;
}

/** How much of what a process says on standard error is kept, in characters. */
const STDERR_CHARACTERS = 4_000;
/** How long a process may take to end once it was asked to, in milliseconds. */
const END_MS = 5_000;
/** How long the making of the cached files may take, in milliseconds; an idle machine takes two seconds. */
const PREPARE_MS = 180_000;
/** Where memory runs out the kernel ends the process of the programs before the daemon. */
const OOM_SCORE = '500';

/**
 * A directory with nothing in it for a process to start in: one beside the cached files for all, which none of them may
 * write to, or one of its own where that cannot be.
 */
function emptyDirectory(cache: CacheFiles): string {
  const shared = join(dirname(cache.image), 'empty');
  try {
    mkdirSync(shared, { recursive: true, mode: 0o500 });
    if (readdirSync(shared).length === 0) return shared;
  } catch {
    // The cache cannot be written.
  }
  return mkdtempSync(join(tmpdir(), 'assay-empty-'));
}

/** All that a sandbox process gets of its surroundings: fewer arenas keep what threads leave there small. */
function environment(boundary: string): Record<string, string> {
  return { TZ: 'UTC', MALLOC_ARENA_MAX: '2', ...(boundary !== 'none' && pathOnly()) };
}

/** A sandbox process, as the daemon holds it. */
export class SandboxChild {
  readonly #process: ChildProcess;
  readonly #socket: Socket;
  readonly #writer: MessageWriter;
  readonly #exited = Promise.withResolvers<void>();
  #stderr = '';

  private constructor(process: ChildProcess, events: SandboxEvents) {
    this.#process = process;
    this.#socket = process.stdio[PIPE_FD] as Socket;
    this.#writer = new MessageWriter(this.#socket);
    const reader = new MessageReader((head, body) => {
      events.onMessage(JSON.parse(head.toString()) as FromSandbox, body);
    });
    this.#socket.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        // Not what our own code says.
        this.#stderr += String(error);
        this.kill();
      }
    });
    // The end of the process says the same.
    this.#socket.on('error', () => {});
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_CHARACTERS);
    });
    let over = false;
    const end = (why: string): void => {
      if (over) return;
      over = true;
      this.#socket.destroy();
      events.onExit(`${why}${this.#stderr === '' ? '' : `: ${this.#stderr}`}`);
      this.#exited.resolve();
    };
    process.once('error', (error) => end(`the sandbox process does not start: ${error.message}`));
    process.once('close', (code, signal) => end(`the sandbox process ended (${signal ?? `exit code ${code}`})`));
  }

  /**
   * Starts a process, with an empty environment and an empty working directory, inside the strongest boundary that the
   * machine has. It says `started` or `not-started` for itself.
   */
  static async spawn(options: SandboxOptions, events: SandboxEvents): Promise<SandboxChild> {
    const cache = cacheFiles(options.python);
    if (!existsSync(cache.module) || !existsSync(cache.image)) {
      await prepare({ python: options.python, budget: options.budget, cache });
    }
    const boundary = await findBoundary();
    const [file, ...args] = sandboxCommand(options.python, cache, boundary);
    const process = spawn(file, args, {
      cwd: emptyDirectory(cache),
      env: environment(boundary.name),
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      // Signals of the terminal are for the daemon, which finishes what it has accepted.
      detached: true,
    });
    const child = new SandboxChild(process, events);
    if (process.pid !== undefined) {
      await writeFile(`/proc/${process.pid}/oom_score_adj`, OOM_SCORE).catch(() => {});
    }
    child.send({ kind: 'start', ...options, cache });
    return child;
  }

  /** Absent where the process did not start. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  send(message: ToSandbox): void {
    this.#writer.send(serialize(message));
  }

  /** Whether this process keeps the daemon's event loop alive. */
  hold(held: boolean): void {
    const what = held ? 'ref' : 'unref';
    this.#process[what]();
    this.#socket[what]();
    (this.#process.stderr as Socket | null)?.[what]();
  }

  /** Ends the process at once. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Lets the process end, and makes it where it does not. */
  async close(): Promise<void> {
    this.#socket.end();
    const timer = setTimeout(() => this.kill(), END_MS);
    await this.#exited.promise;
    clearTimeout(timer);
  }
}

/** Makes the cached files where they can be kept; where not, each sandbox process makes its own. */
async function prepare(order: PrepareOrder): Promise<void> {
  const [file, ...args] = prepareCommand(order.python, order.cache);
  const process = spawn(file, args, { env: environment('none'), stdio: ['pipe', 'ignore', 'ignore'] });
  const { promise, resolve } = Promise.withResolvers<void>();
  process.once('error', () => resolve());
  process.once('close', () => resolve());
  process.stdin.on('error', () => {});
  process.stdin.end(JSON.stringify(order));
  const timer = setTimeout(() => process.kill('SIGKILL'), PREPARE_MS);
  await promise;
  clearTimeout(timer);
}
