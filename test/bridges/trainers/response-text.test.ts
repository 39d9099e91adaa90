import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behindPrompt, withoutTurnEnd } from '../../../bridges/trainers/response-text.ts';

describe('the response in a decoded sequence', () => {
  it('is what stands behind the prompt, also where white space was changed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (prompt, response) => {
        expect(behindPrompt(prompt + response, prompt)).toBe(response);
        const spaced = prompt.replaceAll(' ', ' \n ');
        expect(behindPrompt(` ${spaced}|${response}`, prompt)?.trimStart()).toBe(`|${response}`);
      }),
    );
    expect(behindPrompt('abc', 'abd')).toBeUndefined();
    expect(behindPrompt('ab', 'abc')).toBeUndefined();
  });

  it('loses the tokens that end a turn, and no other', () => {
    expect(withoutTurnEnd('a<|im_end|>\n<|endoftext|><pad><pad> ')).toBe('a');
    expect(withoutTurnEnd('<|im_end|>')).toBe('');
    expect(withoutTurnEnd('a<|im_end|>b')).toBe('a<|im_end|>b');
    expect(withoutTurnEnd('…<|end_of_text|>')).toBe('…<|end_of_text|>');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(text.startsWith(withoutTurnEnd(text))).toBe(true);
        expect(withoutTurnEnd(`${text}</s>`)).toBe(withoutTurnEnd(text));
      }),
    );
  });
});
