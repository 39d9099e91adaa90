import { readTransitions, transitionsRequest } from '../../../bridges/python/transitions.ts';
import type { Halt } from '../../../core/trace.ts';
import type { Proof } from '../../../core/verdict.ts';
import { certificateText } from '../../../symbolic/halts/certificate-text.ts';
import { decideHalts, type HaltsReason } from '../../../symbolic/halts/halts.ts';
import { BudgetedSolver } from '../../../symbolic/solver/budgeted.ts';
import { RecordedSolver } from '../../../symbolic/solver/recorded.ts';
import type { ReplayOptions } from '../../../workers/pool.ts';
import { inconclusive, type Judgement, plain } from '../judgement.ts';
import type { Engine } from '../pipeline.ts';
import type { Question } from '../question.ts';
import { entryCall } from './entry-call.ts';
import { limitsOf } from './subject.ts';
import { smtlibOf } from './verdict.ts';

/** Stops that only say how long the run was, so that more may be known about it. */
const LENGTHS: ReadonlySet<Halt> = new Set<Halt>(['steps', 'frames', 'time', 'trace', 'output']);

const WHY: Readonly<Record<HaltsReason, string>> = {
  paths: 'its loops have too many ways through them',
  'not-found': 'neither a measure that goes down nor states that are never left were found',
  'not-checked': 'what was found did not pass its check',
};

/** Whether a run that was stopped for this reason is one that a proof may speak of. */
export function isOpen(reason: Halt): boolean {
  return LENGTHS.has(reason);
}

/**
 * Judges whether a run ends that was stopped before it did. It is decided for functions over integers; an answer has a
 * certificate, which was checked.
 *
 * @param claimed whether the claim says that it ends
 * @param stopped why the run was stopped
 * @throws what the pool throws
 */
export async function judgeByProof(
  engine: Engine,
  { program, budget }: Question,
  claimed: boolean,
  stopped: string,
  call: ReplayOptions,
): Promise<Judgement> {
  const entry = entryCall(program);
  if (entry === undefined)
    return inconclusive('budget', `${stopped}; a proof is looked for where a function is called`);
  const { trace } = await engine
    .pool(program.python)
    .replay(transitionsRequest(program.source, entry, program.python), call);
  const read = readTransitions(trace);
  if ('unsupported' in read) return inconclusive('budget', `${stopped}; no proof: ${read.unsupported}${at(read.line)}`);
  const { system, given } = read;
  if (given === null) return inconclusive('budget', `${stopped}; the entry is no call`);
  const values = new Map(system.parameters.map((name, index) => [name, given[index] ?? 0n]));
  const { check } = limitsOf(budget, call);
  const solver = new BudgetedSolver(engine.solver, { rlimit: budget.rlimit, ms: budget.ms });
  // The search asks much that shows nothing: the proof is what its check asked.
  const recorded = new RecordedSolver(solver);
  const { decided, certificate, reason } = await decideHalts(system, values, solver, check, recorded);
  if (decided === null) return inconclusive('budget', `${stopped}; no proof: ${WHY[reason]}`);
  const text = certificateText(certificate, system);
  const proof: Proof = {
    bounds: [],
    restrictions: [],
    paths: system.transitions.length,
    complete: true,
    certificate: text,
    smtlib: smtlibOf(recorded),
  };
  const message = decided ? `the run ends: ${text}` : `the run never ends: ${text}`;
  return plain(decided === claimed ? 'verified' : 'refuted', message, { proof });
}

function at(line: number): string {
  return line === 0 ? '' : ` (line ${line})`;
}
