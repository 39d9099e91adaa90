import { Socket } from 'node:net';
import { deserialize } from 'node:v8';
import { type FromSandbox, PIPE_FD, type ToSandbox } from './sandbox-messages.ts';
import { type BlockSink, TaskFailure } from './task-runner.ts';
import { ThreadPool } from './thread-pool.ts';
import { MessageReader, MessageWriter } from './wire.ts';

/**
 * Entry of a sandbox process: the threads that run programs, and nothing that is worth stealing. It does what the daemon
 * asks over the pipe, and ends when the pipe does.
 */

const socket = new Socket({ fd: PIPE_FD, readable: true, writable: true });
const writer = new MessageWriter(socket);

interface Running {
  readonly abort: AbortController;
  readonly enough: AbortController;
}

const running = new Map<number, Running>();
let pool: ThreadPool | undefined;

function say(message: FromSandbox, body?: Uint8Array): void {
  writer.send(Buffer.from(JSON.stringify(message)), body);
}

/** An error and what caused it. */
function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let at = error; at !== undefined && found.length < 5; at = at instanceof Error ? at.cause : undefined) {
    found.push(at);
  }
  return found;
}

function describe(error: unknown): string {
  return causes(error)
    .map((one) => (one instanceof Error ? (one.stack ?? one.message) : String(one)))
    .join('\ncaused by: ');
}

function reasonOf(error: unknown): string {
  const reason = causes(error).at(-1);
  return reason instanceof Error ? reason.message : String(reason);
}

async function start({ python, threads, budget, cache }: Extract<ToSandbox, { kind: 'start' }>): Promise<void> {
  pool = new ThreadPool({ python, threads, budget, cache });
  try {
    await pool.start();
    say({ kind: 'started' });
  } catch (error) {
    say({ kind: 'not-started', reason: reasonOf(error), why: describe(error) });
  }
}

async function run({ id, order, deadlineMs }: Extract<ToSandbox, { kind: 'task' }>): Promise<void> {
  if (pool === undefined) throw new Error('a task before the start');
  const abort = new AbortController();
  const enough = new AbortController();
  running.set(id, { abort, enough });
  try {
    const blocks: BlockSink = {
      take: (block) => say({ kind: 'block', id }, block),
      clear: () => say({ kind: 'anew', id }),
    };
    const deadline = performance.now() + deadlineMs;
    const end = await pool.run(order, { deadline, signal: abort.signal, enough: enough.signal, blocks });
    const { recycled } = pool;
    if (end.kind === 'ended') {
      say({ kind: 'end', id, end, recycled });
    } else {
      const { body, ...answer } = end.answer;
      say({ kind: 'end', id, end: { kind: 'answered', answer }, recycled }, body);
    }
  } catch (error) {
    const { recycled } = pool;
    const failure = abort.signal.aborted ? 'cancelled' : error instanceof TaskFailure ? error.failure : 'lost';
    say({ kind: 'failed', id, failure, why: describe(error), recycled });
  } finally {
    running.delete(id);
  }
}

function take(message: ToSandbox): void {
  switch (message.kind) {
    case 'start':
      void start(message);
      return;
    case 'task':
      void run(message);
      return;
    case 'cancel':
      running.get(message.id)?.abort.abort(new Error('the request was cancelled'));
      return;
    case 'enough':
      running.get(message.id)?.enough.abort();
      return;
    case 'ping':
      say({ kind: 'pong' });
  }
}

const reader = new MessageReader((head) => take(deserialize(head) as ToSandbox));
socket.on('data', (chunk: Buffer) => reader.push(chunk));
// The daemon is gone, or wants this process to go. Nothing is running that anybody waits for.
socket.on('close', () => process.exit(0));
socket.on('error', () => process.exit(0));
