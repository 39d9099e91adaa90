import type { ClaimedTrace } from '../../../core/trace.ts';
import { skipSpace } from './json-scan.ts';
import { splitPrompt } from './prompt.ts';
import { parseStripped } from './stripped.ts';
import { parseTagged } from './tagged.ts';

const FRAME_TAG = /<\|(?:call|line|return|exception)_sep\|>/;

/**
 * Reads CWM text, tagged or stripped, with or without the prompt in front. Spans are offsets into the whole text.
 *
 * Tags may be text of a value, so that having one makes no tagged trace: one that starts with a tag is tagged, another is
 * stripped if it can be read so.
 *
 * @param lines physical lines of the program that the claim is about
 */
export function parseCwmText(text: string, lines: readonly string[]): ClaimedTrace {
  const start = splitPrompt(text)?.traceStart ?? 0;
  const options = { lines, start };
  if (text.startsWith('<|', skipSpace(text, start))) return parseTagged(text, options);
  const stripped = parseStripped(text, options);
  if (stripped.frames.length > 0 || !FRAME_TAG.test(text.slice(start))) return stripped;
  return parseTagged(text, options);
}
