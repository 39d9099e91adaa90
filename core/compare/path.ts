import type { PathClaim } from '../claim.ts';
import type { Frame } from '../frame.ts';
import type { Trace } from '../trace.ts';
import type { ClaimComparison } from './claim-comparison.ts';
import { claimDivergence } from './claim-comparison.ts';
import { describeOutcome } from './wording.ts';

/**
 * Compares where the run goes. With `line`: whether that line is called into or about to run at any time. With `lines`:
 * the lines of all `line` frames of the entry's run, in every scope and in their order; the sequence must be the whole
 * one. A divergence's `frame` is the index in `lines`, or 0.
 */
export function comparePath(claim: PathClaim, truth: Trace): ClaimComparison {
  if (claim.lines !== undefined) return compareLines(claim.lines, truth);
  return compareReached(claim.line ?? 0, claim.reached ?? true, truth);
}

function compareReached(line: number, reached: boolean, truth: Trace): ClaimComparison {
  const at = Iterator.from(truth.frames).find((frame) => frame.line === line && frame.locals !== undefined);
  if (at === undefined && truth.outcome.kind === 'halted') {
    const message = `line ${line} was not reached before the end; ${describeOutcome(truth.outcome)}`;
    return { result: 'unfinished', divergence: null, checked: 1, matched: 0, message };
  }
  const message = at === undefined ? `line ${line} is not reached` : `line ${line} is reached`;
  if ((at !== undefined) === reached) return { result: 'agrees', divergence: null, checked: 1, matched: 1, message };
  const divergence = claimDivergence({ kind: 'action', index: 0, at, message });
  return { result: 'differs', divergence, checked: 1, matched: 0, message };
}

function compareLines(lines: readonly number[], truth: Trace): ClaimComparison {
  const checked = lines.length;
  let matched = 0;
  let at: Frame | undefined;
  for (const frame of truth.frames) {
    if (frame.event !== 'line') continue;
    if (frame.line !== lines[matched]) {
      at = frame;
      break;
    }
    matched += 1;
  }
  const claimed = lines[matched];
  if (at === undefined && truth.outcome.kind === 'halted') {
    return { result: 'unfinished', divergence: null, checked, matched, message: describeOutcome(truth.outcome) };
  }
  if (at === undefined && claimed === undefined) {
    return {
      result: 'agrees',
      divergence: null,
      checked,
      matched,
      message: `the run goes through these ${checked} lines`,
    };
  }
  const kind = claimed === undefined ? 'short' : at === undefined ? 'extra' : 'action';
  const message = `${at === undefined ? 'no further line runs' : `line ${at.line} runs next`}, predicted ${
    claimed === undefined ? 'the end' : `line ${claimed}`
  }`;
  const divergence = claimDivergence({
    kind,
    index: matched,
    at,
    predicted: claimed === undefined ? null : `line ${claimed}`,
    observed: at === undefined ? null : `line ${at.line}`,
    message,
  });
  return { result: 'differs', divergence, checked, matched, message };
}
