import { parseJsonFrames } from '../formats/json.ts';
import type { Candidate, Extractor } from './candidate.ts';

/** Traces as JSON frames: an array of them, or an object with `frames`, alone in a segment or with words around it. */
export const jsonFrames: Extractor = {
  kind: 'trace',
  *find(text) {
    const start = text.search(/^[ \t]*[[{]/m);
    const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}')) + 1;
    if (start < 0 || end <= start) return;
    const frames = framesOf(parse(text.slice(start, end)));
    if (frames !== undefined) yield toCandidate(frames, start, end);
  },
};

function toCandidate(frames: unknown[], start: number, end: number): Candidate {
  const { ended, fault } = parseJsonFrames(frames);
  return {
    start,
    end,
    complete: ended && fault === undefined,
    claim: { kind: 'trace', format: 'json', frames },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function framesOf(value: unknown): unknown[] | undefined {
  const frames = isObject(value) && Object.hasOwn(value, 'frames') ? value.frames : value;
  if (!Array.isArray(frames)) return undefined;
  const first: unknown = frames[0];
  return isObject(first) && Object.hasOwn(first, 'event') ? frames : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
