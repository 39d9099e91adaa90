import type { ShadowArgument, ShadowRun } from '../../core/shadow.ts';
import { Exploration } from '../exploration/exploration.ts';
import { Inquiry } from '../exploration/inquiry.ts';
import type { Coverage, Decision, ExploredPath } from '../exploration/path.ts';
import { callText } from '../inputs/assignment.ts';
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

/**
 * Whether any input goes a way: the input at hand is run; every decision that it takes before it leaves the way is turned,
 * one at a time, the last first, and what the solver gives is run in turn.
 *
 * @param args the input at hand
 */
export async function feasible(
  subject: Subject,
  args: readonly ShadowArgument[],
  way: WantedWay,
): Promise<Feasibility> {
  const { interpreter, function: name, limits } = subject;
  const inquiry = new Inquiry(subject);
  const seen = new Map<readonly ShadowArgument[], Seen>();
  const exploration = new Exploration({
    execute: async (input) => {
      const run = await interpreter.shadow({ function: name, args: input });
      const call = callText(name, input);
      const replayed: Replayed =
        call === undefined ? { kind: 'halted', detail: 'the input has no literal' } : await interpreter.replay(call);
      seen.set(input, { run, replayed });
      return [run];
    },
    inquiry,
    inputs: [args],
    bounds: [],
    runs: limits.runs,
    flippable: (path) => eligible(path, seen.get(path.args), way),
    deepestFirst: true,
    until: limits.until,
    signal: limits.signal,
  });
  let first: ExploredPath | undefined;
  for await (const path of exploration.paths()) {
    first ??= path;
    const at = seen.get(path.args);
    if (at === undefined || at.replayed.kind === 'halted' || !way.isTaken(at.replayed.lines)) continue;
    return found(first, path, name);
  }
  return notFound(first, exploration, await exploration.coverage());
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

function found(first: ExploredPath, path: ExploredPath, name: string): Feasibility {
  const call = callText(name, path.args) ?? name;
  const rest = { ...described(first), reason: null, core: [] };
  if (path === first) return { ...rest, status: 'taken', witness: null, explanation: null };
  return { ...rest, status: 'feasible', witness: { call, args: path.args }, explanation: explain(first, path, call) };
}

/** The first decision that two paths take differently. */
function explain(first: ExploredPath, path: ExploredPath, call: string): string | null {
  const turned = first.decisions.find(({ ref, taken }, at) => {
    const other = path.decisions[at];
    return other === undefined || other.ref !== ref || other.taken !== taken;
  });
  if (turned === undefined) return null;
  const { line, text, taken } = turned.condition;
  return `on line ${line} \`${text}\` is ${taken ? 'true' : 'false'} for this input; ${call} takes the other side`;
}

function notFound(first: ExploredPath | undefined, exploration: Exploration, coverage: Coverage): Feasibility {
  const rest = { ...described(first), witness: null, explanation: null };
  const within = coverage.restrictions.map((message) => ({ reason: 'bounded', message }) as const);
  const open = [...coverage.gaps, ...within];
  if (open.length > 0) return { ...rest, status: 'unknown', reason: inWords(open), core: [] };
  return { ...rest, status: 'infeasible', reason: null, core: exploration.clash };
}
