import { TOKEN_NAMES, tagOf } from '../../../neural/formats/cwm/tokens.ts';
import { onnxFile } from './onnx-file.ts';

const SPECIAL = TOKEN_NAMES.map(tagOf);
const SIZE = 256 + SPECIAL.length;

/** Bytes as the letters that byte-level tokenizers write for them, in the order of their ids (Radford et al., 2019). */
const LETTERS = ((): string[] => {
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let others = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : 256 + others++));
})();

/** A `tokenizer.json` whose tokens are bytes and the special tokens of the trace format. */
export const BYTE_TOKENIZER = JSON.stringify({
  version: '1.0',
  added_tokens: SPECIAL.map((content, index) => ({
    id: 256 + index,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
  post_processor: null,
  decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
  model: { type: 'BPE', vocab: Object.fromEntries(LETTERS.map((letter, byte) => [letter, byte])), merges: [] },
});

/** Ids of a text, found without the tokenizer. */
export function idsOf(text: string): number[] {
  const parts = text.split(/(<\|\w+\|>)/);
  return parts.flatMap((part) => {
    const special = SPECIAL.indexOf(part);
    return special < 0 ? [...Buffer.from(part)] : [256 + special];
  });
}

/** Sums of ids that the script's table has room for. */
const ROOM = 2 ** 18;

/**
 * An exported decoder that goes on from each prompt with its text. It knows where it is by its cache alone: the key of a
 * token is its id plus one, and the sum of all keys that the mask leaves says what comes next. So a row that lost, mixed up
 * or gained a token of the cache goes wrong at once.
 *
 * @param scripts prompt and continuation
 */
export function scriptedDecoder(scripts: readonly (readonly [prompt: string, text: string])[]): Uint8Array {
  const table = new Array<number>(ROOM).fill(0);
  for (const [prompt, text] of scripts) {
    let sum = idsOf(prompt).reduce((total, id) => total + id + 1, 0);
    for (const id of idsOf(text)) {
      if (sum >= ROOM || table[sum] !== 0) throw new Error('two scripts meet, or one is too long');
      table[sum] = id;
      sum += id + 1;
    }
  }
  const scalar = (value: number) => ({ values: [value], shape: [] });
  const list = (...values: number[]) => ({ values, shape: [values.length] });
  return onnxFile({
    inputs: [
      { name: 'input_ids', type: 'int64', shape: ['batch', 'length'] },
      { name: 'attention_mask', type: 'int64', shape: ['batch', 'total'] },
      { name: 'past_key_values.0.key', type: 'float', shape: ['batch', 1, 'past', 1] },
      { name: 'past_key_values.0.value', type: 'float', shape: ['batch', 1, 'past', 1] },
    ],
    outputs: [
      { name: 'logits', type: 'float', shape: ['batch', 1, SIZE] },
      { name: 'present.0.key', type: 'float', shape: ['batch', 1, 'total', 1] },
      { name: 'present.0.value', type: 'float', shape: ['batch', 1, 'total', 1] },
    ],
    constants: {
      one: scalar(1),
      room: scalar(ROOM),
      size: scalar(SIZE),
      sides: list(1, 3),
      along: list(1),
      onOff: list(0, 1),
      table: { values: table, shape: [ROOM] },
    },
    nodes: [
      { kind: 'Add', inputs: ['input_ids', 'one'], output: 'keys' },
      { kind: 'Cast', inputs: ['keys'], output: 'floats', settings: { to: 1 } },
      { kind: 'Unsqueeze', inputs: ['floats', 'sides'], output: 'key' },
      { kind: 'Concat', inputs: ['past_key_values.0.key', 'key'], output: 'present.0.key', settings: { axis: 2 } },
      { kind: 'Concat', inputs: ['past_key_values.0.value', 'key'], output: 'present.0.value', settings: { axis: 2 } },
      { kind: 'Squeeze', inputs: ['present.0.key', 'sides'], output: 'seen' },
      { kind: 'Cast', inputs: ['attention_mask'], output: 'mask', settings: { to: 1 } },
      { kind: 'Mul', inputs: ['seen', 'mask'], output: 'masked' },
      { kind: 'ReduceSum', inputs: ['masked', 'along'], output: 'sums', settings: { keepdims: 0 } },
      { kind: 'Cast', inputs: ['sums'], output: 'whole', settings: { to: 7 } },
      { kind: 'Mod', inputs: ['whole', 'room'], output: 'place' },
      { kind: 'Gather', inputs: ['table', 'place'], output: 'next', settings: { axis: 0 } },
      { kind: 'OneHot', inputs: ['next', 'size', 'onOff'], output: 'hot', settings: { axis: 1 } },
      { kind: 'Cast', inputs: ['hot'], output: 'scores', settings: { to: 1 } },
      { kind: 'Unsqueeze', inputs: ['scores', 'along'], output: 'logits' },
    ],
  });
}
