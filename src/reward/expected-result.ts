import { sameRepr } from '../../core/compare/value.ts';
import { completionText } from '../../neural/extract/completion.ts';
import { extractClaim } from '../../neural/extract/index.ts';
import { dropThinking } from '../../neural/extract/thinking.ts';

/** Longer answers are not compared, in UTF-16 units. */
const LONGEST_ANSWER = 1_000_000;

/**
 * Whether a completion answers with a known result, as Python compares reprs. Nothing is run. The answer is the one that
 * `extractClaim` finds, or where it finds none the last line that holds anything.
 *
 * @returns undefined where there is no answer
 */
export function answersWith(completion: unknown, expected: string): boolean | undefined {
  const answer = answerOf(completion);
  if (answer === undefined || answer.length > LONGEST_ANSWER) return undefined;
  return sameRepr(answer, expected);
}

function answerOf(completion: unknown): string | undefined {
  const claim = extractClaim(completion, '', 'outcome')?.claim;
  if (claim?.kind === 'output' && claim.returns !== undefined) return claim.returns;
  const text = completionText(completion);
  if (text === undefined) return undefined;
  const said = dropThinking(text).trimEnd();
  const line = said.slice(said.lastIndexOf('\n') + 1).trim();
  return line === '' ? undefined : line;
}
