import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { CPython } from './cpython.ts';
import { ownChild } from './own-child.ts';

/** A script that is silent for longer than this hangs, in milliseconds. */
const SILENCE_MS = 60_000;

interface Waiting {
  /** Lines that are still to come. */
  missing: number;
  readonly silence: NodeJS.Timeout;
  readonly resolve: (text: string) => void;
  readonly reject: (reason: Error) => void;
}

/** A script of `python/` that answers each line with a line, one after the other. */
export class LineProcess {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #closed: Promise<unknown>;
  #chunks: Buffer[] = [];
  #waiting: Waiting | undefined;

  constructor({ command }: CPython, script: string) {
    this.#process = ownChild(
      spawn(command, [fileURLToPath(new URL(`python/${script}`, import.meta.url))], {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: { PATH: process.env.PATH ?? '', PYTHONHASHSEED: '0', PYTHONUTF8: '1' },
      }),
    );
    this.#closed = once(this.#process, 'close').then(() => {
      this.#waiting?.reject(new Error(`${script} ended before it had answered`));
    });
    this.#closed.catch((error: Error) => this.#waiting?.reject(error));
    this.#process.stdin.on('error', (error) => this.#waiting?.reject(error));
    this.#process.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /**
   * Sends lines all at once and waits for as many answers: the script never waits for this process.
   *
   * @throws Error where the script ends first
   */
  async ask(lines: readonly string[]): Promise<string[]> {
    if (this.#waiting !== undefined) throw new Error('one question at a time');
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const silence = setTimeout(() => this.#process.kill('SIGKILL'), SILENCE_MS);
    this.#waiting = { missing: lines.length, silence, resolve, reject };
    this.#process.stdin.write(`${lines.join('\n')}\n`);
    try {
      return (await promise).trimEnd().split('\n');
    } finally {
      clearTimeout(silence);
      this.#waiting = undefined;
    }
  }

  #take(chunk: Buffer): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    waiting.silence.refresh();
    this.#chunks.push(chunk);
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) waiting.missing--;
    if (waiting.missing > 0) return;
    waiting.resolve(Buffer.concat(this.#chunks).toString());
    this.#chunks = [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.stdin.end();
    await this.#closed;
  }
}

const NEWLINE = 0x0a;
