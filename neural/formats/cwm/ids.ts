import type { ClaimedTrace } from '../../../core/trace.ts';
import { readFrames } from './frame-grammar.ts';
import { quote, skipSpace } from './json-scan.ts';
import { indexProgramLines } from './program-lines.ts';
import type { TokenCursor } from './token-cursor.ts';
import { type TokenName, tagOf, tokenOfId } from './tokens.ts';

/** A token stream with its ordinary text joined: the special tokens stand between characters. */
interface JoinedTokens {
  readonly text: string;
  readonly names: readonly TokenName[];
  /** Offset into `text` of each special token. */
  readonly offsets: readonly number[];
  readonly breakage?: string;
}

/**
 * Reads a trace whose special tokens are ids and whose ordinary text is decoded. A tag within a string is text.
 *
 * Spans are offsets into the strings of `tokens` joined; ids take no room there. A prompt in front is skipped.
 */
export function parseIds(
  tokens: readonly (number | string)[],
  options: { readonly lines: readonly string[] },
): ClaimedTrace {
  return readFrames(openTokens(tokens), indexProgramLines(options.lines));
}

/** A cursor on tokens. A prompt in front is skipped. */
export function openTokens(tokens: readonly (number | string)[]): TokenCursor {
  return openJoined(joinTokens(tokens));
}

function joinTokens(tokens: readonly (number | string)[]): JoinedTokens {
  const pieces: string[] = [];
  const names: TokenName[] = [];
  const offsets: number[] = [];
  let length = 0;
  let breakage: string | undefined;
  for (const token of tokens) {
    if (typeof token === 'string') {
      pieces.push(token);
      length += token.length;
      continue;
    }
    const name = tokenOfId(token);
    if (name === undefined) {
      breakage = `${token} is no special token of the format (ordinary text must be decoded)`;
      break;
    }
    names.push(name);
    offsets.push(length);
  }
  return { text: pieces.join(''), names, offsets, ...(breakage !== undefined && { breakage }) };
}

function openJoined({ text, names, offsets, breakage }: JoinedTokens): TokenCursor {
  let next = afterPrompt(names);
  let position = next > 0 ? (offsets[next - 1] ?? 0) : 0;
  const limit = () => offsets[next] ?? text.length;

  return {
    ...(breakage !== undefined && { breakage }),
    get position() {
      return position;
    },
    atEnd: () => next >= names.length && position >= text.length,
    peek: () => (offsets[next] === position ? names[next] : undefined),
    take() {
      next += 1;
    },
    skipSpace() {
      position = skipSpace(text, position, limit());
    },
    startsWith: (prefix) => text.startsWith(prefix, position) && position + prefix.length <= limit(),
    scan(scanner) {
      const result = scanner(text, position, limit());
      if (result.kind === 'read') position = result.end;
      if (result.kind !== 'cut' || (next >= names.length && breakage === undefined)) return result;
      return { kind: 'broken', at: limit(), message: describeCut(names[next]) ?? breakage ?? 'the text stops' };
    },
    takeSource() {
      const source = text.slice(position, limit());
      position = limit();
      return source;
    },
    describe() {
      const name = offsets[next] === position ? names[next] : undefined;
      return name ? tagOf(name) : quote(text.slice(position, limit()));
    },
  };
}

/** How many special tokens the prompt in front takes, its `frame_sep` included. */
function afterPrompt(names: readonly TokenName[]): number {
  const context = names[0] === 'begin_of_text' ? 1 : 0;
  return names[context] === 'trace_context_start' ? names.indexOf('frame_sep') + 1 : 0;
}

function describeCut(name: TokenName | undefined): string | undefined {
  return name && `${tagOf(name)} stands within locals or a value`;
}
