import { assertedValue } from './asserted-value.ts';
import type { Candidate, Extractor } from './candidate.ts';

const OPEN = '[ANSWER]';
const TAG = /\[\/?ANSWER\]/g;
const BARE_ASSERT = /^assert\s.*$/gm;
const ASSERT = /^assert\s/;

/**
 * What a run returns: `[ANSWER]assert f(3) == 4[/ANSWER]`, the same without `assert` or with the value alone, or where
 * there are no such tags a line that starts with `assert`. What is called on the left does not matter, since the value is
 * compared with what the program's own entry returns.
 */
export const answer: Extractor = {
  kind: 'output',
  *find(text) {
    if (text.includes(OPEN)) yield* tagged(text);
    else yield* bare(text);
  },
};

function* tagged(text: string): Generator<Candidate> {
  let open: number | undefined;
  for (const { 0: tag, index } of text.matchAll(TAG)) {
    const closes = tag !== OPEN;
    if (open !== undefined) yield* answered(text.slice(open + OPEN.length, index), open, index, closes);
    open = closes ? undefined : index;
  }
  // A stop sequence may have taken the closing tag away.
  if (open !== undefined) yield* answered(text.slice(open + OPEN.length), open, text.length, false);
}

function* answered(inside: string, start: number, end: number, complete: boolean): Generator<Candidate> {
  const value = answeredValue(inside);
  if (value !== undefined) yield toCandidate(value, start, end, complete);
}

function* bare(text: string): Generator<Candidate> {
  for (const { 0: line, index } of text.matchAll(BARE_ASSERT)) {
    const value = assertedValue(line.replace(ASSERT, ''), true);
    if (value !== undefined) yield toCandidate(value, index, index + line.length, true);
  }
}

/** The value of an answer: of its last line that says anything. */
function answeredValue(inside: string): string | undefined {
  const line = inside.trim().split('\n').at(-1)?.trim() ?? '';
  const value = ASSERT.test(line)
    ? assertedValue(line.replace(ASSERT, ''), true)
    : (assertedValue(line, false) ?? line);
  return value === '' || value === '??' ? undefined : value;
}

function toCandidate(returns: string, start: number, end: number, complete: boolean): Candidate {
  return { start, end, complete, claim: { kind: 'output', returns } };
}
