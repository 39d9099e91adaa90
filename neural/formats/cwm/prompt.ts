import { skipSpace } from './json-scan.ts';
import { tagOf } from './tokens.ts';

const BEGIN = tagOf('begin_of_text');
const CONTEXT_START = tagOf('trace_context_start');
const TRACE_START = tagOf('frame_sep');
const FIRST_FRAME = tagOf('call_sep');

/** A CWM prompt and what was written after it. */
export interface SplitPrompt {
  /** Text of the program, exactly as in the prompt. */
  readonly source: string;
  /** Everything after the prompt; empty where it stands alone. */
  readonly trace: string;
  /** Offset of `trace` in the text. */
  readonly traceStart: number;
}

/**
 * Splits `<|trace_context_start|>SOURCE<|frame_sep|>TRACE`.
 *
 * The source may contain the literal `<|frame_sep|>`. The one that ends it is the first that is followed by a call frame
 * or by the end of the text; without such a one, the first.
 *
 * @returns null where the text does not start with a whole prompt
 */
export function splitPrompt(text: string): SplitPrompt | null {
  let start = skipSpace(text, 0);
  if (text.startsWith(BEGIN, start)) start = skipSpace(text, start + BEGIN.length);
  if (!text.startsWith(CONTEXT_START, start)) return null;
  start += CONTEXT_START.length;

  const first = text.indexOf(TRACE_START, start);
  if (first < 0) return null;
  let end = first;
  for (let at = first; at >= 0; at = text.indexOf(TRACE_START, at + TRACE_START.length)) {
    const next = skipSpace(text, at + TRACE_START.length);
    if (next === text.length || text.startsWith(FIRST_FRAME, next)) {
      end = at;
      break;
    }
  }
  const traceStart = end + TRACE_START.length;
  return { source: text.slice(start, end), trace: text.slice(traceStart), traceStart };
}

/** The prompt that asks CWM to trace a program. The source carries the entry mark. */
export function renderPrompt(source: string): string {
  return `${BEGIN}${CONTEXT_START}${source}${TRACE_START}`;
}
