import type { ReplayRequest } from '../../bridges/python/run.ts';
import { PYTHON_VERSIONS, type PythonVersion, resolveProgram, sourceLines } from '../../core/program.ts';
import type { ClaimedTrace, Halt } from '../../core/trace.ts';
import type { VerifyRequest, VerifyResponse } from '../../core/verdict.ts';
import { renderTagged } from '../../neural/formats/cwm/render.ts';
import { renderJsonFrames } from '../../neural/formats/json.ts';
import { NativeSolver } from '../../symbolic/native/native-solver.ts';
import { CachedSolver } from '../../symbolic/solver/cached.ts';
import { DeduplicatedSolver } from '../../symbolic/solver/deduplicated.ts';
import { FallbackSolver } from '../../symbolic/solver/fallback.ts';
import type { Solver } from '../../symbolic/solver/solver.ts';
import { type Isolation, type PoolHealth, ReplayPool, type ReplayResult } from '../../workers/pool.ts';
import { SolverPool } from '../../workers/solver-pool.ts';
import { checkPatch, type PatchCallOptions } from '../check/check-patch.ts';
import type { PatchRequest, PatchResponse } from '../check/patch-request.ts';
import type { ExploreRequest, ExploreResponse } from './explore-request.ts';
import { outputOf } from './output.ts';
import { verify } from './pipeline.ts';
import { resolveBudget } from './question.ts';
import { exploreFunction } from './questions/explore.ts';
import { runScript, type ScriptRequest, type ScriptResult } from './script-run.ts';
import { stampFor } from './stamp.ts';
import type { TraceRequest, TraceResponse } from './trace-request.ts';
import { type Sharing, type TruthOptions, Truths } from './truths.ts';

export interface AssayOptions {
  /** Threads per Python version. */
  readonly workers: number;
  /** Versions whose interpreters start at boot; others start on first use. */
  readonly python: readonly PythonVersion[];
  /** Requests of one caller that may wait for a thread, per Python version. */
  readonly queue: number;
  /** Where programs run; `process` for whatever serves others or lives long. */
  readonly isolation: Isolation;
  /**
   * Whether programs are kept away from the machine. False is for debugging: they run in threads that may do whatever this
   * process may, and every stamp says so.
   */
  readonly sealed: boolean;
  /** Whether requests for the same run share it; undefined replays for each request, which is the default. */
  readonly sharing: Sharing | undefined;
  /** Executable Z3 for queries at which the built-in one fails, or null; see `symbolic/native/find.ts`. */
  readonly z3: string | null;
}

export interface CallOptions extends TruthOptions {
  /**
   * Run the program once more where a trace goes wrong, led along the claim, to tell its first mistake from the echoes.
   * Without it the steps behind the first divergence count as wrong in `steps_valid`. Default true.
   */
  readonly ledRun?: boolean;
  /** The claim's trace, where it was read already by `parseTrace` or what that uses. */
  readonly claimed?: ClaimedTrace;
  /** Digest what the answer rests on; without it `evidence` is empty. Default true. */
  readonly evidence?: boolean;
}

export interface AssayHealth {
  readonly ready: boolean;
  readonly detail: string;
  readonly pools: readonly PoolHealth[];
}

/** Everything that Assay does, without a transport. */
export interface Assay {
  /** @throws Fault; DOMException AbortError where the signal fires */
  verify(request: VerifyRequest, options?: CallOptions): Promise<VerifyResponse>;
  /** @throws Fault; DOMException AbortError where the signal fires */
  trace(request: TraceRequest, options?: CallOptions): Promise<TraceResponse>;
  /** The true run, as it was recorded. @throws Fault; DOMException AbortError where the signal fires */
  replay(request: ReplayRequest, options?: CallOptions): Promise<ReplayResult>;
  /** @throws Fault; DOMException AbortError where the signal fires */
  explore(request: ExploreRequest, options?: CallOptions): Promise<ExploreResponse>;
  /** Runs a script for what it prints. @throws Fault; DOMException AbortError where the signal fires */
  run(request: ScriptRequest, options?: CallOptions): Promise<ScriptResult>;
  /** Compares two versions of some modules. @throws Fault; DOMException AbortError where the signal fires */
  patch(request: PatchRequest, options?: PatchCallOptions): Promise<PatchResponse>;
  /** Boots the configured interpreters and replays a canary on each. */
  ready(): Promise<void>;
  health(): AssayHealth;
  /** Finishes what is in flight, then stops the threads. */
  close(): Promise<void>;
}

/** Halts that no larger budget would have prevented. */
const KILLED: ReadonlySet<Halt> = new Set(['tampered', 'unsupported', 'platform']);

const DEFAULTS: AssayOptions = {
  workers: 2,
  python: [],
  queue: 1024,
  isolation: 'threads',
  sealed: true,
  sharing: undefined,
  z3: null,
};

/** A run whose end is known: what `ready` replays. */
const canary = (python: PythonVersion): VerifyRequest => ({
  program: { source: 'def f(n):\n    return [n * k for k in range(n)]\n', entry: { call: 'f(3)' }, python },
  claim: { kind: 'output', returns: '[0, 3, 6]' },
});

/** Makes an engine. Threads start with {@link Assay.ready} or on first use. */
export function createAssay(options: Partial<AssayOptions> = {}): Assay {
  return new Engine({ ...DEFAULTS, ...options });
}

class Engine implements Assay {
  readonly #options: AssayOptions;
  readonly #pools = new Map<PythonVersion, ReplayPool>();
  readonly truths: Truths;
  readonly solver: Solver;
  readonly #solverPool: SolverPool;
  #canary: { ready: boolean; detail: string } = { ready: false, detail: 'starting' };

  constructor(options: AssayOptions) {
    this.#options = options;
    const { workers: threads, queue, isolation, sealed, sharing, z3 } = options;
    this.#solverPool = new SolverPool({ threads, queue, sealed });
    const solver = z3 === null ? this.#solverPool : new FallbackSolver(this.#solverPool, new NativeSolver(z3));
    this.solver = new DeduplicatedSolver(new CachedSolver(solver));
    this.truths = new Truths(({ program }) => this.pool(program.python), sharing);
    for (const python of PYTHON_VERSIONS) {
      this.#pools.set(python, new ReplayPool({ python, threads, queue, isolation, sealed }));
    }
  }

  get sealed(): boolean {
    return this.#options.sealed;
  }

  pool(python: PythonVersion): ReplayPool {
    const pool = this.#pools.get(python);
    if (pool === undefined) throw new Error(`no pool for Python ${python}`);
    return pool;
  }

  async startFor(python: PythonVersion): Promise<void> {
    await Promise.all([this.pool(python).start(), this.#solverPool.start()]);
  }

  verify(request: VerifyRequest, options: CallOptions = {}): Promise<VerifyResponse> {
    return verify(this, request, options);
  }

  explore(request: ExploreRequest, options: CallOptions = {}): Promise<ExploreResponse> {
    return exploreFunction(this, request, options);
  }

  async trace(request: TraceRequest, options: CallOptions = {}): Promise<TraceResponse> {
    const { format = 'json' } = request;
    const program = resolveProgram(request.program, format === 'cwm' ? '3.10' : '3.14');
    const run = { program, budget: resolveBudget(request.budget) };
    const { trace } = await this.truths.of(run, { kind: 'none' }, options);
    const { frames, outcome, stdout } = trace;
    const stopped = outcome.kind === 'halted';
    const overBudget = stopped && !KILLED.has(outcome.reason);
    return {
      format,
      ...(format === 'cwm'
        ? { text: renderTagged(frames, sourceLines(program.source), { end: !stopped }) }
        : { frames: renderJsonFrames(frames) }),
      output: outputOf(outcome) ?? {},
      stdout,
      status: outcome.kind === 'halted' ? (overBudget ? 'budget' : 'killed') : outcome.kind,
      detail: stopped ? outcome.detail : null,
      stamp: stampFor(program.python, { sealed: this.sealed }),
    };
  }

  replay(request: ReplayRequest, options: CallOptions = {}): Promise<ReplayResult> {
    return this.truths.of(request, { kind: 'none' }, options);
  }

  run(request: ScriptRequest, options: CallOptions = {}): Promise<ScriptResult> {
    return runScript((python) => this.pool(python), request, options);
  }

  patch(request: PatchRequest, options: PatchCallOptions = {}): Promise<PatchResponse> {
    return checkPatch(this, request, options);
  }

  async ready(): Promise<void> {
    const versions = this.#options.python;
    try {
      await Promise.all(
        versions.map(async (python) => {
          const { status, message } = await this.verify(canary(python), { fresh: true });
          if (status !== 'verified') throw new Error(`the canary on Python ${python} is ${status}: ${message}`);
        }),
      );
      this.#canary = { ready: true, detail: 'a canary was replayed on each interpreter' };
    } catch (error) {
      this.#canary = { ready: false, detail: error instanceof Error ? error.message : String(error) };
      throw error;
    }
  }

  health(): AssayHealth {
    return { ...this.#canary, pools: [...this.#pools.values()].map((pool) => pool.health) };
  }

  async close(): Promise<void> {
    this.#canary = { ready: false, detail: 'shutting down' };
    await Promise.all([...[...this.#pools.values()].map((pool) => pool.close()), this.#solverPool.close()]);
    this.truths.close();
  }
}
