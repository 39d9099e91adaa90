import type { Claim } from '../../core/claim.ts';
import { sourceLines } from '../../core/program.ts';
import type { ClaimedTrace } from '../../core/trace.ts';
import { answer } from './answer.ts';
import type { Candidate, Extractor } from './candidate.ts';
import { completionText } from './completion.ts';
import { cwmTrace } from './cwm-trace.ts';
import { jsonFrames } from './json-frames.ts';
import { segmentsOf } from './segments.ts';
import { dropThinking } from './thinking.ts';

/** Every form of a claim that is found in a completion. A new one is a file beside this one and a line here. */
const EXTRACTORS = {
  'cwm-trace': cwmTrace,
  'json-frames': jsonFrames,
  answer,
} as const satisfies Readonly<Record<string, Extractor>>;

export type ExtractorName = keyof typeof EXTRACTORS;

export const EXTRACTOR_NAMES = Object.keys(EXTRACTORS) as [ExtractorName, ...ExtractorName[]];

/** Which claims count: traces alone, or everything that says what a run comes to. */
export type Wanted = 'trace' | 'outcome';

/** The one claim of a completion. */
export interface Extracted {
  readonly claim: Claim;
  readonly extractor: ExtractorName;
  /** Its trace, where looking for it has read all of it. */
  readonly parsed?: ClaimedTrace;
}

interface Found extends Candidate {
  readonly extractor: ExtractorName;
}

/**
 * Reads exactly one claim out of what a model wrote, thinking left aside: the last complete one, or where none is complete
 * the last one that was begun. A model that writes several, to have one that is right, is judged by the last alone.
 *
 * @param completion text, or chat messages
 * @param source text of the program that it is about, with the entry mark
 * @returns undefined where the completion holds no claim of the wanted kind
 */
export function extractClaim(completion: unknown, source: string, wanted: Wanted): Extracted | undefined {
  const text = completionText(completion);
  if (text === undefined) return undefined;
  const lines = sourceLines(source);
  let begun: Found | undefined;
  for (const segment of segmentsOf(dropThinking(text)).reverse()) {
    const found = candidates(segment, lines, wanted);
    const complete = found.findLast((candidate) => candidate.complete);
    if (complete !== undefined) return toExtracted(complete);
    begun ??= found.at(-1);
  }
  return begun && toExtracted(begun);
}

function toExtracted({ claim, extractor, parsed }: Found): Extracted {
  return { claim, extractor, ...(parsed && { parsed }) };
}

/** Candidates of a segment, in the order in which they end; what stands inside another one is a part of that one. */
function candidates(segment: string, lines: readonly string[], wanted: Wanted): Found[] {
  const all: Found[] = [];
  for (const extractor of EXTRACTOR_NAMES) {
    const { kind, find } = EXTRACTORS[extractor];
    if (kind === 'output' && wanted === 'trace') continue;
    for (const candidate of find(segment, lines)) all.push({ ...candidate, extractor });
  }
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  const outer: Found[] = [];
  for (const candidate of all) if (candidate.end > (outer.at(-1)?.end ?? -1)) outer.push(candidate);
  return outer;
}
