import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { TOKEN_NAMES, tagOf, tokenOfId } from '../../formats/cwm/tokens.ts';
import { PredictorError } from '../../predictor.ts';

/** A model's tokens: text to ids and back, with the special tokens of the trace format told from text. */
export interface Vocabulary {
  /** @param content ordinary text, and special tokens as ids */
  encode(content: readonly (string | number)[]): number[];
  /** Special tokens as ids, ordinary ones joined to text. */
  decode(ids: readonly number[]): (string | number)[];
}

interface TokenizerDescription {
  readonly added_tokens?: readonly { readonly special?: boolean }[];
}

/**
 * Reads a `tokenizer.json`.
 *
 * @throws {PredictorError} `unsuited` where it cannot be read, or gives the special tokens other ids
 */
export async function loadVocabulary(file: string): Promise<Vocabulary> {
  let tokenizer: Tokenizer;
  let plain: Tokenizer;
  try {
    const description = JSON.parse(await readFile(file, 'utf8')) as TokenizerDescription;
    tokenizer = new Tokenizer(description, {});
    // A tag that stands in a program is text: this one knows no special tokens.
    plain = new Tokenizer(
      { ...description, added_tokens: description.added_tokens?.filter(({ special }) => special !== true) ?? [] },
      {},
    );
  } catch (error) {
    throw new PredictorError('unsuited', 'the tokenizer cannot be read', { cause: error });
  }
  const other = TOKEN_NAMES.find((name) => {
    const id = tokenizer.token_to_id(tagOf(name));
    return id === undefined || tokenOfId(id) !== name;
  });
  if (other !== undefined) {
    throw new PredictorError('unsuited', `the tokenizer does not give ${tagOf(other)} the id of the trace format`);
  }
  return {
    encode: (content) =>
      content.flatMap((part) =>
        typeof part === 'number' ? [part] : plain.encode(part, { add_special_tokens: false }).ids,
      ),
    decode(ids) {
      const parts: (string | number)[] = [];
      let ordinary: number[] = [];
      const flush = () => {
        if (ordinary.length > 0) parts.push(tokenizer.decode(ordinary, { clean_up_tokenization_spaces: false }));
        ordinary = [];
      };
      for (const id of ids) {
        if (tokenOfId(id) === undefined) {
          ordinary.push(id);
          continue;
        }
        flush();
        parts.push(id);
      }
      flush();
      return parts;
    },
  };
}
