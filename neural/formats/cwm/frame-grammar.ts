import type { ClaimedFrame, Event, Span } from '../../../core/frame.ts';
import type { ClaimedTrace } from '../../../core/trace.ts';
import { brokenTrace, MAX_FRAMES, mayLeaveEntry, showsLocals, tooLongTrace } from '../claimed-trace.ts';
import { stripSource } from '../source-line.ts';
import { scanLocals, scanString } from './json-scan.ts';
import type { ProgramLines } from './program-lines.ts';
import type { TokenCursor } from './token-cursor.ts';
import { END_MARKS, type TokenName, tagOf } from './tokens.ts';

const EVENTS_BY_TOKEN: ReadonlyMap<TokenName, Event> = new Map([
  ['call_sep', 'call'],
  ['line_sep', 'line'],
  ['return_sep', 'return'],
  ['exception_sep', 'exception'],
]);

/** Shared by all frames: a trace has millions. */
const SINGLE_EVENTS: Record<Event, readonly Event[]> = {
  call: ['call'],
  line: ['line'],
  return: ['return'],
  exception: ['exception'],
};

const ENDS_OF_STATE: readonly TokenName[] = ['frame_sep', 'end_of_text'];
const ENDS_OF_VALUE_SOURCE: readonly TokenName[] = ['arg_sep'];

/** What became of a part of a frame; `cut` is where the text stops within a part that was right so far. */
type Part<T> = { readonly kind: 'read'; readonly value: T } | { readonly kind: 'cut' } | Broken;
type Broken = { readonly kind: 'broken'; readonly message: string };

/**
 * Reads the frames of a trace whose special tokens are kept.
 *
 * Lenient where decoders differ: white space around special tokens, tokens of the prompt in front, no newline after a
 * source line, no `<|frame_sep|>` after the last frame, no `<|end_of_text|>`, anything after the end. A trace that stops
 * within a frame is cut short, not broken, unless no frame at all was read.
 */
export function readFrames(cursor: TokenCursor, lines: ProgramLines): ClaimedTrace {
  const frames: ClaimedFrame[] = [];
  skipPromptTokens(cursor);
  for (;;) {
    cursor.skipSpace();
    const start = cursor.position;
    const next = nextFrame(cursor, lines);
    if (next.kind === 'stopped') return endTrace(frames, mayLeaveEntry(frames));
    if (next.kind === 'ended') return endTrace(frames, true);
    if (frames.length === MAX_FRAMES) return tooLongTrace(frames, { start, end: start });
    if (next.kind === 'cut') return endTrace(frames, false);
    if (next.kind === 'broken') return brokenTrace(frames, next.message, next.span);
    frames.push(next.frame);
  }
}

/** What stands at a cursor that is between two frames. */
export type NextFrame =
  | { readonly kind: 'frame'; readonly frame: ClaimedFrame }
  /** The text says that the trace is over. */
  | { readonly kind: 'ended' }
  /** Nothing is left. */
  | { readonly kind: 'stopped' }
  /** The text stops within a frame that was right so far. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'broken'; readonly message: string; readonly span: Span };

/** Reads one frame and what ends it. */
export function nextFrame(cursor: TokenCursor, lines: ProgramLines): NextFrame {
  cursor.skipSpace();
  const start = cursor.position;
  const token = cursor.peek();
  if (cursor.atEnd() && cursor.breakage === undefined) return { kind: 'stopped' };
  if (token === 'end_of_text' || END_MARKS.some((mark) => cursor.startsWith(mark))) return { kind: 'ended' };

  const event = token && EVENTS_BY_TOKEN.get(token);
  const frame = event ? readFrame(cursor, event, lines) : unexpected(cursor, 'a frame');
  const span = { start, end: cursor.position };
  if (frame.kind === 'cut') return { kind: 'cut' };
  if (frame.kind === 'broken') return { kind: 'broken', message: frame.message, span };
  return { kind: 'frame', frame: { ...frame.value, span } };
}

/** Goes past tokens of the prompt that a model repeats before its first frame. */
export function skipPromptTokens(cursor: TokenCursor): void {
  cursor.skipSpace();
  if (cursor.peek() === 'begin_of_text') cursor.take();
  cursor.skipSpace();
  if (cursor.peek() === 'frame_sep') cursor.take();
}

function endTrace(frames: readonly ClaimedFrame[], ended: boolean): ClaimedTrace {
  return frames.length === 0 ? brokenTrace(frames, 'there is no whole frame') : { frames, ended };
}

function readFrame(cursor: TokenCursor, event: Event, lines: ProgramLines): Part<ClaimedFrame> {
  cursor.take();
  return showsLocals(event) ? readState(cursor, event, lines) : readValue(cursor, event, lines);
}

function readState(cursor: TokenCursor, event: Event, lines: ProgramLines): Part<ClaimedFrame> {
  cursor.skipSpace();
  const locals = cursor.scan(scanLocals);
  if (locals.kind !== 'read') return locals;
  const action = expectToken(cursor, 'action_sep');
  if (action.kind !== 'read') return action;
  const raw = cursor.takeSource(lines, ENDS_OF_STATE);
  const source = stripSource(raw);
  const own = lines.find(source);
  if (cursor.peek() === 'arg_sep') return { kind: 'broken', message: `a ${event} frame has no value` };
  // Without the end of the frame nothing tells a whole line from the start of a longer one, except the program.
  if (cursor.atEnd() && own === undefined && lines.begins(raw)) return { kind: 'cut' };
  const end = endFrame(cursor);
  if (end.kind !== 'read') return end;
  return { kind: 'read', value: { events: SINGLE_EVENTS[event], locals: locals.value, source: own ?? source } };
}

function readValue(cursor: TokenCursor, event: Event, lines: ProgramLines): Part<ClaimedFrame> {
  const action = expectToken(cursor, 'action_sep');
  if (action.kind !== 'read') return action;
  const source = stripSource(cursor.takeSource(lines, ENDS_OF_VALUE_SOURCE));
  const argument = expectToken(cursor, 'arg_sep');
  if (argument.kind !== 'read') return argument;
  cursor.skipSpace();
  const arg = cursor.scan(scanString);
  if (arg.kind !== 'read') return arg;
  const end = endFrame(cursor);
  if (end.kind !== 'read') return end;
  return {
    kind: 'read',
    value: { events: SINGLE_EVENTS[event], arg: arg.value, source: lines.find(source) ?? source },
  };
}

/** A frame ends at its token, or without one where the trace ends. */
function endFrame(cursor: TokenCursor): Part<undefined> {
  cursor.skipSpace();
  const stopsHere = cursor.atEnd() && cursor.breakage === undefined;
  if (stopsHere || cursor.peek() === 'end_of_text') return { kind: 'read', value: undefined };
  return expectToken(cursor, 'frame_sep');
}

function expectToken(cursor: TokenCursor, name: TokenName): Part<undefined> {
  cursor.skipSpace();
  if (cursor.peek() !== name) {
    if (cursor.atEnd() && cursor.breakage === undefined) return { kind: 'cut' };
    return unexpected(cursor, tagOf(name));
  }
  cursor.take();
  return { kind: 'read', value: undefined };
}

function unexpected(cursor: TokenCursor, expected: string): Broken {
  const message = (cursor.atEnd() && cursor.breakage) || `expected ${expected}, found ${cursor.describe()}`;
  return { kind: 'broken', message };
}
