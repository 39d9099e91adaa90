import type { ShadowArgument, ShadowRun } from '../../core/shadow.ts';
import type { Variable } from '../../core/term.ts';
import { assignArguments } from '../inputs/assignment.ts';
import { shapeKey } from '../inputs/shape-key.ts';
import { adoptTerms, type Imported } from '../outcomes/difference.ts';
import type { TermBuilder } from '../terms/builder.ts';
import { evaluate } from '../terms/evaluate.ts';
import { readValue } from '../terms/value.ts';
import { completenessGap, type SeenPath } from './completeness.ts';
import { decisionsOf } from './decisions.ts';
import { Frontier } from './frontier.ts';
import { type Gap, Gaps } from './gap.ts';
import type { Inquiry } from './inquiry.ts';
import type { Coverage, Decision, ExploredPath } from './path.ts';
import { type Branch, PathTree } from './path-tree.ts';
import { relevantSteps } from './slice.ts';
import { UnknownsOfTerms } from './unknowns.ts';

/** Runs an input: one shadow run a program. */
export type Execute = (args: readonly ShadowArgument[]) => Promise<readonly ShadowRun[]>;

export interface ExplorationOptions {
  readonly execute: Execute;
  readonly inquiry: Inquiry;
  /** Inputs to start from, in this order. */
  readonly inputs: readonly (readonly ShadowArgument[])[];
  /** What the inputs leave out, in words. */
  readonly bounds: readonly string[];
  /** Runs in all. */
  readonly runs: number;
  /** Paths from which an input is searched for: how many of a path's decisions may come out otherwise. */
  readonly flippable?: (path: ExploredPath) => number;
  /** Latest decisions first, where the way to something is searched for; otherwise the shallowest first. */
  readonly deepestFirst?: boolean;
  /** When to stop, as `performance.now()` counts. */
  readonly until?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What is known of the inputs of one shape. */
interface ShapeState {
  readonly tree: PathTree<Decision>;
  readonly paths: SeenPath[];
  variables: readonly Variable[];
}

/**
 * Runs inputs, and searches for further ones that take other ways, until there are none or a limit is met. Each path is
 * given once, with the input that took it.
 */
export class Exploration {
  readonly #options: ExplorationOptions;
  readonly #shapes = new Map<string, ShapeState>();
  readonly #frontier: Frontier;
  readonly #unknowns: UnknownsOfTerms;
  readonly #gaps = new Gaps();
  readonly #restrictions = new Set<string>();
  #clash: readonly number[] = [];
  #runs = 0;
  #paths = 0;

  constructor(options: ExplorationOptions) {
    this.#options = options;
    this.#frontier = new Frontier(options.deepestFirst ?? false);
    this.#unknowns = new UnknownsOfTerms(options.inquiry.builder);
  }

  /** The paths, as they are found. */
  async *paths(): AsyncGenerator<ExploredPath, void> {
    for (const args of this.#options.inputs) {
      if (this.#atLimit()) return;
      const path = await this.#run(args);
      if (path !== undefined) yield path;
    }
    for (let next = this.#frontier.take(); next !== undefined; next = this.#frontier.take()) {
      if (this.#atLimit()) return;
      const state = this.#state(next.path.args);
      const branch = branchOf(next.path, next.at);
      if (!state.tree.isOpen(branch)) continue;
      const args = await this.#solve(next.path, branch, state);
      const path = args === undefined ? undefined : await this.#run(args);
      // What decides may be no term: then the run goes its own way, and the branch has not been seen.
      if (args !== undefined && state.tree.isOpen(branch)) {
        state.tree.close(branch, 'unknown');
        const line = next.path.decisions[next.at]?.condition.line ?? 0;
        this.#gaps.add('unsupported', `an input for the condition on line ${line} went another way`);
      }
      if (path !== undefined) yield path;
    }
  }

  #atLimit(): boolean {
    this.#options.signal?.throwIfAborted();
    if (performance.now() >= (this.#options.until ?? Number.POSITIVE_INFINITY)) {
      this.#gaps.add('budget', 'the time was used up');
      return true;
    }
    if (this.#runs < this.#options.runs) return false;
    this.#gaps.add('budget', `the limit of ${this.#options.runs} runs was met`);
    return true;
  }

  #state(args: readonly ShadowArgument[]): ShapeState {
    const key = shapeKey(args);
    let state = this.#shapes.get(key);
    if (state === undefined) {
      state = { tree: new PathTree(), paths: [], variables: [] };
      this.#shapes.set(key, state);
    }
    return state;
  }

  async #run(args: readonly ShadowArgument[]): Promise<ExploredPath | undefined> {
    this.#runs += 1;
    const runs = await this.#options.execute(args);
    const state = this.#state(args);
    const path = this.#pathOf(args, runs, state.tree);
    state.variables = mergeVariables([state.variables, ...runs.map((run) => run.variables)]);
    for (const run of runs) {
      if (run.outcome.kind === 'halted')
        this.#gaps.add(stopReason(run.outcome.reason), `a run was stopped: ${run.outcome.detail}`);
    }
    for (const gap of path.concretised) this.#gaps.add('unsupported', `no rule for ${gap}`);
    for (const restriction of path.restrictions) this.#restrictions.add(restriction);
    const inserted = state.tree.insert(path.decisions);
    if (inserted === 'apart') this.#gaps.add('unsupported', 'the same decisions led two ways');
    if (inserted !== 'new') return inserted === 'known' ? undefined : path;
    if (path.inDomain) this.#paths += 1;
    const turned = Math.min(this.#options.flippable?.(path) ?? path.decisions.length, path.decisions.length);
    state.paths.push({ path, turned });
    for (let at = 0; at < turned; at++) {
      if (!path.decisions[at]?.fixed) this.#frontier.add({ path, at });
    }
    return path;
  }

  #pathOf(args: readonly ShadowArgument[], runs: readonly ShadowRun[], tree: PathTree<Decision>): ExploredPath {
    const { builder } = this.#options.inquiry;
    const imported: Imported[] = runs.map((run) => ({ run, refs: adoptTerms(builder, run) }));
    const decisions = decisionsOf(imported, builder);
    // A precondition that is the same for all inputs of the shape is no decision, and yet it counts.
    const conditions = runs.flatMap((run) => run.conditions);
    return {
      args,
      decisions: tree.align(decisions, (first) => decidedBy(runs, first, builder)),
      runs: imported,
      inDomain: conditions.every(({ kind, taken }) => kind !== 'requires' || taken),
      restrictions: conditions.flatMap(({ restriction }) => restriction ?? []),
      concretised: runs.flatMap((run) =>
        run.concretised.map(({ line, construct }) => `\`${construct}\` on line ${line}`),
      ),
    };
  }

  async #solve(path: ExploredPath, branch: Branch, state: ShapeState): Promise<ShadowArgument[] | undefined> {
    const steps = relevantSteps(this.#unknowns, branch);
    const names = new Set(steps.flatMap(({ ref }) => [...this.#unknowns.of(ref)]));
    const answer = await this.#options.inquiry.check(
      steps.map(({ ref, taken }) => ({ term: ref, holds: taken, label: `${ref}` })),
      state.variables.filter(({ name }) => names.has(name)),
    );
    if (answer.status === 'sat') return assignArguments(path.args, answer.model);
    state.tree.close(branch, answer.status === 'unsat' ? 'infeasible' : 'unknown');
    if (answer.status === 'unsat') this.#clash = linesOf(path, answer.core);
    if (answer.status === 'unknown') this.#gaps.add('solver-unknown', `the solver gave up (${answer.reason})`);
    return undefined;
  }

  /** Lines whose conditions clash on the last way that turned out to be impossible. */
  get clash(): readonly number[] {
    return this.#clash;
  }

  /** How much was seen. Asks the solver whether the paths together are all there are. */
  async coverage(): Promise<Coverage> {
    if (this.#frontier.size > 0) this.#gaps.add('budget', 'not all paths were run');
    if (this.#gaps.size === 0) {
      for (const { paths, variables } of this.#shapes.values()) {
        const gap = await completenessGap(this.#options.inquiry, paths, variables);
        if (gap !== undefined) this.#gaps.add(gap.reason, gap.message);
      }
    }
    return {
      exhausted: this.#gaps.size === 0,
      gaps: this.#gaps.first,
      restrictions: [...new Set([...this.#restrictions, ...this.#options.inquiry.restrictions])],
      bounds: this.#options.bounds,
      paths: this.#paths,
      vacuous: this.#paths === 0,
    };
  }
}

/** A decision of another run as these runs' input would take it; undefined where it has no value there. */
function decidedBy(runs: readonly ShadowRun[], first: Decision, builder: TermBuilder): Decision | undefined {
  const assignment = new Map(
    runs.flatMap(({ variables }) => variables.map(({ name, value }) => [name, readValue(value)])),
  );
  const [taken] = evaluate(builder.table, [first.ref], assignment);
  return typeof taken === 'boolean' ? { ...first, taken, condition: { ...first.condition, taken } } : undefined;
}

/** Whose limit it was that a run met: a larger budget helps, or only a rule. */
function stopReason(halt: string): Gap['reason'] {
  return halt === 'unsupported' || halt === 'engine' || halt === 'tampered' ? 'unsupported' : 'budget';
}

function linesOf(path: ExploredPath, core: readonly string[]): number[] {
  const refs = new Set(core);
  const lines = path.decisions.filter(({ ref }) => refs.has(`${ref}`)).map(({ condition }) => condition.line);
  return [...new Set(lines)].sort((a, b) => a - b);
}

function branchOf(path: ExploredPath, at: number): Branch {
  const decision = path.decisions[at];
  if (decision === undefined) throw new Error('a branch lies beyond its path');
  return { prefix: path.decisions.slice(0, at), ref: decision.ref, wanted: !decision.taken };
}

function mergeVariables(lists: readonly (readonly Variable[])[]): Variable[] {
  const byName = new Map<string, Variable>();
  for (const variable of lists.flat()) {
    if (!byName.has(variable.name)) byName.set(variable.name, variable);
  }
  return [...byName.values()];
}
