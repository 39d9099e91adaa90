import { type Event, type Frame, type FrameSequence, UNCHANGED } from '../../../core/frame.ts';
import { NO_LOCALS } from '../claimed-trace.ts';
import { dumpLocals, dumpString } from './python-json.ts';
import { TOKEN_IDS, type TokenName, tagOf, tokenOfId } from './tokens.ts';

/** Which part of a trace is written. */
export interface RenderOptions {
  /** Index of the first frame to write, 0 by default. `..` refers to the frame before it all the same. */
  readonly from?: number;
  /** Whether `<|end_of_text|>` ends it: true by default, false for a run that did not come to its end. */
  readonly end?: boolean;
}

const EVENT_TOKENS: Record<Event, TokenName> = {
  call: 'call_sep',
  line: 'line_sep',
  return: 'return_sep',
  exception: 'exception_sep',
};

/**
 * A true trace in CWM's format, special tokens as tags.
 *
 * @param lines physical lines of the program, with the entry mark
 */
export function renderTagged(frames: FrameSequence, lines: readonly string[], options: RenderOptions = {}): string {
  return renderIds(frames, lines, options)
    .map((token) => (typeof token === 'string' ? token : tagText(token)))
    .join('');
}

/** A true trace in CWM's format, special tokens as ids and ordinary text as strings. */
export function renderIds(
  frames: FrameSequence,
  lines: readonly string[],
  options: RenderOptions = {},
): (number | string)[] {
  const { from = 0, end = true } = options;
  const tokens: (number | string)[] = [];
  let known: Frame | undefined;
  let index = 0;
  for (const frame of frames) {
    if (index++ >= from) {
      const source = `${lines[frame.line - 1] ?? ''}\n`;
      tokens.push(TOKEN_IDS[EVENT_TOKENS[frame.event]]);
      if (frame.arg === undefined) tokens.push(dumpLocals(abbreviate(frame, known)), TOKEN_IDS.action_sep, source);
      else tokens.push(TOKEN_IDS.action_sep, source, TOKEN_IDS.arg_sep, dumpString(frame.arg));
      tokens.push(TOKEN_IDS.frame_sep);
    }
    known = remember(frame, known);
  }
  if (end) tokens.push(TOKEN_IDS.end_of_text);
  return tokens;
}

/** The frame that the next one's `..` refers to: forgotten at a return, kept across an exception. */
function remember(frame: Frame, known: Frame | undefined): Frame | undefined {
  if (frame.event === 'return') return undefined;
  return frame.event === 'exception' ? known : frame;
}

/** Locals with `..` for each that has the same repr as in the frame before, if that belongs to the same activation. */
function abbreviate(frame: Frame, known: Frame | undefined): Iterable<readonly [string, string]> {
  const locals = frame.locals ?? NO_LOCALS;
  const before = frame.event === 'line' && known?.scope === frame.scope ? known.locals : undefined;
  if (before === undefined) return locals;
  return Array.from(locals, ([name, repr]) => [name, before.get(name) === repr ? UNCHANGED : repr] as const);
}

function tagText(id: number): string {
  const name = tokenOfId(id);
  return name ? tagOf(name) : '';
}
