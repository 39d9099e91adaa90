import type { Claim } from '../../../core/claim.ts';
import { bareLine } from '../../../core/compare/source-text.ts';
import { linesRun } from '../../../core/frame.ts';
import { sourceLines } from '../../../core/program.ts';
import type { ShadowRun } from '../../../core/shadow.ts';
import type { ClaimedTrace, Trace } from '../../../core/trace.ts';
import type { PathAnswer } from '../../../core/verdict.ts';
import {
  type Feasibility,
  feasible,
  type LineMatch,
  takenBy,
  type WantedWay,
  wayAlong,
  wayThrough,
} from '../../../symbolic/questions/feasible.ts';
import { BudgetedSolver } from '../../../symbolic/solver/budgeted.ts';
import type { ReplayOptions } from '../../../workers/pool.ts';
import type { Engine } from '../pipeline.ts';
import type { Question } from '../question.ts';
import { entryCallee } from './entry-call.ts';
import { PooledInterpreter } from './interpreter.ts';
import { limitsOf } from './subject.ts';

/** Conditions that an answer lists. */
const MOST_CONDITIONS = 2000;

const UNKNOWN: PathAnswer = {
  status: 'unknown',
  reason: null,
  exact: false,
  conditions: [],
  witness: null,
  core: [],
  explanation: null,
};

/**
 * Checks whether the way that a claim goes is possible at all, and for which input.
 *
 * @param truth the true run, where there is one
 */
export async function checkPath(
  engine: Engine,
  question: Question,
  claimed: ClaimedTrace | undefined,
  truth: Trace | undefined,
  call: ReplayOptions,
): Promise<PathAnswer> {
  const { claim, program, budget } = question;
  const way = wayOf(claim, claimed, program.source);
  if (way === undefined) return { ...UNKNOWN, reason: 'the claim does not say which lines the run goes through' };
  await engine.startFor(program.python);
  const interpreter = new PooledInterpreter(engine, [program], budget, call);
  if ('main' in program.entry && (claimed?.frames[0]?.locals?.size ?? 0) > 0) {
    return { ...UNKNOWN, reason: 'the arguments of the entry are the claim’s own' };
  }
  const first = await interpreter.shadow({});
  if (first.outcome.kind === 'halted') return { ...UNKNOWN, reason: first.outcome.detail };
  if (truth !== undefined && truth.outcome.kind !== 'halted' && way.isTaken(linesRun(truth.frames))) {
    return answerOf(takenBy(first), first);
  }
  const name = entryCallee(program);
  if (name === undefined) return { ...UNKNOWN, reason: 'the entry is no call of a function by its name' };
  const solver = new BudgetedSolver(engine.solver, { rlimit: budget.rlimit, ms: budget.ms });
  const subject = {
    interpreter,
    solver,
    sources: [program.source],
    function: name,
    parameters: [],
    limits: limitsOf(budget, call),
  };
  return answerOf(await feasible(subject, first.args, way), first);
}

function wayOf(claim: Claim, claimed: ClaimedTrace | undefined, source: string): WantedWay | undefined {
  if (claim.kind === 'path') {
    if (claim.lines !== undefined)
      return wayAlong(
        claim.lines.map((wanted) => (line) => line === wanted),
        true,
      );
    return wayThrough(claim.line ?? 0, claim.reached ?? true);
  }
  if (claim.kind !== 'trace' || claimed === undefined) return undefined;
  const texts = sourceLines(source).map(bareLine);
  // Where a decoder dropped the special tokens a call cannot be told from a line.
  if (claimed.frames.some(({ events }) => events.includes('line') && events.length > 1)) return undefined;
  const matches = claimed.frames
    .filter(({ events }) => events.includes('line'))
    .map((frame): LineMatch => {
      if (frame.line !== undefined) return (line) => line === frame.line;
      const wanted = bareLine(frame.source ?? '');
      return (line) => texts[line - 1] === wanted;
    });
  return wayAlong(matches, claimed.ended && claimed.fault === undefined);
}

function answerOf(feasibility: Feasibility, first: ShadowRun): PathAnswer {
  const { status, reason, exact, conditions, witness, core, explanation } = feasibility;
  return {
    status,
    reason,
    exact: exact && first.concretised.length === 0,
    conditions: conditions
      .slice(0, MOST_CONDITIONS)
      .map(({ condition: { line, text, taken } }) => ({ line, text, taken })),
    witness: witness === null ? null : { call: witness.call },
    core: [...core],
    explanation,
  };
}
