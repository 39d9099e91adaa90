/**
 * Special tokens with which chat templates end a turn. CWM's `<|end_of_text|>` is not among them: it ends a trace, and
 * its reader wants to see it.
 */
const TURN_ENDS = [
  '<|im_end|>',
  '<|endoftext|>',
  '</s>',
  '<|eot_id|>',
  '<|eom_id|>',
  '<|end|>',
  '<|return|>',
  '<end_of_turn>',
  '<eos>',
  '<｜end▁of▁sentence｜>',
  '<pad>',
  '<|pad|>',
  '[PAD]',
] as const;

/** Leaves out the tokens that end a turn, and padding, from the end of a text. */
export function withoutTurnEnd(text: string): string {
  let end = text.trimEnd().length;
  for (;;) {
    const token = TURN_ENDS.find((candidate) => text.startsWith(candidate, end - candidate.length));
    if (token === undefined || end < token.length) return text.slice(0, end);
    end -= token.length;
    while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  }
}

/**
 * What stands behind the prompt in a decoded sequence. Decoding and encoding again may have changed white space, which
 * therefore does not count in the comparison.
 *
 * @returns undefined where the text does not begin with the prompt
 */
export function behindPrompt(text: string, prompt: string): string | undefined {
  if (text.startsWith(prompt)) return text.slice(prompt.length);
  let at = 0;
  for (let wanted = 0; wanted < prompt.length; wanted++) {
    const code = prompt.charCodeAt(wanted);
    if (isSpace(code)) continue;
    while (at < text.length && isSpace(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== code) return undefined;
    at++;
  }
  return text.slice(at);
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
}
