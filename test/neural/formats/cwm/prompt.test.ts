import { describe, expect, it } from 'vitest';
import { splitPrompt } from '../../../../neural/formats/cwm/prompt.ts';

const CALL = '<|call_sep|>{}<|action_sep|>def f():\n<|frame_sep|>';

describe('splitPrompt', () => {
  it.each([
    ['with begin_of_text', '<|begin_of_text|><|trace_context_start|>\nx = 1\n<|frame_sep|>', '\nx = 1\n'],
    ['without it', '<|trace_context_start|>x<|frame_sep|>', 'x'],
    ['after white space', ' \n<|begin_of_text|>\n<|trace_context_start|>x<|frame_sep|>', 'x'],
    ['of an empty program', '<|trace_context_start|><|frame_sep|>', ''],
    [
      'with the tag in the source',
      '<|trace_context_start|>s = "<|frame_sep|>"\n<|frame_sep|>',
      's = "<|frame_sep|>"\n',
    ],
  ])('splits a prompt %s', (_, prompt, source) => {
    expect(splitPrompt(prompt)).toEqual({ source, trace: '', traceStart: prompt.length });
    expect(splitPrompt(prompt + CALL)).toEqual({ source, trace: CALL, traceStart: prompt.length });
    expect(splitPrompt(`${prompt}\n${CALL}`)).toEqual({ source, trace: `\n${CALL}`, traceStart: prompt.length });
  });

  it('falls back to the first frame_sep', () => {
    expect(splitPrompt('<|trace_context_start|>x<|frame_sep|>{}x\n')).toMatchObject({ source: 'x', trace: '{}x\n' });
  });

  it.each(['', 'x', CALL, '<|trace_context_start|>x', 'x<|trace_context_start|>x<|frame_sep|>'])(
    'finds none in %j',
    (text) => {
      expect(splitPrompt(text)).toBeNull();
    },
  );
});
