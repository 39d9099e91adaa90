import type { ShadowArgument, ShadowValue } from '../../core/shadow.ts';
import { Gaps } from '../exploration/gap.ts';
import { Inquiry } from '../exploration/inquiry.ts';
import type { ExploredPath } from '../exploration/path.ts';
import { callText } from '../inputs/assignment.ts';
import { differenceFrom } from '../outcomes/difference.ts';
import { fails, type QuestionAnswer, withoutWitness } from './answer.ts';
import { amongSeeds, explorationOf } from './inputs.ts';
import { inputWhere } from './path-query.ts';
import type { Replayed, Subject, WitnessRun } from './subject.ts';

/** The output that an input is searched for. */
export interface WantedOutput {
  /** The value without terms. */
  readonly value: ShadowValue;
  /** Whether a repr that a replay gave spells it. */
  readonly matches: (repr: string) => boolean;
}

/**
 * Searches for an input that gives an output. `fails` is the good answer: its witness is the input, replayed; `holds`
 * says that no input gives the output.
 */
export async function inverse(subject: Subject, wanted: WantedOutput): Promise<QuestionAnswer> {
  const seeded = await amongSeeds(subject, (args) => replayed(subject, wanted, args));
  if (seeded !== undefined) return found(seeded);
  const inquiry = new Inquiry(subject);
  const exploration = explorationOf(subject, inquiry, async (args) => [
    await subject.interpreter.shadow({ function: subject.function, args }),
  ]);
  const doubts = new Gaps();
  for await (const path of exploration.paths()) {
    const candidate = await candidateOn(path, inquiry, wanted, doubts);
    const witness = candidate === undefined ? undefined : await replayed(subject, wanted, candidate);
    if (witness !== undefined) return found(witness);
    if (candidate !== undefined)
      doubts.add('unsupported', 'an input that the terms give did not give the output in a replay');
  }
  return withoutWitness(await exploration.coverage(), doubts, 'no input gives the output');
}

function found(witness: WitnessRun): QuestionAnswer {
  return fails(witness, `${witness.call} gives ${witness.observed}`);
}

/** An input of the path that gives the output, as far as terms tell. */
async function candidateOn(
  path: ExploredPath,
  inquiry: Inquiry,
  wanted: WantedOutput,
  doubts: Gaps,
): Promise<readonly ShadowArgument[] | undefined> {
  const imported = path.runs[0];
  if (imported === undefined || imported.run.outcome.kind !== 'returned') return undefined;
  const difference = differenceFrom(inquiry.builder, imported, imported.run.outcome.value, wanted.value);
  switch (difference.kind) {
    case 'same':
      return path.args;
    case 'always':
      return undefined;
    case 'unknown':
      if (wanted.matches(imported.run.outcome.repr)) return path.args;
      doubts.add('unsupported', `${difference.what} could not be compared`);
      return undefined;
    case 'where': {
      const input = await inputWhere(inquiry, path, inquiry.builder.holding(difference.ref, false));
      if (input.kind === 'unknown') doubts.add('solver-unknown', `the solver gave up on a path (${input.reason})`);
      return input.kind === 'found' ? input.args : undefined;
    }
  }
}

async function replayed(
  { interpreter, function: name }: Subject,
  wanted: WantedOutput,
  args: readonly ShadowArgument[],
): Promise<WitnessRun | undefined> {
  const call = callText(name, args);
  if (call === undefined) return undefined;
  const outcome: Replayed = await interpreter.replay(call);
  if (outcome.kind !== 'returned' || !wanted.matches(outcome.repr)) return undefined;
  return { args, call, expected: null, observed: outcome.repr, other: null };
}
