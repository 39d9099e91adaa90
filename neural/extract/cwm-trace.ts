import type { ClaimedTrace } from '../../core/trace.ts';
import { parseCwmText } from '../formats/cwm/text.ts';
import { tagOf } from '../formats/cwm/tokens.ts';
import { stripSource } from '../formats/source-line.ts';
import type { Candidate, Extractor } from './candidate.ts';

/** Places of one segment at which a trace is looked for: each of them is read once, some to the end of the text. */
const MAX_PLACES = 64;

/** A prompt, the first frame of a trace with its tokens, or locals at the start of a line. */
const PLACE = /<\|trace_context_start\|>|<\|call_sep\|>|^[ \t]*\{(?=[ \t]*["}])/gm;
const FRAME_END = tagOf('frame_sep');

/** Traces in CWM's text, tagged or stripped of their special tokens, with or without the prompt. */
export const cwmTrace: Extractor = {
  kind: 'trace',
  *find(text, lines) {
    const known = new Set(lines.map(stripSource));
    let from = 0;
    for (const start of placesOf(text)) {
      if (start < from) continue;
      const rest = text.slice(start);
      const trace = parseCwmText(rest, lines);
      const end = trace.frames.at(-1)?.span?.end ?? 0;
      from = start + Math.max(1, end);
      const found = toCandidate(trace, rest, known);
      if (found !== undefined) yield { ...found, start: start + found.start, end: start + found.end };
    }
  },
};

function* placesOf(text: string): Generator<number> {
  let places = 0;
  const first = text.search(/\S/);
  if (first >= 0 && text.startsWith('<|', first)) yield first;
  for (const { index, 0: found } of text.matchAll(PLACE)) {
    // Within a trace a call stands behind the end of another frame.
    if (found === tagOf('call_sep') && endsWithFrame(text, index)) continue;
    if (++places > MAX_PLACES) return;
    yield index;
  }
}

function endsWithFrame(text: string, index: number): boolean {
  return text
    .slice(Math.max(0, index - 2 * FRAME_END.length), index)
    .trimEnd()
    .endsWith(FRAME_END);
}

function toCandidate(trace: ClaimedTrace, text: string, known: ReadonlySet<string>): Candidate | undefined {
  const [first] = trace.frames;
  const end = trace.frames.at(-1)?.span?.end;
  if (first?.source === undefined || end === undefined) return undefined;
  if (isTagged(first.events)) {
    const complete = trace.ended && trace.fault === undefined;
    return { start: 0, end, complete, claim: { kind: 'trace', format: 'cwm', text }, parsed: trace };
  }
  // A sentence may hold a JSON object. Behind a stripped trace other text may stand, which is no part of it.
  if (!known.has(first.source)) return undefined;
  const complete = trace.frames.at(-1)?.arg !== undefined;
  return { start: 0, end, complete, claim: { kind: 'trace', format: 'cwm', text: text.slice(0, end) } };
}

function isTagged(events: readonly string[]): boolean {
  return events.length === 1;
}
