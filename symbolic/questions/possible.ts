import type { ShadowArgument, ShadowRun, ShadowValue } from '../../core/shadow.ts';
import type { TermRef } from '../../core/term.ts';
import { Exploration } from '../exploration/exploration.ts';
import { Gaps } from '../exploration/gap.ts';
import { Inquiry } from '../exploration/inquiry.ts';
import type { ExploredPath } from '../exploration/path.ts';
import { type Difference, differenceFrom } from '../outcomes/difference.ts';
import type { Solver } from '../solver/solver.ts';
import { type QuestionAnswer, withoutWitness } from './answer.ts';
import { inputWhere } from './path-query.ts';
import type { QuestionLimits } from './subject.ts';

/** How a run is to end; what is left out may be anything. */
export interface WantedEnd {
  readonly returns?: ShadowValue | undefined;
  /** Type of the exception. */
  readonly raises?: string | undefined;
  readonly stdout?: string | undefined;
}

/** A program with fixed arguments in a world of which parts are unknown. */
export interface OpenWorld<Found> {
  /** Runs the program with terms; the draws stand for arguments, by the names of the unknowns. */
  readonly run: (draws: readonly ShadowArgument[]) => Promise<ShadowRun>;
  /** Draws to start from. */
  readonly draws: readonly ShadowArgument[];
  /** What they leave out, in words. */
  readonly bounds: readonly string[];
  /** Replays the program in a world with these draws; undefined where it does not end as wanted. */
  readonly replay: (draws: readonly ShadowArgument[]) => Promise<Found | undefined>;
}

export interface PossibleAnswer<Found> {
  /** What a replay showed; null where none did. */
  readonly found: Found | null;
  /** Where none did: `holds` says that no value of the unknowns ends so. */
  readonly answer: QuestionAnswer | null;
}

/** Searches for values of a world's unknowns with which a run ends as wanted, or shows that there are none. */
export async function possible<Found>(
  { solver, limits }: { readonly solver: Solver; readonly limits: QuestionLimits },
  world: OpenWorld<Found>,
  wanted: WantedEnd,
): Promise<PossibleAnswer<Found>> {
  const inquiry = new Inquiry({ solver, limits });
  const doubts = new Gaps();
  const spans = new Spans();
  const exploration = new Exploration({
    execute: async (draws) => {
      const run = await world.run(draws);
      if (!spans.agrees(run)) doubts.add('unsupported', 'the bounds of what is drawn depend on earlier draws');
      return [run];
    },
    inquiry,
    inputs: [world.draws],
    bounds: world.bounds,
    runs: limits.runs,
    until: limits.until,
    signal: limits.signal,
  });
  for await (const path of exploration.paths()) {
    const draws = await drawsOn(path, inquiry, wanted, doubts);
    if (draws === undefined) continue;
    const found = await world.replay(draws);
    if (found !== undefined) return { found, answer: null };
    doubts.add('unsupported', 'values that do it by the terms were not met in a replay');
  }
  const answer = withoutWitness(
    await exploration.coverage(),
    doubts,
    'no value of what is unknown makes the run end so',
  );
  return { found: null, answer };
}

/** The bounds of each unknown: all paths are looked at together under the first ones that were seen. */
class Spans {
  readonly #spans = new Map<string, string>();

  agrees({ variables }: ShadowRun): boolean {
    let same = true;
    for (const { name, least, greatest } of variables) {
      const span = `${least}..${greatest}`;
      if ((this.#spans.get(name) ?? span) !== span) same = false;
      else this.#spans.set(name, span);
    }
    return same;
  }
}

/** Draws of a path with which it ends as wanted, as far as terms tell. */
async function drawsOn(
  path: ExploredPath,
  inquiry: Inquiry,
  wanted: WantedEnd,
  doubts: Gaps,
): Promise<readonly ShadowArgument[] | undefined> {
  const { builder } = inquiry;
  const apart: TermRef[] = [];
  for (const difference of differencesOn(path, inquiry, wanted)) {
    switch (difference.kind) {
      case 'same':
        break;
      case 'always':
        return undefined;
      case 'unknown':
        doubts.add('unsupported', `${difference.what} could not be compared`);
        break;
      case 'where':
        apart.push(difference.ref);
        break;
    }
  }
  if (apart.length === 0) return path.args;
  const input = await inputWhere(inquiry, path, builder.holding(builder.any(apart), false));
  if (input.kind === 'unknown') doubts.add('solver-unknown', `the solver gave up on a path (${input.reason})`);
  return input.kind === 'found' ? input.args : undefined;
}

function differencesOn(path: ExploredPath, { builder }: Inquiry, wanted: WantedEnd): Difference[] {
  const imported = path.runs[0];
  if (imported === undefined) return [{ kind: 'always', what: 'no run' }];
  const { outcome, stdout } = imported.run;
  const differences: Difference[] = [];
  if (outcome.kind === 'halted') differences.push({ kind: 'unknown', what: 'a run that was stopped' });
  else if (wanted.returns !== undefined) {
    differences.push(
      outcome.kind === 'returned'
        ? differenceFrom(builder, imported, outcome.value, wanted.returns)
        : { kind: 'always', what: 'it raises' },
    );
  } else if (wanted.raises !== undefined && (outcome.kind !== 'raised' || outcome.type !== wanted.raises)) {
    differences.push({ kind: 'always', what: 'the end' });
  }
  if (wanted.stdout !== undefined) {
    differences.push(differenceFrom(builder, imported, stdout, { t: 'str', v: wanted.stdout }));
  }
  return differences;
}
