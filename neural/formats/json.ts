import { type ClaimedFrame, EVENTS, type Event, type FrameSequence } from '../../core/frame.ts';
import type { ClaimedTrace } from '../../core/trace.ts';
import { brokenTrace, MAX_FRAMES, mayLeaveEntry, NO_LOCALS, showsLocals, tooLongTrace } from './claimed-trace.ts';
import { stripSource } from './source-line.ts';

/** A frame as the API answers with it. */
export interface JsonFrame {
  readonly [field: string]: unknown;
  readonly event: Event;
  readonly line: number;
  readonly function: string;
  /** Name → repr, in full. For `call` and `line`. */
  readonly locals?: Readonly<Record<string, string>>;
  /** For `return` and `exception`. */
  readonly arg?: string;
  /** A repr in it took code in Python. */
  readonly opaque?: true;
}

type Fields = Readonly<Record<string, unknown>>;
type Field<T> = { readonly value: T } | { readonly problem: string };

/**
 * Reads a trace of JSON frames. Fields that the format does not know are ignored, and `null` counts as left out.
 * Whatever else is wrong with a frame is a fault there.
 */
export function parseJsonFrames(claimed: readonly unknown[]): ClaimedTrace {
  const frames: ClaimedFrame[] = [];
  for (const item of claimed) {
    if (frames.length === MAX_FRAMES) return tooLongTrace(frames);
    const frame = readFrame(item);
    if ('problem' in frame) return brokenTrace(frames, frame.problem);
    frames.push(frame.value);
  }
  if (frames.length === 0) return brokenTrace(frames, 'there is no frame');
  return { frames, ended: mayLeaveEntry(frames) };
}

/**
 * A true trace as JSON frames, locals in full.
 *
 * @param from index of the first frame to write
 */
export function renderJsonFrames(frames: FrameSequence, from = 0): JsonFrame[] {
  return frames.slice(from).map((frame) => ({
    event: frame.event,
    line: frame.line,
    function: frame.function,
    // Object.fromEntries defines properties, so that a local called `__proto__` is one like any other.
    ...(frame.locals && { locals: Object.fromEntries(frame.locals) }),
    ...(frame.arg !== undefined && { arg: frame.arg }),
    ...(frame.opaque === true && { opaque: true }),
  }));
}

function readFrame(item: unknown): Field<ClaimedFrame> {
  if (!isFields(item)) return { problem: 'a frame must be an object' };
  const event = EVENTS.find((known) => known === item.event);
  if (event === undefined) return { problem: `\`event\` must be one of ${EVENTS.join(', ')}` };
  const place = readPlace(item);
  if ('problem' in place) return place;
  const shown = showsLocals(event) ? readLocals(item, event) : readArg(item, event);
  if ('problem' in shown) return shown;
  return { value: { events: [event], ...place.value, ...shown.value } };
}

function readPlace(fields: Fields): Field<Pick<ClaimedFrame, 'line' | 'source' | 'function'>> {
  const { line = null, source = null, function: name = null } = fields;
  if (line === null && source === null) return { problem: 'a frame must have `line` or `source`' };
  if (line !== null && !isLine(line)) return { problem: '`line` must be an integer from 1' };
  if (source !== null && typeof source !== 'string') return { problem: '`source` must be a string' };
  if (name !== null && typeof name !== 'string') return { problem: '`function` must be a string' };
  return {
    value: {
      ...(line !== null && { line }),
      ...(source !== null && { source: stripSource(source) }),
      ...(name !== null && { function: name }),
    },
  };
}

function readLocals(fields: Fields, event: Event): Field<Pick<ClaimedFrame, 'locals'>> {
  if ((fields.arg ?? null) !== null) return { problem: `\`arg\` has no place in a ${event} frame` };
  if (!isFields(fields.locals)) return { problem: `\`locals\` of a ${event} frame must be an object` };
  const entries = Object.entries(fields.locals);
  if (entries.length === 0) return { value: { locals: NO_LOCALS } };
  const locals = new Map<string, string>();
  for (const [name, repr] of entries) {
    if (typeof repr !== 'string') return { problem: `\`locals\`: ${JSON.stringify(name)} must be a repr in a string` };
    locals.set(name, repr);
  }
  return { value: { locals } };
}

function readArg(fields: Fields, event: Event): Field<Pick<ClaimedFrame, 'arg'>> {
  if ((fields.locals ?? null) !== null) return { problem: `\`locals\` have no place in a ${event} frame` };
  if (typeof fields.arg !== 'string') return { problem: `\`arg\` of a ${event} frame must be a repr in a string` };
  return { value: { arg: fields.arg } };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLine(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
