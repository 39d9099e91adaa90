import { describe, expect, it } from 'vitest';
import { parseIds } from '../../../../neural/formats/cwm/ids.ts';
import { TOKEN_IDS, TOKEN_NAMES, tagOf, tokenOfId } from '../../../../neural/formats/cwm/tokens.ts';

const LINES = ['def f(x):', '    return x'];
const CALL = [128103, '{"x": "1"}', 128101, 'def f(x):\n', 128100];
const RETURN = [128102, 128101, '    return x\n', 128106, '"1"', 128100];

function parse(...tokens: (number | string)[]) {
  return parseIds(tokens, { lines: LINES });
}

describe('special tokens', () => {
  it('have one id and one tag each', () => {
    expect(TOKEN_NAMES.map((name) => tokenOfId(TOKEN_IDS[name]))).toEqual(TOKEN_NAMES);
    expect(tagOf('frame_sep')).toBe('<|frame_sep|>');
    expect(tokenOfId(0)).toBeUndefined();
  });
});

describe('parseIds', () => {
  it('gives spans in the joined strings', () => {
    expect(parse(...CALL, ...RETURN, 128001)).toEqual({
      frames: [
        { events: ['call'], locals: new Map([['x', '1']]), source: 'def f(x):', span: { start: 0, end: 20 } },
        { events: ['return'], arg: '1', source: '    return x', span: { start: 20, end: 36 } },
      ],
      ended: true,
    });
  });

  it('joins text that comes token by token', () => {
    const split = CALL.flatMap((token): (number | string)[] => (typeof token === 'string' ? [...token] : [token]));
    expect(parse(...split, ...RETURN)).toEqual(parse(...CALL, ...RETURN));
  });

  it('skips the prompt', () => {
    const trace = parse(128000, 128107, 'source', 128100, ...CALL, ...RETURN);
    expect(trace.frames.map(({ span }) => span)).toEqual([
      { start: 6, end: 26 },
      { start: 26, end: 42 },
    ]);
  });

  it('takes any tag in a string for text', () => {
    const source = 's = "<|frame_sep|><|arg_sep|><|end_of_text|>"';
    const trace = parse(...CALL, 128104, '{}', 128101, `${source}\n`, 128100);
    expect(trace.frames[1]?.source).toBe(source);
  });

  it.each<[string, (number | string)[], number, RegExp]>([
    ['an unknown special token', [...CALL, 128110, '{}'], 1, /128110 is no special token/],
    [
      'an unknown token within a frame',
      [...CALL, 128104, '{}', 128101, '    return x\n', 7],
      1,
      /7 is no special token/,
    ],
    ['an unknown token within locals', [...CALL, 128104, '{"x"', 7, '}'], 1, /7 is no special token/],
    ['a token that is no number', [...CALL, Number.NaN], 1, /NaN is no special token/],
    ['only an unknown token', [1], 0, /1 is no special token/],
    ['nothing', [], 0, /no whole frame/],
    ['a prompt alone', [128000, 128107, 'source', 128100], 0, /no whole frame/],
    ['an end mark with a token in it', [...CALL, '[/ANS', 128104, 'WER]'], 1, /expected a frame, found "\[\/ANS"/],
    ['a separator within locals', [...CALL, 128104, '{"x": "', 128101, '"}'], 1, /<\|action_sep\|> stands within/],
    ['a missing separator', [...CALL, 128104, '{}', '    return x\n', 128100], 1, /expected <\|action_sep\|>/],
    [
      'a frame within a frame',
      [...CALL, 128104, '{}', 128101, 'x\n', ...CALL],
      1,
      /expected <\|frame_sep\|>, found <\|call_sep\|>/,
    ],
  ])('finds the fault in %s', (_, tokens, frame, message) => {
    const trace = parse(...tokens);
    expect(trace.fault?.frame).toBe(frame);
    expect(trace.fault?.message).toMatch(message);
    expect(trace.ended).toBe(false);
  });

  it('reads nothing after the end', () => {
    expect(parse(...CALL, ...RETURN, 128001, 7, 'noise').fault).toBeUndefined();
  });

  it.each<[string, (number | string)[]]>([
    ['between frames', CALL],
    ['within locals', [...CALL, 128104, '{"x": "']],
    ['within a source', [...CALL, 128104, '{}', 128101, '    ret']],
    ['before a value', [...CALL, 128102, 128101, '    return x\n', 128106]],
  ])('is cut short where the tokens stop %s', (_, tokens) => {
    expect(parse(...tokens)).toEqual({ ...parse(...CALL), ended: false });
  });
});
