import type { TraceClaim } from '../../core/claim.ts';
import { sourceLines } from '../../core/program.ts';
import type { ClaimedTrace } from '../../core/trace.ts';
import { parseIds } from './cwm/ids.ts';
import { parseCwmText } from './cwm/text.ts';
import { parseJsonFrames } from './json.ts';

type Format = TraceClaim['format'];

/** Every format that a trace claim may come in. */
const READERS: {
  readonly [F in Format]: (claim: Extract<TraceClaim, { format: F }>, lines: readonly string[]) => ClaimedTrace;
} = {
  cwm: ({ text }, lines) => parseCwmText(text, lines),
  'cwm-ids': ({ tokens }, lines) => parseIds(tokens, { lines }),
  json: ({ frames }) => parseJsonFrames(frames),
};

/**
 * Reads a claimed trace, whatever its format. Never throws: what cannot be read is a fault of the trace.
 *
 * @param source text of the program that the claim is about, with the entry mark
 */
export function parseTrace(claim: TraceClaim, source: string): ClaimedTrace {
  return readAs(claim.format, claim, sourceLines(source));
}

function readAs<F extends Format>(
  format: F,
  claim: Extract<TraceClaim, { format: F }>,
  lines: readonly string[],
): ClaimedTrace {
  return READERS[format](claim, lines);
}
