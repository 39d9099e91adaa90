import type { PlatformUse } from '../../core/trace.ts';

const SETS = /\b(?:frozenset|set)\b|\{/;
const WORDS = /\b(?:hash|__hash__|maxsize|hash_info|id|errno)\b/;

/** Reads off a source whether the width of the platform may show in its run. May say yes too often, never too rarely. */
export function platformUse(source: string): PlatformUse {
  return { sets: SETS.test(source), words: WORDS.test(source) };
}
