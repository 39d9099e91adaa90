import type { ShadowArgument, ShadowRun } from '../../core/shadow.ts';
import { decisionsOf } from '../exploration/decisions.ts';
import { Exploration } from '../exploration/exploration.ts';
import { Inquiry } from '../exploration/inquiry.ts';
import type { Coverage, Decision, ExploredPath } from '../exploration/path.ts';
import { assignArguments, callText } from '../inputs/assignment.ts';
import { shapeKey } from '../inputs/shape-key.ts';
import { enumerateShapes } from '../inputs/shapes.ts';
import { typesOf } from '../inputs/type-of.ts';
import { adoptTerms } from '../outcomes/difference.ts';
import { TermBuilder } from '../terms/builder.ts';
import { readValue } from '../terms/value.ts';
import { inWords } from './answer.ts';
import type { Replayed, Subject } from './subject.ts';

/** The lines that a run is to go through. */
export interface WantedWay {
  /** Whether a run went so. */
  readonly isTaken: (lines: readonly number[]) => boolean;
  /** How many of a run's lines go the wanted way: no later decision can make the rest go it. */
  readonly agreement: (lines: readonly number[]) => number;
}

/** Says whether a line of a run is the one that is wanted at its place. */
export type LineMatch = (line: number) => boolean;

/** The way through exactly these lines, or where it is not `complete`, any way that begins so. */
export function wayAlong(wanted: readonly LineMatch[], complete: boolean): WantedWay {
  const agreement = (lines: readonly number[]): number => {
    let same = 0;
    while (same < wanted.length && same < lines.length && wanted[same]?.(lines[same] as number)) same += 1;
    return same;
  };
  return {
    agreement,
    isTaken: (lines) => agreement(lines) === wanted.length && (!complete || lines.length === wanted.length),
  };
}

/** A way that comes to a line, or one that does not. */
export function wayThrough(line: number, reached: boolean): WantedWay {
  return {
    agreement: (lines) => {
      const first = lines.indexOf(line);
      return reached || first < 0 ? lines.length : first;
    },
    isTaken: (lines) => lines.includes(line) === reached,
  };
}

export interface Feasibility {
  /** `taken` by the input at hand; `feasible` for the witness; `infeasible` for every input; or nobody knows. */
  readonly status: 'taken' | 'feasible' | 'infeasible' | 'unknown';
  readonly reason: string | null;
  /** Decisions of the run of the input at hand. */
  readonly conditions: readonly Decision[];
  /** The conditions say exactly which inputs go as that run did. */
  readonly exact: boolean;
  /** The input that goes the wanted way; it was replayed. */
  readonly witness: { readonly call: string; readonly args: readonly ShadowArgument[] } | null;
  /** Where it is infeasible: lines whose conditions clash. */
  readonly core: readonly number[];
  /** The decision at which the input at hand leaves the wanted way, in a sentence. */
  readonly explanation: string | null;
}

interface Seen {
  readonly run: ShadowRun;
  readonly replayed: Replayed;
}

/** A run that goes the wanted way itself. */
export function takenBy(run: ShadowRun): Feasibility {
  const builder = new TermBuilder();
  const decisions = decisionsOf([{ run, refs: adoptTerms(builder, run) }], builder);
  const exact =
    run.concretised.length === 0 && run.conditions.every(({ restriction }) => (restriction ?? null) === null);
  return { ...NOTHING, status: 'taken', reason: null, conditions: decisions, exact };
}

/**
 * Whether any input goes a way: the input at hand is run; every decision that it takes before it leaves the way is turned,
 * one at a time, the last first, and what the solver gives is run in turn. Then inputs of the same types are tried whose
 * lengths are others.
 *
 * @param args the input at hand
 */
export async function feasible(
  subject: Subject,
  args: readonly ShadowArgument[],
  way: WantedWay,
): Promise<Feasibility> {
  return await new Search(subject, way).answer(args);
}

class Search {
  readonly #subject: Subject;
  readonly #way: WantedWay;
  readonly #inquiry: Inquiry;
  readonly #seen = new Map<readonly ShadowArgument[], Seen>();
  #first: ExploredPath | undefined;

  constructor(subject: Subject, way: WantedWay) {
    this.#subject = subject;
    this.#way = way;
    this.#inquiry = new Inquiry(subject);
  }

  async answer(args: readonly ShadowArgument[]): Promise<Feasibility> {
    const near = this.#exploration([args], []);
    const path = await this.#find(near);
    const first = this.#first;
    if (first === undefined) return { ...described(first), ...NOTHING, status: 'unknown', reason: 'nothing was run' };
    if (path !== undefined) return this.#found(first, path, await this.#nearest(first, path));
    const coverage = await near.coverage();
    if (!hasShapes(args)) return notFound(first, coverage, near.clash);
    const others = this.#otherShapes(args);
    if (others === undefined) {
      return notFound(first, withGap(coverage, 'inputs of other shapes than this one were not tried'), []);
    }
    const far = this.#exploration(others.inputs, others.bounds);
    const other = await this.#find(far);
    if (other !== undefined) return this.#found(first, other, other.args);
    const beyond = await far.coverage();
    return notFound(first, { ...beyond, gaps: [...coverage.gaps, ...beyond.gaps] }, near.clash);
  }

  #exploration(inputs: readonly (readonly ShadowArgument[])[], bounds: readonly string[]): Exploration {
    const { limits } = this.#subject;
    return new Exploration({
      execute: async (input) => [(await this.#see(input)).run],
      inquiry: this.#inquiry,
      inputs,
      bounds,
      runs: limits.runs,
      flippable: (path) => eligible(path, this.#seen.get(path.args), this.#way),
      deepestFirst: true,
      until: limits.until,
      signal: limits.signal,
    });
  }

  async #see(input: readonly ShadowArgument[]): Promise<Seen> {
    const { interpreter, function: name } = this.#subject;
    const run = await interpreter.shadow({ function: name, args: input });
    const call = callText(name, input);
    const replayed: Replayed =
      call === undefined ? { kind: 'halted', detail: 'the input has no literal' } : await interpreter.replay(call);
    const seen = { run, replayed };
    this.#seen.set(input, seen);
    return seen;
  }

  async #find(exploration: Exploration): Promise<ExploredPath | undefined> {
    for await (const path of exploration.paths()) {
      this.#first ??= path;
      if (this.#isTaken(this.#seen.get(path.args))) return path;
    }
    return undefined;
  }

  #isTaken(seen: Seen | undefined): boolean {
    return seen !== undefined && seen.replayed.kind !== 'halted' && this.#way.isTaken(seen.replayed.lines);
  }

  /** The input of a path that differs least from the first one; what was found, where no other goes the way. */
  async #nearest(first: ExploredPath, path: ExploredPath): Promise<readonly ShadowArgument[]> {
    if (path === first || performance.now() >= this.#subject.limits.until) return path.args;
    const variables = path.runs.flatMap(({ run }) => run.variables);
    const given = new Map(
      [...variables, ...first.runs.flatMap(({ run }) => run.variables)].map(({ name, value }) => [
        name,
        readValue(value),
      ]),
    );
    const assertions = path.decisions.map(({ ref, taken }) => ({ term: ref, holds: taken }));
    const model = await this.#inquiry.nearest(assertions, variables, given);
    if (model === undefined) return path.args;
    const args = assignArguments(path.args, model);
    return this.#isTaken(await this.#see(args)) ? args : path.args;
  }

  /** A simple input of every other shape that these types have; undefined where a type has none that can be made. */
  #otherShapes(args: readonly ShadowArgument[]) {
    const typed = typesOf(args);
    if (typed === undefined) return undefined;
    const own = shapeKey(args);
    const { shapes, bounds } = enumerateShapes(typed.parameters, this.#subject.limits);
    return { inputs: shapes.filter((shape) => shapeKey(shape) !== own), bounds: [...typed.bounds, ...bounds] };
  }

  #found(first: ExploredPath, path: ExploredPath, args: readonly ShadowArgument[]): Feasibility {
    const rest = { ...described(first), ...NOTHING, reason: null };
    if (path === first) return { ...rest, status: 'taken' };
    const { function: name } = this.#subject;
    const call = callText(name, args) ?? name;
    return { ...rest, status: 'feasible', witness: { call, args }, explanation: explain(first, path, call) };
  }
}

const NOTHING = { witness: null, core: [], explanation: null } as const;

/** Whether inputs of the same types may have another shape. */
function hasShapes(args: readonly ShadowArgument[]): boolean {
  return args.some(({ value }) => value.t !== 'int' && value.t !== 'bool');
}

function withGap(coverage: Coverage, message: string): Coverage {
  return { ...coverage, gaps: [...coverage.gaps, { reason: 'bounded', message }] };
}

/** The first decisions of a path, up to where it leaves the way. All of them where lines cannot be told from one another. */
function eligible(path: ExploredPath, seen: Seen | undefined, way: WantedWay): number {
  if (seen === undefined || seen.replayed.kind === 'halted') return path.decisions.length;
  const { lines } = seen.replayed;
  const aligned = lines.length === seen.run.lines.length && lines.every((line, at) => line === seen.run.lines[at]);
  if (!aligned) return path.decisions.length;
  const agreement = way.agreement(lines);
  const beyond = path.decisions.findIndex(({ condition }) => condition.at > agreement);
  return beyond < 0 ? path.decisions.length : beyond;
}

function described(first: ExploredPath | undefined): Pick<Feasibility, 'conditions' | 'exact'> {
  return {
    conditions: first?.decisions ?? [],
    exact: first !== undefined && first.restrictions.length === 0 && first.concretised.length === 0,
  };
}

/** The first decision that two paths take differently. */
function explain(first: ExploredPath, path: ExploredPath, call: string): string | null {
  if (shapeKey(first.args) !== shapeKey(path.args)) return `no input of this shape goes so; ${call} does`;
  const turned = first.decisions.find(({ ref, taken }, at) => {
    const other = path.decisions[at];
    return other === undefined || other.ref !== ref || other.taken !== taken;
  });
  if (turned === undefined) return null;
  const { line, text, taken } = turned.condition;
  return `on line ${line} \`${text}\` is ${taken ? 'true' : 'false'} for this input; ${call} takes the other side`;
}

function notFound(
  first: ExploredPath,
  { gaps, bounds, restrictions }: Coverage,
  clash: readonly number[],
): Feasibility {
  const rest = { ...described(first), ...NOTHING };
  const within = [...bounds, ...restrictions].map((message) => ({ reason: 'bounded', message }) as const);
  if (gaps.length > 0) return { ...rest, status: 'unknown', reason: inWords([...gaps, ...within]) };
  if (within.length > 0) return { ...rest, status: 'unknown', reason: `no input with ${inWords(within)} goes so` };
  return { ...rest, status: 'infeasible', reason: null, core: clash };
}
