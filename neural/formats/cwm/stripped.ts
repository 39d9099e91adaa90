import type { ClaimedFrame, Event } from '../../../core/frame.ts';
import type { ClaimedTrace } from '../../../core/trace.ts';
import { brokenTrace, MAX_FRAMES, mayLeaveEntry, tooLongTrace } from '../claimed-trace.ts';
import { stripSource } from '../source-line.ts';
import { quote, scanLocals, scanString, skipSpace } from './json-scan.ts';
import { indexProgramLines, type ProgramLines } from './program-lines.ts';
import type { CwmTextOptions } from './tagged.ts';
import { END_MARKS, tagOf } from './tokens.ts';

const ENDS: readonly string[] = [...END_MARKS, tagOf('end_of_text')];
const STATE_EVENTS: readonly Event[] = ['call', 'line'];
const VALUE_EVENTS: readonly Event[] = ['return', 'exception'];

/** A frame read at some offset, with the offset after it. */
interface ReadFrame {
  readonly frame: ClaimedFrame;
  readonly end: number;
  /** Its source is a line of the program. */
  readonly known: boolean;
}

/** A source line, with the offset after its newline. */
interface ReadLine {
  readonly source: string;
  readonly end: number;
  readonly known: boolean;
}

/**
 * Reads a trace whose special tokens a decoder dropped.
 *
 * A frame is a JSON object followed by a source line, or a source line followed by a JSON string. Where both readings fit,
 * the one whose source is a line of the program wins. The first piece that is neither cuts the trace short, unless no frame
 * was read before it.
 */
export function parseStripped(text: string, options: CwmTextOptions): ClaimedTrace {
  const lines = indexProgramLines(options.lines);
  const frames: ClaimedFrame[] = [];
  let position = options.start ?? 0;
  for (;;) {
    const next = skipSpace(text, position);
    if (next === text.length) return endTrace(text, position, frames, mayLeaveEntry(frames));
    if (ENDS.some((mark) => text.startsWith(mark, next))) return endTrace(text, position, frames, true);

    position = skipLineBreaks(text, position);
    const span = { start: position, end: position };
    if (frames.length === MAX_FRAMES) return tooLongTrace(frames, span);
    const read = readFrame(text, position, lines);
    if (read === undefined) return endTrace(text, position, frames, false);
    frames.push({ ...read.frame, span: { start: position, end: read.end } });
    position = read.end;
  }
}

function endTrace(text: string, at: number, frames: readonly ClaimedFrame[], ended: boolean): ClaimedTrace {
  if (frames.length > 0) return { frames, ended };
  const found = at < text.length ? `, found ${quote(text.slice(at, at + 41))}` : '';
  return brokenTrace(frames, `expected locals and a source line, or a source line and a value${found}`, {
    start: at,
    end: at,
  });
}

function readFrame(text: string, start: number, lines: ProgramLines): ReadFrame | undefined {
  const state = readState(text, start, lines);
  if (state?.known) return state;
  const value = readValue(text, start, lines);
  return value?.known ? value : (state ?? value);
}

function readState(text: string, start: number, lines: ProgramLines): ReadFrame | undefined {
  const locals = scanLocals(text, start, text.length);
  if (locals.kind !== 'read') return undefined;
  const line = readLine(text, locals.end, lines);
  if (line === undefined) return undefined;
  return {
    frame: { events: STATE_EVENTS, locals: locals.value, source: line.source },
    end: line.end,
    known: line.known,
  };
}

function readValue(text: string, start: number, lines: ProgramLines): ReadFrame | undefined {
  const line = readLine(text, start, lines);
  // JSON in front of a line that the program does not have is a broken frame and no source.
  if (line === undefined || (!line.known && (text[start] === '{' || text[start] === '"'))) return undefined;
  const arg = scanString(text, line.end, text.length);
  if (arg.kind !== 'read') return undefined;
  return { frame: { events: VALUE_EVENTS, arg: arg.value, source: line.source }, end: arg.end, known: line.known };
}

function readLine(text: string, start: number, lines: ProgramLines): ReadLine | undefined {
  const newline = text.indexOf('\n', start);
  const raw = text.slice(start, newline < 0 ? text.length : newline);
  const source = stripSource(raw);
  const own = lines.find(source);
  // Without its newline nothing tells a whole line from the start of a longer one, except the program.
  const cut = newline < 0 && own === undefined && lines.begins(raw);
  if (source === '' || cut) return undefined;
  return { source: own ?? source, end: newline < 0 ? text.length : newline + 1, known: own !== undefined };
}

function skipLineBreaks(text: string, start: number): number {
  let at = start;
  while (text[at] === '\n' || text[at] === '\r') at += 1;
  return at;
}
