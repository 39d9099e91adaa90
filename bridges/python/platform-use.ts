import type { PlatformUse } from '../../core/trace.ts';

const SET_NAMES = /\b(?:frozenset|set)\b/;
/** Calls of `hash` and `id`, and names of what has the width of a machine word or a number of the system. */
const WORDS = /(?<![\w.])(?:hash|id)\s*\(|\b(?:maxsize|hash_info|errno)\b/;
/** Comments, string literals (unfinished ones to their end), brackets and what tells a dict from a set. */
const TOKENS =
  /#[^\n]*|"""(?:\\[\s\S]|(?!""")[^\\])*(?:"""|$)|'''(?:\\[\s\S]|(?!''')[^\\])*(?:'''|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|\*\*|[()[\]{}]|[^\s]/g;
/** Braces in a literal belong to formatting; a set display inside of them needs a second one. */
const BRACE_IN_FORMAT = /(?:^|[^{])\{[^{}]*\{/;

/** Reads off a source whether the width of the platform may show in its run. May say yes too often, never too rarely. */
export function platformUse(source: string): PlatformUse {
  return { sets: SET_NAMES.test(source) || hasSetDisplay(source), words: WORDS.test(source) };
}

interface Bracket {
  readonly isBrace: boolean;
  /** A colon or `**` directly in braces makes them a dict. */
  isDict: boolean;
  isEmpty: boolean;
}

/** Whether a source holds `{…}` that is a set or a set comprehension. */
function hasSetDisplay(source: string): boolean {
  if (!source.includes('{')) return false;
  const open: Bracket[] = [];
  for (const [token] of source.matchAll(TOKENS)) {
    if (token.startsWith('#')) continue;
    const innermost = open.at(-1);
    if (token === ')' || token === ']' || token === '}') {
      const closed = open.pop();
      if (closed?.isBrace && !closed.isDict && !closed.isEmpty) return true;
      continue;
    }
    if (innermost) {
      innermost.isEmpty = false;
      innermost.isDict ||= token === ':' || token === '**';
    }
    if (token === '(' || token === '[' || token === '{') {
      open.push({ isBrace: token === '{', isDict: false, isEmpty: true });
    } else if (token.length > 1 && BRACE_IN_FORMAT.test(token)) {
      return true;
    }
  }
  return false;
}
