import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { PythonVersion } from '../core/program.ts';
import { ownChild } from './own-child.ts';
import type { Item } from './workload.ts';

const MAIN = fileURLToPath(new URL('../bin/assay.mjs', import.meta.url));
const POLL_MS = 5;
const START_MS = 120_000;
/** Lines of its log that are shown where it does not start. */
const LOG_LINES = 20;

interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface DaemonOptions {
  readonly python: PythonVersion;
  /** Replay threads. */
  readonly workers: number;
  /** Requests for the same run share it, and it is kept in memory. Default false. */
  readonly shares?: boolean;
  /** Directory of the interpreters' images; by default the one of whoever runs the benchmark. */
  readonly cache?: string;
}

/** A real daemon on a free port, started as a user would start it. */
export class Daemon {
  readonly #process: ChildProcess;
  readonly #agent: Agent;
  /** Address, without a slash at its end. */
  readonly url: string;
  /** Milliseconds from the start of the process until it listened. */
  readonly listeningMs: number;
  /** Milliseconds from the start of the process until it was ready. */
  readonly readyMs: number;

  private constructor(child: ChildProcess, agent: Agent, url: string, times: { listening: number; ready: number }) {
    this.#process = child;
    this.#agent = agent;
    this.url = url;
    this.listeningMs = times.listening;
    this.readyMs = times.ready;
  }

  /**
   * Starts a daemon and asks `/readyz` every 5 ms until it says 200.
   *
   * @throws Error where it is not ready within two minutes
   */
  static async start({ python, workers, shares = false, cache }: DaemonOptions): Promise<Daemon> {
    const start = performance.now();
    const child = ownChild(
      spawn(
        process.execPath,
        [MAIN, 'serve', '--port', '0', '--workers', String(workers), '--python', python, ...sharingFlags(shares)],
        { stdio: ['ignore', 'ignore', 'pipe'], cwd: tmpdir(), env: environment(cache) },
      ),
    );
    const agent = new Agent({ keepAlive: true });
    const log: string[] = [];
    try {
      const url = await listening(child, log);
      const listens = performance.now() - start;
      while ((await call(agent, `${url}/readyz`)).status !== 200) {
        if (performance.now() - start > START_MS) throw new Error('the daemon does not become ready');
        await sleep(POLL_MS);
      }
      return new Daemon(child, agent, url, { listening: listens, ready: performance.now() - start });
    } catch (cause) {
      child.kill('SIGKILL');
      throw new Error(`the daemon did not start:\n${log.join('\n')}`, { cause });
    }
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /**
   * Has a batch verified.
   *
   * @param bodies one verify request each, as JSON
   * @throws Error unless every one is verified
   */
  verifyAll(bodies: readonly string[]): Promise<void> {
    return this.#judgeAll(bodies, 'verified');
  }

  /** The same for claims that are wrong, whose corrections are not asked for. */
  refuteAll(bodies: readonly string[]): Promise<void> {
    return this.#judgeAll(bodies, 'refuted');
  }

  async #judgeAll(bodies: readonly string[], wanted: 'verified' | 'refuted'): Promise<void> {
    const { status, body } = await call(this.#agent, `${this.url}/v1/verify/batch`, bodies.join('\n'));
    const lines = body.trimEnd().split('\n');
    const { summary } = JSON.parse(lines.at(-1) ?? '') as { summary?: Record<typeof wanted, number> };
    if (status !== 200 || summary?.[wanted] !== bodies.length || lines.length !== bodies.length + 1) {
      throw new Error(`not all ${bodies.length} are ${wanted}: ${status} ${lines.at(-1)}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy();
    const closed = once(this.#process, 'close');
    if (this.#process.kill('SIGTERM')) await closed;
  }
}

/** A file of kept runs would let one benchmark see what another one ran. */
function sharingFlags(shares: boolean): string[] {
  return ['--share', String(shares), '--cache-file', 'off'];
}

/** What the daemon is told by its environment: where its cache is, and nothing else that changes what is measured. */
function environment(cache: string | undefined): Record<string, string> {
  const { PATH, HOME, XDG_CACHE_HOME, ASSAY_CACHE } = process.env;
  const known = Object.entries({ PATH, HOME, XDG_CACHE_HOME, ASSAY_CACHE: cache ?? ASSAY_CACHE });
  return Object.fromEntries(known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** The requests of some programs as a batch sends them. */
export function batchBodies(items: readonly Item[]): Map<Item, string> {
  return new Map(items.map((item) => [item, JSON.stringify(item.request)]));
}

/** Address that the daemon's log names. The log is read on, so that the daemon never waits for us. */
export function listening(child: ChildProcess, log: string[]): Promise<string> {
  if (child.stderr === null) throw new Error('standard error is a pipe');
  const lines = createInterface({ input: child.stderr });
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const found = /http:\/\/[\d.]+:\d+/.exec(line);
      if (found !== null) resolve(found[0]);
      if (log.length < LOG_LINES) log.push(line);
    });
    child.once('close', () => reject(new Error('the daemon ended')));
  });
}

async function call(agent: Agent, url: string, body?: string): Promise<Answer> {
  const method = body === undefined ? 'GET' : 'POST';
  const sent = request(url, { agent, method, headers: { 'content-type': 'application/x-ndjson' } });
  sent.end(body);
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, body: await text(response) };
}
