import type { TermRef } from '../../core/term.ts';
import type { TransitionSystem } from '../../core/transitions.ts';
import type { CheckOptions, Solver } from '../solver/solver.ts';
import { TermBuilder } from '../terms/builder.ts';
import { atomTerm } from './atoms.ts';
import { constantsOf, invariantCandidates } from './candidates.ts';
import type { Atom, Certificate, LinearForm } from './certificate.ts';
import { checkCertificate } from './check.ts';
import { ask, houdini, type Question } from './houdini.ts';
import { constantForm } from './linear.ts';
import { type Path, pathsOf } from './paths.ts';
import { findRanking, linearStep } from './ranking.ts';
import { findRecurrence } from './recurrence.ts';
import { runPaths } from './run.ts';
import { checkSystem, initialState, type State } from './system.ts';

/** Whether a run ends: true or false with a certificate that was checked, null with the reason. */
export type HaltsAnswer =
  | { readonly decided: true | false; readonly certificate: Certificate; readonly reason: null }
  | { readonly decided: null; readonly certificate: null; readonly reason: HaltsReason };

/**
 * Why nothing was shown: too many paths, nothing of the forms that are looked for, or what was found did not pass its
 * check.
 */
export type HaltsReason = 'paths' | 'not-found' | 'not-checked';

/** Visits of loop heads that are followed before anything is proved. */
const MAX_VISITS = 3_000;
/** Visits that a recurrence set is learned from, at the end of those. */
const TAIL_VISITS = 150;

/**
 * Whether a function over integers comes to its end.
 *
 * @param given values of the parameters; null asks whether it does for all values, which is never answered by false
 * @param solver its budget is the question's: make it a `BudgetedSolver`
 * @param checker decides what the check of a certificate asks
 * @throws TermError where the system is none
 */
export async function decideHalts(
  system: TransitionSystem,
  given: State | null,
  solver: Solver,
  options: CheckOptions,
  checker: Solver = solver,
): Promise<HaltsAnswer> {
  checkSystem(system);
  const builder = new TermBuilder();
  const paths = pathsOf(system, builder);
  if (paths === null) return undecided('paths');
  const question: Question = { solver, options, builder, variables: system.variables };
  const found = (await byRunning(question, system, paths, given)) ?? (await byRanking(question, system, paths, given));
  if (found === null) return undecided('not-found');
  if (!(await checkCertificate({ system, given, solver: checker, options }, found))) return undecided('not-checked');
  const decided = found.kind === 'run' || found.kind === 'ranking';
  return { decided, certificate: found, reason: null };
}

function undecided(reason: HaltsReason): HaltsAnswer {
  return { decided: null, certificate: null, reason };
}

/** Follows the run: it ends, repeats a state, or stays in a set that it cannot leave. */
async function byRunning(
  question: Question,
  system: TransitionSystem,
  paths: readonly Path[],
  given: State | null,
): Promise<Certificate | null> {
  if (given === null) return null;
  const start = { place: system.start, state: initialState(system, given) };
  const run = runPaths(question.builder.table, paths, start, system.end, MAX_VISITS);
  switch (run.kind) {
    case 'ended':
      return { kind: 'run', visits: run.steps };
    case 'repeated':
      return { kind: 'repeated-state', place: run.visit.place, state: run.visit.state };
    case 'open':
      break;
  }
  const constants = constantsOf(system.terms, given);
  const early = run.visits.slice(1, TAIL_VISITS);
  return (
    (await findRecurrence(question, paths, early, constants)) ??
    (await findRecurrence(question, paths, run.visits.slice(-TAIL_VISITS), constants))
  );
}

/** Looks for measures that go down, first without and then with what is true at each visit of a head. */
async function byRanking(
  question: Question,
  system: TransitionSystem,
  paths: readonly Path[],
  given: State | null,
): Promise<Certificate | null> {
  const none = new Map<number, readonly Atom[]>();
  const plain = await rankAll(question, system, paths, none);
  if (plain !== null) return { kind: 'ranking', measures: plain, invariants: none };
  const candidates = invariantCandidates(system.variables, constantsOf(system.terms, given));
  const atoms = new Map(system.heads.map((head) => [head, candidates]));
  const before = new Map([[system.start, startTerms(question.builder, system, given)]]);
  const invariants = await houdini(question, paths, atoms, before);
  if (invariants === null) return null;
  const measures = await rankAll(question, system, paths, invariants);
  return measures === null ? null : { kind: 'ranking', measures, invariants };
}

function startTerms(builder: TermBuilder, system: TransitionSystem, given: State | null): TermRef[] {
  const fixed = system.variables.filter((name) => given !== null || !system.parameters.includes(name));
  return fixed.map((name) =>
    builder.apply('eq', builder.variable(name, 'int'), builder.constant(given?.get(name) ?? 0n)),
  );
}

/** Tuples for all heads, found for one part after the other of heads that reach each other. */
async function rankAll(
  question: Question,
  system: TransitionSystem,
  paths: readonly Path[],
  invariants: ReadonlyMap<number, readonly Atom[]>,
): Promise<Map<number, readonly LinearForm[]> | null> {
  const between = paths.filter(({ from, to }) => from !== system.start && to !== system.end);
  const possible: Path[] = [];
  for (const path of between) {
    const known = (invariants.get(path.from) ?? []).filter(({ modulus }) => modulus === undefined);
    const step = linearStep(question.builder.table, path, known);
    if (step.cases.length > 0 && (known.length === 0 || (await isPossible(question, path, known)))) possible.push(path);
  }
  const parts = components(system.heads, possible);
  const measures = new Map<number, readonly LinearForm[]>();
  for (const [rank, part] of parts.entries()) {
    const inside = possible.filter(({ from, to }) => part.has(from) && part.has(to));
    const steps = inside.map((path) => linearStep(question.builder.table, path, invariants.get(path.from) ?? []));
    const tuples = await findRanking(question.solver, question.options, question.variables, steps);
    if (tuples === null) return null;
    // Parts are in an order in which each leads to earlier ones only.
    for (const head of part) measures.set(head, [constantForm(BigInt(rank)), ...(tuples.get(head) ?? [])]);
  }
  return measures;
}

async function isPossible(question: Question, path: Path, known: readonly Atom[]): Promise<boolean> {
  const terms = known.map((atom) => atomTerm(question.builder, atom, new Map()));
  return (await ask(question, [...terms, path.guard])).status !== 'unsat';
}

/** Heads that reach each other, part by part; each part leads to parts before it only. */
function components(heads: readonly number[], paths: readonly Path[]): ReadonlySet<number>[] {
  const reach = new Map(heads.map((head) => [head, reachableFrom(head, paths)]));
  const parts: Set<number>[] = [];
  const placed = new Set<number>();
  const inOrder = heads.toSorted((one, other) => (reach.get(one)?.size ?? 0) - (reach.get(other)?.size ?? 0));
  for (const head of inOrder) {
    if (placed.has(head)) continue;
    const mine = reach.get(head) ?? new Set();
    const part = new Set([head, ...heads.filter((other) => mine.has(other) && reach.get(other)?.has(head) === true)]);
    for (const one of part) placed.add(one);
    parts.push(part);
  }
  return parts;
}

/** Heads that some paths lead to, one after the other, the head itself included. */
function reachableFrom(head: number, paths: readonly Path[]): Set<number> {
  const reached = new Set([head]);
  const open = [head];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    for (const { from, to } of paths) {
      if (from !== here || reached.has(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  return reached;
}
