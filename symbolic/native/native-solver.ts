import { problemOf, sat, unknown, unsat } from '../solver/answer.ts';
import type { CheckOptions, Query, Solver, SolverAnswer } from '../solver/solver.ts';
import { runProcess } from './process.ts';
import { readOutput, script } from './script.ts';

/** Where Z3 gives up, in MiB: as in WebAssembly. */
const MAX_MEMORY_MB = 768;

/** A Z3 of this machine, one process a query: two to ten times as fast as WebAssembly on queries that take long. */
export class NativeSolver implements Solver {
  readonly #path: string;
  #name: Promise<string> | undefined;

  /** @param path of the executable, see `find.ts` */
  constructor(path: string) {
    this.#path = path;
  }

  #engine(): Promise<string> {
    this.#name ??= this.#version();
    return this.#name;
  }

  async #version(): Promise<string> {
    const end = await runProcess(this.#path, ['--version'], '', 10_000, undefined);
    const [, version] = (end.kind === 'exited' && /version (\S+)/.exec(end.stdout)) || [];
    return `z3-native ${version ?? 'of unknown version'}`;
  }

  /** @throws TermError; the signal's reason; the system's error where the executable does not start */
  async check(query: Query, { rlimit, ms, signal }: CheckOptions): Promise<SolverAnswer> {
    const engine = await this.#engine();
    const problem = problemOf(query);
    if (problem === 'size') return unknown('size', { rlimit: 0, ms: 0, engine });
    const started = performance.now();
    // The core solver and not the portfolio of tactics, as in WebAssembly.
    const settings = [`rlimit=${rlimit}`, `memory_max_size=${MAX_MEMORY_MB}`, 'tactic.default_tactic=smt'];
    const end = await runProcess(this.#path, ['-smt2', '-in', ...settings], script(problem), ms, signal);
    const facts = (work: number) => ({ rlimit: work, ms: performance.now() - started, engine });
    if (end.kind !== 'exited') {
      return unknown(end.kind === 'timeout' ? 'timeout' : 'crashed', facts(0), problem);
    }
    const raw = readOutput(end.stdout, problem);
    switch (raw.status) {
      case 'sat':
        return sat(query, problem, raw.values, facts(raw.rlimit));
      case 'unsat':
        return unsat(query, problem, raw.core, facts(raw.rlimit));
      case 'unknown':
        return unknown(raw.reason, facts(raw.rlimit), problem);
    }
  }
}
