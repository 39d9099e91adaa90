import { threadId, workerData } from 'node:worker_threads';
import { TermError } from '../symbolic/terms/table.ts';
import { startZ3 } from '../symbolic/z3/engine.ts';
import { solve } from '../symbolic/z3/solve.ts';
import { begin } from './protocol.ts';
import type { SolverReply, SolverTask, SolverThreadData } from './solver-protocol.ts';

const { queries } = workerData as SolverThreadData;
const engine = await startZ3();
let answered = 0;

/** Entry of a solver's thread; the pool calls it once a task. */
export default function handle({ query, rlimit, control }: SolverTask): SolverReply {
  if (!begin(control, threadId)) throw new Error('the query was withdrawn');
  try {
    const { answer, broken } = solve(engine, query, rlimit);
    answered++;
    const retires = broken || answered >= queries;
    return { kind: 'answered', answer, retires, aged: broken && answered > 1, threadId };
  } catch (error) {
    if (error instanceof TermError) return { kind: 'refused', message: error.message };
    throw error;
  }
}
