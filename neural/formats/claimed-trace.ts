import type { ClaimedFrame, Event, Span } from '../../core/frame.ts';
import type { ClaimedTrace } from '../../core/trace.ts';

/** No claim is read further than this many frames. */
export const MAX_FRAMES = 2_000_000;

/** One shared instance: long traces are full of frames without locals. */
export const NO_LOCALS: ReadonlyMap<string, string> = new Map();

/** The events of frames that show locals; the other two show a value. */
export function showsLocals(event: Event): event is 'call' | 'line' {
  return event === 'call' || event === 'line';
}

/** The frames before a broken one, which stand, and what is wrong with the one after them. */
export function brokenTrace(frames: readonly ClaimedFrame[], message: string, span?: Span): ClaimedTrace {
  return { frames, fault: { frame: frames.length, message, ...(span && { span }) }, ended: false };
}

/** A claim of more than {@link MAX_FRAMES} frames, cut there. */
export function tooLongTrace(frames: readonly ClaimedFrame[], span?: Span): ClaimedTrace {
  return brokenTrace(frames, `more than ${MAX_FRAMES} frames`, span);
}

/**
 * Whether the entry's scope may have been left with the last frame, for claims that do not say so themselves.
 *
 * As many returns as calls leave it; so does an exception in the outermost scope, whose `return` a tracer may not report.
 * Where the text does not tell calls from lines, any last frame with a value may.
 */
export function mayLeaveEntry(frames: readonly ClaimedFrame[]): boolean {
  const last = frames.at(-1);
  if (last?.arg === undefined) return false;
  let open = 0;
  for (const { events } of frames) {
    const [event, alternative] = events;
    if (alternative !== undefined) return true;
    if (event === 'call') open += 1;
    if (event === 'return') open -= 1;
  }
  return open <= (last.events[0] === 'exception' ? 1 : 0);
}
