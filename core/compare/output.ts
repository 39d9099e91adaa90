import type { OutputClaim } from '../claim.ts';
import type { Divergence } from '../divergence.ts';
import type { Outcome, Trace } from '../trace.ts';
import type { ClaimComparison } from './claim-comparison.ts';
import { claimDivergence } from './claim-comparison.ts';
import { brief, cut, REPR_LIMIT } from './cut.ts';
import { difference } from './frame.ts';
import { isSetOrder } from './set-order.ts';
import { sameRepr } from './value.ts';
import { describeOutcome } from './wording.ts';

/** What a claim says about the end of a run. */
export type ClaimedOutput = Pick<OutputClaim, 'returns' | 'raises' | 'message' | 'stdout'>;

/** One part of a claimed output that does not hold. */
interface Difference {
  readonly divergence: Divergence;
  readonly excused: boolean;
}

/**
 * Compares how the run ends: a returned value by its repr, an exception by the last part of its type's name and, where
 * the claim gives one, by its exact message, and what was printed to the character. Nothing is decided for a run that
 * was stopped. A divergence's `frame` counts the parts that the claim gives, in this order.
 */
export function compareOutput(claim: ClaimedOutput, truth: Trace): ClaimComparison {
  const parts = [compareReturned, compareRaised, compareMessage, compareStdout];
  const given = [claim.returns, claim.raises, claim.message, claim.stdout];
  const checked = given.filter((part) => part !== undefined).length;
  if (truth.outcome.kind === 'halted') {
    return { result: 'unfinished', divergence: null, checked, matched: 0, message: describeOutcome(truth.outcome) };
  }
  const differing: Difference[] = [];
  let index = 0;
  for (const [part, compare] of parts.entries()) {
    if (given[part] === undefined) continue;
    const found = compare(claim, truth, index);
    if (found !== null) differing.push(found);
    index += 1;
  }
  const [first] = differing;
  const matched = checked - differing.length;
  if (first === undefined) {
    return { result: 'agrees', divergence: null, checked, matched, message: describeOutcome(truth.outcome) };
  }
  const result = differing.every(({ excused }) => excused) ? 'platform' : 'differs';
  return { result, divergence: first.divergence, checked, matched, message: first.divergence.message };
}

function compareReturned({ returns = '' }: ClaimedOutput, truth: Trace, index: number): Difference | null {
  const { outcome, platform } = truth;
  if (outcome.kind !== 'returned') return otherEnd(outcome, index, `a return of ${brief(returns)}`);
  if (sameRepr(returns, outcome.value)) return null;
  const message = `${describeOutcome(outcome)}, predicted ${brief(returns)}`;
  // What follows from the width of a word, and how far, an output alone does not tell.
  const excused = platform.words || (platform.sets && isSetOrder(returns, outcome.value));
  return { divergence: argument(index, 'return', returns, outcome.value, truth, message), excused };
}

function compareRaised({ raises = '' }: ClaimedOutput, truth: Trace, index: number): Difference | null {
  const { outcome } = truth;
  if (outcome.kind !== 'raised') return otherEnd(outcome, index, `an exception ${brief(raises)}`);
  if (lastName(raises) === lastName(outcome.type)) return null;
  const message = `${describeOutcome(outcome)}, predicted ${brief(raises)}`;
  return { divergence: argument(index, 'exception', raises, outcome.type, truth, message), excused: false };
}

function compareMessage({ message = '' }: ClaimedOutput, truth: Trace, index: number): Difference | null {
  const { outcome } = truth;
  if (outcome.kind !== 'raised') return otherEnd(outcome, index, `an exception with the message ${brief(message)}`);
  if (message === outcome.message) return null;
  const text = `${describeOutcome(outcome)}, predicted the message ${brief(message)}`;
  return { divergence: argument(index, 'exception', message, outcome.message, truth, text), excused: false };
}

function compareStdout({ stdout = '' }: ClaimedOutput, truth: Trace, index: number): Difference | null {
  if (stdout === truth.stdout) return null;
  let same = 0;
  while (same < stdout.length && stdout[same] === truth.stdout[same]) same += 1;
  const line = stdout.slice(0, same).split('\n').length;
  const message = `the output differs in its line ${line}: ${shownLine(truth.stdout, line)}, predicted ${shownLine(stdout, line)}`;
  return { divergence: argument(index, 'stdout', stdout, truth.stdout, truth, message), excused: false };
}

function shownLine(text: string, line: number): string {
  const shown = text.split('\n')[line - 1];
  return shown === undefined ? 'no such line' : JSON.stringify(brief(shown));
}

/** The run ends in another way than the claim says. */
function otherEnd(outcome: Outcome, index: number, predicted: string): Difference {
  const observed = outcome.kind === 'raised' ? 'exception' : 'return';
  const message = `${describeOutcome(outcome)}, predicted ${predicted}`;
  const predictedEvent = observed === 'return' ? 'exception' : 'return';
  return {
    divergence: claimDivergence({ kind: 'event', index, predicted: predictedEvent, observed, message }),
    excused: false,
  };
}

function argument(
  index: number,
  name: 'return' | 'exception' | 'stdout',
  predicted: string,
  observed: string,
  truth: Trace,
  message: string,
): Divergence {
  const found = difference(name, predicted, observed);
  return claimDivergence({
    kind: 'argument',
    index,
    at: truth.frames.at(-1),
    variables: [name === 'return' ? found : { ...found, type: name === 'stdout' ? 'str' : null }],
    predicted: cut(predicted, REPR_LIMIT),
    observed: cut(observed, REPR_LIMIT),
    message,
  });
}

function lastName(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}
