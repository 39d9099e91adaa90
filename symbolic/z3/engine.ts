import { createRequire } from 'node:module';
import type { Z3_context, Z3_solver, Z3LowLevel } from 'z3-solver/build/low-level/index.js';

/** Z3's C API, synchronous: the module's own wrapper starts threads for the calls that take long, this does not. */
export interface Z3Engine {
  readonly z3: Z3LowLevel['Z3'];
  /** Checks a solver: 1 satisfiable, -1 unsatisfiable, 0 unknown. */
  readonly check: (context: Z3_context, solver: Z3_solver) => number;
  /** Such as `z3-wasm 5.1.0.0`. */
  readonly name: string;
}

/** Where Z3 gives up, in MiB; its WebAssembly memory is 2 GiB. */
const MAX_MEMORY_MB = 768;

interface SyncExports {
  readonly _Z3_solver_check: Z3Engine['check'];
}

/**
 * Starts Z3 in this thread: about 170 ms. It never starts another one: threads belong to its asynchronous calls and to its
 * own timeouts, and neither is used here. So it runs under a permission model that denies threads.
 */
export async function startZ3(): Promise<Z3Engine> {
  const require = createRequire(import.meta.url);
  const { init } = require('z3-solver/build/low-level/index.js') as {
    init: (module: unknown) => Promise<Z3LowLevel>;
  };
  const { Z3, em } = await init(require('z3-solver/build/z3-built.js'));
  Z3.global_param_set('memory_max_size', String(MAX_MEMORY_MB));
  const { _Z3_solver_check } = em as SyncExports;
  return { z3: Z3, check: _Z3_solver_check, name: `z3-wasm ${Z3.get_full_version().replace(/^Z3 /, '')}` };
}
