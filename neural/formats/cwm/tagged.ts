import type { ClaimedTrace } from '../../../core/trace.ts';
import { readFrames } from './frame-grammar.ts';
import { quote, skipSpace } from './json-scan.ts';
import { indexProgramLines } from './program-lines.ts';
import type { TokenCursor } from './token-cursor.ts';
import { TOKEN_NAMES, type TokenName, tagOf } from './tokens.ts';

/** How CWM text is read. */
export interface CwmTextOptions {
  /** Physical lines of the program that the claim is about. */
  readonly lines: readonly string[];
  /** Offset where the trace starts, after the prompt. Spans are offsets into the whole text. */
  readonly start?: number;
}

interface Tag {
  readonly name: TokenName;
  readonly text: string;
}

/** Where in a tag its first letter is. */
const LETTER = '<|'.length;
const TAGS = TOKEN_NAMES.map(tagOf);
/** By the first letter behind `<|`, which few tags share. */
const BY_LETTER: ReadonlyMap<number, readonly Tag[]> = Map.groupBy(
  TOKEN_NAMES.map((name) => ({ name, text: tagOf(name) })),
  ({ text }) => text.charCodeAt(LETTER),
);
const LONGEST_TAG = Math.max(...TAGS.map((tag) => tag.length));

/** Reads a trace with its special tokens as tags. Tags within the JSON of locals and values are text. */
export function parseTagged(text: string, options: CwmTextOptions): ClaimedTrace {
  return readFrames(openText(text, options.start ?? 0), indexProgramLines(options.lines));
}

/** A cursor on text that has its special tokens as tags. */
export function openText(text: string, start: number): TokenCursor {
  const limit = endOfWholeTags(text);
  let position = start;
  // A tag is looked at several times before it is taken.
  let lookedAt = -1;
  let seen: TokenName | undefined;

  function tagAt(at: number): TokenName | undefined {
    if (at === lookedAt) return seen;
    lookedAt = at;
    seen = at >= limit || text[at] !== '<' ? undefined : readTag(text, at);
    return seen;
  }

  return {
    get position() {
      return position;
    },
    atEnd: () => position >= limit,
    peek: () => tagAt(position),
    take() {
      const name = tagAt(position);
      if (name) position += tagOf(name).length;
    },
    skipSpace() {
      position = skipSpace(text, position, limit);
    },
    startsWith: (prefix) => text.startsWith(prefix, position),
    scan(scanner) {
      const result = scanner(text, position, limit);
      if (result.kind === 'read') position = result.end;
      return result;
    },
    takeSource(lines, closing) {
      const end = lines.sourceEnd(text, position, limit, (at) => {
        const close = skipSpace(text, at, limit);
        const tag = tagAt(close);
        return close === limit || (tag && closing.includes(tag)) ? close : undefined;
      });
      const source = text.slice(position, end);
      position = end;
      return source;
    },
    describe: () => quote(text.slice(position, position + LONGEST_TAG)),
  };
}

function readTag(text: string, at: number): TokenName | undefined {
  const tags = BY_LETTER.get(text.charCodeAt(at + LETTER));
  return tags?.find((tag) => text.startsWith(tag.text, at))?.name;
}

/** The length of the text without a tag that was cut in the middle. */
function endOfWholeTags(text: string): number {
  const at = text.lastIndexOf('<');
  if (at < 0 || at < text.length - LONGEST_TAG) return text.length;
  const tail = text.slice(at);
  return TAGS.some((tag) => tag.length > tail.length && tag.startsWith(tail)) ? at : text.length;
}
