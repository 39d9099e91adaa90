import { TOKEN_IDS, type TokenName, tagOf } from '../../../neural/formats/cwm/tokens.ts';

/** The letter by which byte-level tokenizers write each byte: printable ones stand for themselves. */
function byteLetters(): string[] {
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}

/** A `tokenizer.json` whose tokens are bytes, and the special tokens of the trace format at their ids. */
export function byteTokenizer(ids: Readonly<Record<TokenName, number>> = TOKEN_IDS): object {
  return {
    version: '1.0',
    added_tokens: Object.entries(ids).map(([name, id]) => ({
      id,
      content: tagOf(name as TokenName),
      special: true,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
    })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      vocab: Object.fromEntries(byteLetters().map((letter, byte) => [letter, byte])),
      merges: [],
    },
  };
}
