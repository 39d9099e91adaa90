import type { Sort, TermRef } from '../../core/term.ts';
import type { TransitionSystem } from '../../core/transitions.ts';
import type { CheckOptions, Solver } from '../solver/solver.ts';
import { TermBuilder } from '../terms/builder.ts';
import { evaluate } from '../terms/evaluate.ts';
import { atomHolds, atomTerm, formTerm } from './atoms.ts';
import type { Atom, Certificate, LinearForm } from './certificate.ts';
import { initialState, type State, stepsByPlace } from './system.ts';

/** What checking may use, and what the certificate is about. */
export interface CheckRequest {
  readonly system: TransitionSystem;
  /** Values of the parameters; null is all values. */
  readonly given: State | null;
  readonly solver: Solver;
  readonly options: CheckOptions;
}

/** Steps that are followed to reach a state. */
const MAX_STEPS = 200_000;
/** Places that are gone through between heads. */
const MAX_UNROLLED = 5_000;

/**
 * Whether a certificate shows what it says of this system. It shares nothing with what finds certificates but the terms:
 * states are reached place by place, and a step's formulas have a new unknown for each value.
 */
export async function checkCertificate(request: CheckRequest, certificate: Certificate): Promise<boolean> {
  switch (certificate.kind) {
    case 'run':
      return follow(request, (place) => place === request.system.end) !== null;
    case 'repeated-state':
      return checkRepetition(request, certificate.place, certificate.state);
    case 'recurrence-set':
      return await checkRecurrence(request, certificate);
    case 'ranking':
      return await checkRanking(request, certificate);
  }
}

/** States in which a run comes to loop heads, with the heads' lines, up to a number of visits. */
export function visitsOf(system: TransitionSystem, given: State, most: number): { line: number; state: State }[] {
  const lines = new Map(system.heads.map((head, at) => [head, system.lines[at] ?? 0]));
  const visits: { line: number; state: State }[] = [];
  followFrom(system, system.start, initialState(system, given), (place, state) => {
    const line = lines.get(place);
    if (line !== undefined) visits.push({ line, state });
    return visits.length >= most;
  });
  return visits;
}

/** Follows the run from the start until a place and state are as asked; null where they are not reached. */
function follow(
  { system, given }: CheckRequest,
  found: (place: number, state: State) => boolean,
): { place: number; state: State } | null {
  if (given === null) return null;
  return followFrom(system, system.start, initialState(system, given), found);
}

function followFrom(
  system: TransitionSystem,
  start: number,
  before: State,
  found: (place: number, state: State) => boolean,
): { place: number; state: State } | null {
  const steps = stepsByPlace(system);
  let [place, state] = [start, before];
  for (let count = 0; count < MAX_STEPS; count++) {
    if (found(place, state)) return { place, state };
    const next = takeStep(system, steps.get(place) ?? [], state);
    if (next === null) return null;
    [place, state] = [next.place, next.state];
  }
  return null;
}

function takeStep(system: TransitionSystem, steps: readonly TransitionSystem['transitions'][number][], state: State) {
  const guards = evaluate(
    system.terms,
    steps.map(({ guard }) => guard),
    state,
  );
  const step = steps[guards.indexOf(true)];
  // Exactly one step can be taken; where another one could as well, or cannot be told, the system is not what it should be.
  if (step === undefined || guards.filter((guard) => guard !== false).length !== 1) return null;
  const values = evaluate(
    system.terms,
    step.updates.map(([, value]) => value),
    state,
  );
  const after = new Map(state);
  for (const [at, [name]] of step.updates.entries()) {
    const value = values[at];
    if (typeof value !== 'bigint') return null;
    after.set(name, value);
  }
  return { place: step.to, state: after };
}

function isState(one: State, other: State): boolean {
  return one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);
}

function checkRepetition(request: CheckRequest, place: number, state: State): boolean {
  const { system } = request;
  const there = (at: number, values: State) => at === place && isState(values, state);
  if (place === system.end || follow(request, there) === null) return false;
  const next = takeStep(system, stepsByPlace(system).get(place) ?? [], state);
  return next !== null && followFrom(system, next.place, next.state, there) !== null;
}

/** A way between two heads: what holds along it, and the unknowns of its two ends. */
interface Unrolled {
  readonly to: number;
  readonly builder: TermBuilder;
  readonly variables: readonly string[];
  readonly holds: readonly TermRef[];
  readonly before: ReadonlyMap<string, TermRef>;
  readonly after: ReadonlyMap<string, TermRef>;
}

/** All ways from a place to the next head or the end; null where there are too many. */
function unroll(system: TransitionSystem, from: number): Unrolled[] | null {
  const steps = stepsByPlace(system);
  const cuts = new Set([...system.heads, system.end]);
  const sorts = new Map<string, Sort>(system.variables.map((name) => [name, 'int']));
  const builder = new TermBuilder();
  const variables: string[] = [];
  const unknown = (name: string) => {
    const made = `${name} @${variables.length}`;
    variables.push(made);
    return builder.variable(made, 'int');
  };
  const before = new Map(system.variables.map((name) => [name, unknown(name)]));
  const ways: Unrolled[] = [];
  const open: { place: number; holds: readonly TermRef[]; values: ReadonlyMap<string, TermRef> }[] = [
    { place: from, holds: [], values: before },
  ];
  for (let here = open.pop(), count = 0; here !== undefined; here = open.pop(), count++) {
    if (count > MAX_UNROLLED) return null;
    const refs = builder.adopt(system.terms, sorts, here.values);
    for (const { to, guard, updates } of steps.get(here.place) ?? []) {
      const holds = [...here.holds, refs[guard] ?? -1];
      if (builder.valueOf(refs[guard] ?? -1) === false) continue;
      const values = new Map(here.values);
      for (const [name, value] of updates) {
        const now = unknown(name);
        holds.push(builder.apply('eq', now, refs[value] ?? -1));
        values.set(name, now);
      }
      if (cuts.has(to)) ways.push({ to, builder, variables, holds, before, after: values });
      else open.push({ place: to, holds, values });
    }
  }
  return ways;
}

/** Whether terms cannot hold together with a way's. */
async function isImpossible({ solver, options }: CheckRequest, way: Unrolled, terms: readonly TermRef[]) {
  const unknowns = way.variables.map((name) => ({ name, sort: 'int', least: null, greatest: null }) as const);
  const assertions = [...way.holds, ...terms].map((term) => ({ term, holds: true }));
  const answer = await solver.check({ terms: way.builder.table, variables: unknowns, assertions }, options);
  return answer.status === 'unsat' && answer.restrictions.length === 0;
}

function atomsAt(way: Unrolled, atoms: readonly Atom[], values: ReadonlyMap<string, TermRef>): TermRef[] {
  return atoms.map((atom) => atomTerm(way.builder, atom, values));
}

/** Whether atoms hold behind a way, where these terms hold before it. */
async function isKept(request: CheckRequest, way: Unrolled, given: readonly TermRef[], atoms: readonly Atom[]) {
  if (atoms.length === 0) return true;
  const { builder } = way;
  const broken = atomsAt(way, atoms, way.after).map((term) => builder.apply('not', term));
  return await isImpossible(request, way, [...given, builder.any(broken)]);
}

async function checkRecurrence(
  request: CheckRequest,
  { place, state, set }: Extract<Certificate, { kind: 'recurrence-set' }>,
): Promise<boolean> {
  const atoms = set.get(place);
  if (atoms === undefined || !atoms.every((atom) => atomHolds(atom, state))) return false;
  if (follow(request, (at, values) => at === place && isState(values, state)) === null) return false;
  for (const [head, held] of set) {
    const ways = head === request.system.end ? null : unroll(request.system, head);
    if (ways === null) return false;
    for (const way of ways) {
      const given = atomsAt(way, held, way.before);
      const target = set.get(way.to);
      const fine =
        target === undefined ? await isImpossible(request, way, given) : await isKept(request, way, given, target);
      if (!fine) return false;
    }
  }
  return true;
}

async function checkRanking(
  request: CheckRequest,
  { measures, invariants }: Extract<Certificate, { kind: 'ranking' }>,
): Promise<boolean> {
  const { system, given } = request;
  for (const place of [system.start, ...system.heads]) {
    const ways = unroll(system, place);
    if (ways === null) return false;
    for (const way of ways) {
      const start = place === system.start ? startTerms(system, given, way) : [];
      const known = [...start, ...atomsAt(way, invariants.get(place) ?? [], way.before)];
      if (!(await isKept(request, way, known, invariants.get(way.to) ?? []))) return false;
      if (place === system.start || way.to === system.end) continue;
      const down = falls(way, measures.get(place) ?? [], measures.get(way.to) ?? []);
      if (!(await isImpossible(request, way, [...known, way.builder.apply('not', down)]))) return false;
    }
  }
  return true;
}

/** The values at the start: those of parameters are unknown where all are asked about. */
function startTerms(system: TransitionSystem, given: State | null, { builder, before }: Unrolled): TermRef[] {
  return system.variables
    .filter((name) => given !== null || !system.parameters.includes(name))
    .map((name) => builder.apply('eq', before.get(name) ?? -1, builder.constant(given?.get(name) ?? 0n)));
}

/** That a tuple goes down: an entry that is not negative falls by 1 or more, and none before it rises. */
function falls({ builder, before, after }: Unrolled, from: readonly LinearForm[], to: readonly LinearForm[]): TermRef {
  const zero = builder.constant(0);
  const ways: TermRef[] = [];
  const level: TermRef[] = [];
  for (const [at, form] of from.entries()) {
    const target = to[at];
    if (target === undefined) break;
    const [old, now] = [formTerm(builder, form, before), formTerm(builder, target, after)];
    const lower = builder.apply('le', now, builder.apply('sub', old, builder.constant(1)));
    ways.push(builder.all([...level, builder.apply('le', zero, old), lower]));
    level.push(builder.apply('le', now, old));
  }
  return builder.any(ways);
}
