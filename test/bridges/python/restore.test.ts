import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOf } from '../../../bridges/python/builds.ts';
import { decodeTrace } from '../../../bridges/python/codec.ts';
import type { Image } from '../../../bridges/python/image.ts';
import type { ReplayRequest } from '../../../bridges/python/run.ts';
import { type Budget, DEFAULT_BUDGET } from '../../../core/budget.ts';
import { type Entry, PYTHON_VERSIONS, type PythonVersion, resolveProgram } from '../../../core/program.ts';
import { loadImage } from '../../../workers/image-store.ts';
import { loadModule } from '../../../workers/module-store.ts';
import { threadOptions } from '../../../workers/thread-options.ts';
import { loadAttacks } from '../../attacks/corpus.ts';
import { loadCases } from '../../cases/cases.ts';
import type { RestoreReport } from './restore-thread.ts';

const MINUTE = 60_000;
/** A run inside one long C call does not end by itself: its thread is given up. */
const GIVE_UP_MS = 1_500;
/** An attack that runs for ever need not do so for long. */
const ATTACK_MS = 300;
const BUDGET: Budget = {
  ...DEFAULT_BUDGET,
  steps: 50_000,
  ms: 700,
  memory_mb: 64,
  trace_mb: 8,
  output_kb: 64,
  files_mb: 1,
};

interface Named {
  readonly name: string;
  readonly source: string;
  readonly entry: Entry;
  readonly stdin: string;
  readonly python: readonly PythonVersion[];
  readonly ms?: number;
}

const canary: Named = {
  name: 'canary',
  source: readFileSync(new URL('../../attacks/canary.py', import.meta.url), 'utf8'),
  entry: { call: 'f()' },
  stdin: 'here',
  python: PYTHON_VERSIONS,
};
const programs: readonly Named[] = [...loadCases(), ...loadAttacks().map((one) => ({ ...one, ms: ATTACK_MS }))];

/** A thread with the options of a replay thread, which tells what each run leaves behind. */
class RestoreThread {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  static async start(python: PythonVersion, compiled: WebAssembly.Module, image: Image): Promise<RestoreThread> {
    const { execArgv, ...options } = threadOptions(buildOf(python));
    const entry = new URL('./restore-thread.ts', import.meta.url);
    const worker = new Worker(entry, {
      ...options,
      execArgv: [...execArgv, `--allow-fs-read=${fileURLToPath(new URL('.', import.meta.url))}`],
      workerData: { python, compiled, image, budget: DEFAULT_BUDGET },
    });
    await once(worker, 'message');
    return new RestoreThread(worker);
  }

  /** Undefined where the thread had to be given up. */
  async run(
    { source, entry, stdin, ms = BUDGET.ms }: Named,
    python: PythonVersion,
  ): Promise<RestoreReport | undefined> {
    const program = resolveProgram({ source, entry, python, world: { stdin } }, python);
    const request: ReplayRequest = { program, budget: { ...BUDGET, ms } };
    const limit = AbortSignal.timeout(GIVE_UP_MS);
    this.#worker.postMessage(request);
    try {
      const [report] = (await once(this.#worker, 'message', { signal: limit })) as [RestoreReport];
      return report;
    } catch (error) {
      if (!limit.aborted) throw error;
      return undefined;
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

const digestOf = (trace: Uint8Array): string => createHash('sha256').update(trace).digest('hex');

describe.each(PYTHON_VERSIONS)('restoring Python %s', (python) => {
  let compiled: WebAssembly.Module;
  let image: Image;
  let thread: RestoreThread;
  let before: RestoreReport;
  const traces = new Map<string, string>();

  const boot = async () => {
    thread = await RestoreThread.start(python, compiled, image);
    const report = await thread.run(canary, python);
    if (report === undefined || decodeTrace(report.trace).outcome.kind !== 'returned') {
      throw new Error(`the canary does not sing: ${report?.trace}`);
    }
    before = report;
  };
  beforeAll(async () => {
    compiled = await loadModule(buildOf(python));
    image = await loadImage(buildOf(python), compiled, DEFAULT_BUDGET);
    await boot();
  });
  afterAll(() => thread.end());

  it.each(programs.filter((one) => one.python.includes(python)))('after $name', async (program) => {
    const report = await thread.run(program, python);
    if (report === undefined || report.spoiled) {
      await thread.end();
      await boot();
      return;
    }
    traces.set(program.name, digestOf(report.trace));
    const after = await thread.run(canary, python);
    const kept = { restored: true, spoiled: false, tableGrowths: 0, realm: before.realm };
    expect(report).toMatchObject(kept);
    const trace = after?.trace;
    // Each program answers for what it left itself.
    const expected = before.trace;
    if (trace !== undefined) before = { ...before, trace };
    expect(trace && digestOf(trace)).toBe(digestOf(expected));
  });

  it('traces a program the same whatever ran before it', { timeout: 2 * MINUTE }, async () => {
    await thread.end();
    await boot();
    const different: string[] = [];
    // In the other direction each program has other ones before it.
    for (const program of loadCases().reverse()) {
      if (!program.python.includes(python)) continue;
      const report = await thread.run(program, python);
      if ((report && digestOf(report.trace)) !== traces.get(program.name)) different.push(program.name);
    }
    expect(different).toEqual([]);
  });
});
