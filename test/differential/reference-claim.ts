import { compareTraces } from '../../core/compare/trace.ts';
import { sameRepr } from '../../core/compare/value.ts';
import { sourceLines } from '../../core/program.ts';
import type { Trace } from '../../core/trace.ts';
import type { ReferenceOutcome, ReferenceTrace } from '../cpython/reference.ts';

/**
 * How a replayed trace differs from the one that CPython gives, one line a difference. Values are compared as claims are;
 * frames are compared one by one, so that none may be stepped over.
 */
export function differencesFrom(reference: ReferenceTrace, replayed: Trace, source: string): string[] {
  return [
    ...frameDifferences(reference, replayed, source),
    ...outcomeDifferences(reference.outcome, replayed.outcome),
    ...(reference.stdout === replayed.stdout
      ? []
      : [`stdout ${JSON.stringify(replayed.stdout)}, CPython ${JSON.stringify(reference.stdout)}`]),
  ];
}

function frameDifferences(reference: ReferenceTrace, replayed: Trace, source: string): string[] {
  const differences: string[] = [];
  if (reference.frames.length !== replayed.frames.length) {
    differences.push(`${replayed.frames.length} frames, CPython ${reference.frames.length}`);
  }
  // A run that ends before its entry is called has no frames, and no claim is empty.
  if (reference.frames.length === 0) return differences;
  const claim = { frames: reference.frames.map((frame) => ({ ...frame, events: [frame.event] })), ended: true };
  const { result, divergence, steppedOver } = compareTraces(claim, replayed, sourceLines(source));
  if (result !== 'agrees') {
    const { kind, frame, message } = divergence ?? {};
    differences.push(`frame ${frame}: ${kind}, ${message} (${result}; predicted is CPython's)`);
  }
  if (steppedOver > 0) differences.push(`${steppedOver} frames that CPython does not report`);
  return differences;
}

function outcomeDifferences(expected: ReferenceOutcome, actual: Trace['outcome']): string[] {
  if (expected.kind === 'returned' && actual.kind === 'returned') {
    return sameRepr(expected.value, actual.value) ? [] : [`returns ${actual.value}, CPython ${expected.value}`];
  }
  const [one, other] = [actual, expected].map((outcome) => JSON.stringify(plain(outcome)));
  return one === other ? [] : [`${one}, CPython ${other}`];
}

/** Each side gives the program a file name of its own, which a SyntaxError's message tells. */
function plain(outcome: Trace['outcome'] | ReferenceOutcome) {
  if (outcome.kind !== 'raised') return outcome;
  const { kind, type, line, atImport = false } = outcome;
  return {
    kind,
    type,
    line,
    atImport,
    message: outcome.message.replace(/\((?:<program>|program\.py), line /, '(line '),
  };
}
