import { DEFAULT_BUDGET } from '../../core/budget.ts';
import { resolveProgram } from '../../core/program.ts';
import { VerifyRequest } from '../../core/verdict.ts';
import { type Assay, createAssay } from '../../src/verify/assay.ts';
import { loadPairs, type Pair } from '../../test/symbolic/questions/pairs.ts';
import { ReplayPool } from '../../workers/pool.ts';
import type { Measured, Scenario } from '../scenario.ts';
import { median } from '../statistics.ts';
import { type Item, PYTHON } from '../workload.ts';

/** Programs of a round whose path is checked, and pairs of each kind that are asked about. */
const PATHS = 60;
const PAIRS = 6;
const BUDGET = { ms: 10_000, rlimit: 4_000_000 };

/** Questions about inputs that were not run. Each round asks about other pairs, so that no answer is kept from before. */
export const symbolic: Scenario = {
  name: 'symbolic',
  about:
    'two versions: to the witness where they differ, to the proof where they do not; the path check of a true trace; a run with terms',
  units: { witness: 'ms', proof: 'ms', 'path-check': 'ms', shadow: 'ms', plain: 'ms' },
  async open() {
    const assay = createAssay({ workers: 1, python: [PYTHON, '3.14'] });
    const pool = new ReplayPool({ python: PYTHON, threads: 1, queue: 8 });
    await assay.ready();
    const pairs = loadPairs();
    const different = rotation(pairs.filter(({ same }) => !same));
    const same = rotation(pairs.filter((pair) => pair.same));
    return {
      async round(sample): Promise<Measured> {
        const items = sample.slice(0, PATHS);
        return {
          ...times('witness', await askAll(assay, different(PAIRS), 'refuted')),
          ...times('proof', await askAll(assay, same(PAIRS), 'verified')),
          'path-check': median(await checkPaths(assay, items)),
          ...(await runs(pool, items)),
        };
      },
      async [Symbol.asyncDispose]() {
        await Promise.all([assay.close(), pool.close()]);
      },
    };
  },
};

/** Gives the next few of them, again and again from the start. */
function rotation<T>(all: readonly T[]): (count: number) => T[] {
  let at = 0;
  return (count) => Array.from({ length: count }, () => all[at++ % all.length] as T);
}

/** Milliseconds to each answer that settles the question. A wrong one is an error. */
async function askAll(assay: Assay, pairs: readonly Pair[], right: 'refuted' | 'verified'): Promise<number[]> {
  const settled: number[] = [];
  for (const { name, source, other, params } of pairs) {
    const program = { source, python: '3.14' };
    const claim = { kind: 'equivalent', function: 'f', params, other };
    const request = VerifyRequest.parse({ program, claim, options: { budget: BUDGET } });
    const { status, timings_ms } = await assay.verify(request);
    if (status === right) settled.push(timings_ms.total);
    else if (status !== 'inconclusive') throw new Error(`the pair ${name} is ${status}`);
  }
  return settled;
}

function times(name: string, values: readonly number[]): Measured {
  return values.length === 0 ? {} : { [name]: median(values) };
}

async function checkPaths(assay: Assay, items: readonly Item[]): Promise<number[]> {
  const values: number[] = [];
  for (const item of items) values.push(await checkPath(assay, item));
  return values;
}

async function checkPath(assay: Assay, { name, request }: Item): Promise<number> {
  const options = VerifyRequest.shape.options.parse({ path: 'check' });
  const { path, timings_ms } = await assay.verify({ ...request, options });
  if (path?.status === 'feasible' || path?.status === 'infeasible') {
    throw new Error(`the true path of ${name} is said to be ${path.status}`);
  }
  return timings_ms.path;
}

/** A traced run, and one with terms, of the same programs. */
async function runs(pool: ReplayPool, items: readonly Item[]): Promise<Measured> {
  const plain: number[] = [];
  const shadow: number[] = [];
  for (const { request } of items) {
    if (request.program === undefined) continue;
    const program = resolveProgram(request.program, PYTHON);
    plain.push((await pool.replay({ program, budget: DEFAULT_BUDGET })).replayMs);
    shadow.push((await pool.shadow({ program, budget: DEFAULT_BUDGET })).runMs);
  }
  return { plain: median(plain), shadow: median(shadow) };
}
