import type { Gap } from '../exploration/gap.ts';
import { Inquiry } from '../exploration/inquiry.ts';
import type { Coverage } from '../exploration/path.ts';
import { callText } from '../inputs/assignment.ts';
import { explorationOf } from './inputs.ts';
import type { Replayed, Subject } from './subject.ts';

/** A path of a function, and an input that takes it. */
export interface FoundPath {
  readonly conditions: readonly { readonly line: number; readonly text: string; readonly taken: boolean }[];
  /** The call, which was replayed. */
  readonly input: string;
  /** What the replay gave. */
  readonly output: Replayed;
  /** Its conditions say exactly which inputs take it. */
  readonly exact: boolean;
}

/** Every path that is found within the limits, `paths` of them at most. */
export async function explore(
  subject: Subject,
  paths: number,
): Promise<{ readonly paths: readonly FoundPath[]; readonly coverage: Coverage }> {
  const exploration = explorationOf(subject, new Inquiry(subject), async (args) => [
    await subject.interpreter.shadow({ function: subject.function, args }),
  ]);
  const found: FoundPath[] = [];
  let cut = false;
  for await (const path of exploration.paths()) {
    if (found.length === paths) {
      cut = true;
      break;
    }
    const input = callText(subject.function, path.args);
    if (input === undefined) continue;
    found.push({
      conditions: path.decisions.map(({ condition: { line, text, taken } }) => ({ line, text, taken })),
      input,
      output: await subject.interpreter.replay(input),
      exact: path.restrictions.length === 0 && path.concretised.length === 0,
    });
  }
  const coverage = await exploration.coverage();
  const limit: Gap = { reason: 'budget', message: `the limit of ${paths} paths was met` };
  const gaps = cut ? [limit, ...coverage.gaps] : coverage.gaps;
  return { paths: found, coverage: { ...coverage, gaps, exhausted: gaps.length === 0 } };
}
