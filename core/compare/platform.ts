import type { ClaimedFrame, Frame, FrameSequence } from '../frame.ts';
import { frameAt, UNCHANGED } from '../frame.ts';
import type { PlatformUse } from '../trace.ts';
import type { FrameDivergenceKind } from './frame.ts';
import { readLiteralText } from './literal-text.ts';
import type { ReprValue } from './repr.ts';
import { parseRepr } from './repr.ts';
import { callerOf, lastInScope } from './scope.ts';
import type { SetInPlay } from './set-order.ts';
import { isElementOf, isReordered, lacksOneElement, setsInPlay } from './set-order.ts';
import type { SourceText } from './source-text.ts';
import { sameRepr } from './value.ts';

/** The first divergence of a trace, with the run that led to it. */
export interface PlatformQuestion {
  readonly kind: FrameDivergenceKind;
  readonly claimed: ClaimedFrame;
  readonly frames: FrameSequence;
  /** Index of the true frame that the claim differs from. */
  readonly at: number;
  readonly source: SourceText;
  readonly platform: PlatformUse;
}

/** Names whose value depends on the machine: the width of a word, a memory address, the numbers of errors. */
const WORD_NAMES = /(?<![\w.])(?:hash|id)\s*\(|(?<!\w)(?:maxsize|hash_info|errno)(?!\w)/;
/** Characters of a line, beyond which it is not searched for names. */
const MAX_LINE = 1_000;
/** What CPython says where a number does not fit the machine's words. */
const WORD_OVERFLOW =
  /^\(<class 'OverflowError'>, OverflowError\((['"])[^'"]*(?:C ssize_t|C long|index-sized integer)[^'"]*\1\)/;

/**
 * Whether a divergence is explained by nothing but the platform of the replay, a 32-bit machine with its own order of
 * sets: the order of a set that the line just executed goes through, `hash`, `id`, `sys.maxsize`, or a number that does
 * not fit 32 bits there. Only names that this line speaks of are excused, and only if every differing name is.
 */
export function onlyPlatformDiffers(question: PlatformQuestion): boolean {
  const { kind, frames, at, source, platform } = question;
  const observed = frameAt(frames, at);
  if (observed === undefined) return false;
  if (kind === 'event' && WORD_OVERFLOW.test(observed.arg ?? '')) return true;
  const before = lastInScope(frames, at, observed.scope);
  if (before === undefined) return false;
  const text = source.line(before.line);
  if (text.length > MAX_LINE) return false;
  const line = withoutTexts(text);
  const differences = differingValues(question, before);
  if (platform.words && kind !== 'keys' && WORD_NAMES.test(line)) {
    return differences.every(
      ({ name, actual }) => name === null || (speaksOf(line, name) && isNew(name, actual, before)),
    );
  }
  if (!platform.sets || (kind !== 'value' && kind !== 'argument') || differences.length === 0) return false;
  const scopes = [before.locals, iteratesOverSet(before) ? callerOf(frames, at)?.locals : undefined];
  const sets = setsInPlay(line, scopes);
  if (sets.length === 0) return false;
  return differences.every(
    ({ name, predicted, actual }) => (name === null || speaksOf(line, name)) && isExplained(predicted, actual, sets),
  );
}

interface DifferingValue {
  /** A local, or null for a returned value or an exception. */
  readonly name: string | null;
  readonly predicted: string;
  readonly actual: string;
}

function differingValues({ kind, claimed, frames, at }: PlatformQuestion, before: Frame): DifferingValue[] {
  const observed = frameAt(frames, at);
  if (kind === 'argument') return [{ name: null, predicted: claimed.arg ?? '', actual: observed?.arg ?? '' }];
  if (kind !== 'value') return [];
  const differing: DifferingValue[] = [];
  for (const [name, actual] of observed?.locals ?? []) {
    const predicted = claimed.locals?.get(name) ?? '';
    const claimedValue = predicted === UNCHANGED ? (before.locals?.get(name) ?? '') : predicted;
    if (!sameRepr(claimedValue, actual)) differing.push({ name, predicted, actual });
  }
  return differing;
}

function isExplained(predicted: string, actual: string, sets: readonly SetInPlay[]): boolean {
  const claimedValue = parseRepr(predicted);
  const actualValue = parseRepr(actual);
  if (claimedValue === undefined || actualValue === undefined) return false;
  if (isReordered(claimedValue, actualValue)) return true;
  return sets.some((set) => isChoice(claimedValue, actualValue, set));
}

/** Another element was taken from the set, or is what was left in it. */
function isChoice(predicted: ReprValue, actual: ReprValue, set: SetInPlay): boolean {
  return (
    (isElementOf(predicted, set) && isElementOf(actual, set)) ||
    (lacksOneElement(predicted, set) && lacksOneElement(actual, set))
  );
}

/** Comprehensions have a scope of their own up to Python 3.11, and their set is the caller's. */
function iteratesOverSet(frame: Frame): boolean {
  return frame.locals?.get('.0')?.startsWith('<set_iterator') ?? false;
}

/** Whether the line that ran after `before` gave the name this value. */
function isNew(name: string, actual: string, before: Frame): boolean {
  const earlier = before.locals?.get(name);
  return earlier === undefined || !sameRepr(earlier, actual);
}

function speaksOf(line: string, name: string): boolean {
  return line.match(/[\p{L}_][\p{L}\p{N}_]*/gu)?.includes(name) ?? false;
}

/** A source line without its string literals and its comment. */
function withoutTexts(line: string): string {
  let bare = '';
  let from = 0;
  const marks = /['"#]/g;
  for (let mark = marks.exec(line); mark !== null; mark = marks.exec(line)) {
    if (mark[0] === '#') return bare + line.slice(from, mark.index);
    const literal = readLiteralText(line, mark.index, false);
    if (literal === undefined) break;
    bare += `${line.slice(from, mark.index)}''`;
    from = literal.end;
    marks.lastIndex = literal.end;
  }
  return bare + line.slice(from);
}
