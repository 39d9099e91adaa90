import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractClaim, type Wanted } from '../../../neural/extract/index.ts';
import { parseTrace } from '../../../neural/formats/index.ts';

const SOURCE = 'def f(x):\n    y = x + 1\n    return y\n\ndef main(): # << START_OF_TRACE\n    return f(1)\n';

/** A right trace; `value` is what it says of `y`. */
function tagged(value = '2', end = '<|end_of_text|>'): string {
  return [
    '<|call_sep|>{}<|action_sep|>def main(): # << START_OF_TRACE\n',
    '<|line_sep|>{}<|action_sep|>    return f(1)\n',
    '<|call_sep|>{"x": "1"}<|action_sep|>def f(x):\n',
    '<|line_sep|>{"x": ".."}<|action_sep|>    y = x + 1\n',
    `<|line_sep|>{"x": "..", "y": "${value}"}<|action_sep|>    return y\n`,
    `<|return_sep|><|action_sep|>    return y\n<|arg_sep|>"${value}"`,
    `<|return_sep|><|action_sep|>    return f(1)\n<|arg_sep|>"${value}"`,
  ]
    .join('<|frame_sep|>')
    .concat('<|frame_sep|>', end);
}

function stripped(value = '2'): string {
  return tagged(value).replaceAll(/<\|[a-z_]+\|>/g, '');
}

const FRAMES = [
  { event: 'call', line: 1, function: 'f', locals: { x: '1' } },
  { event: 'return', line: 3, function: 'f', arg: '2' },
];

function extract(completion: unknown, wanted: Wanted = 'trace') {
  return extractClaim(completion, SOURCE, wanted);
}

/** What the one claim says that `y` is, or what it says that the run returns. */
function said(completion: unknown, wanted: Wanted = 'trace'): string | undefined {
  const claim = extract(completion, wanted)?.claim;
  if (claim?.kind === 'output') return claim.returns;
  if (claim?.kind !== 'trace' || claim.format !== 'cwm') return undefined;
  return /"y": ?"(\w+)"/.exec(claim.text)?.[1];
}

describe('traces in completions', () => {
  it.each([
    ['tagged', tagged()],
    ['tagged, with its prompt', `<|begin_of_text|><|trace_context_start|>${SOURCE}<|frame_sep|>${tagged()}`],
    ['tagged, from the prompt’s last token on', `<|frame_sep|>${tagged()}`],
    ['tagged, in a fenced block', `The trace:\n\`\`\`\n${tagged('2', '')}\n\`\`\`\nThat is all.`],
    ['tagged, behind words', `Here it is: ${tagged()} I hope.`],
    ['stripped', stripped()],
    ['stripped, between words', `The trace is\n${stripped()}\n\nNow let us analyze the trace.`],
    ['stripped, in a fenced block', `\`\`\`text\n${stripped()}\n\`\`\``],
    ['behind thoughts', `<think>Maybe ${tagged('9')}?</think>\n${stripped()}`],
    ['behind thoughts that the template began', `Hmm, ${tagged('9')}</think>${tagged()}`],
  ])('%s', (_, completion) => {
    expect([extract(completion)?.extractor, said(completion)]).toEqual(['cwm-trace', '2']);
    expect(
      said([
        { role: 'user', content: tagged('9') },
        { role: 'assistant', content: completion },
      ]),
    ).toBe('2');
    expect(said([{ role: 'assistant', content: [{ type: 'text', text: completion }] }])).toBe('2');
  });

  it('what was read already is what reading the claim gives', () => {
    const piece = fc.constantFrom(
      tagged(),
      tagged('9', ''),
      stripped(),
      '```\n',
      '<|call_sep|>',
      '{"x": ',
      ' words ',
      '\n',
    );
    let read = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), fc.nat(600), (pieces, cut) => {
        const found = extract(pieces.join('').slice(0, -cut || undefined));
        if (found?.parsed === undefined || found.claim.kind !== 'trace') return;
        read++;
        expect(found.parsed).toEqual(parseTrace(found.claim, SOURCE));
      }),
    );
    expect(read).toBeGreaterThan(0);
  });

  it.each([
    ['an array', JSON.stringify(FRAMES)],
    ['an object', JSON.stringify({ frames: FRAMES })],
    ['in a fenced block', `So:\n\`\`\`json\n${JSON.stringify(FRAMES, null, 2)}\n\`\`\`\n`],
    ['between words', `So:\n${JSON.stringify(FRAMES)}\nis the trace.`],
  ])('JSON frames: %s', (_, completion) => {
    expect(extract(completion)).toEqual({
      extractor: 'json-frames',
      claim: { kind: 'trace', format: 'json', frames: FRAMES },
    });
  });

  it('a trace that is cut off is still one', () => {
    const whole = tagged();
    expect(extract(whole.slice(0, 150))?.claim).toEqual({ kind: 'trace', format: 'cwm', text: whole.slice(0, 150) });
    expect(said(stripped().slice(0, -12))).toBe('2');
  });

  it('of several the last complete one counts, so that none is a second chance', () => {
    expect(said(`${tagged('2')}\nor\n${tagged('3')}`)).toBe('3');
    expect(said(`${tagged('3')}${tagged('2')}`)).toBe('2');
    expect(said(`${stripped('2')}\nNo, wait:\n\n${stripped('3')}`)).toBe('3');
    expect(said(`\`\`\`\n${tagged('2')}\n\`\`\`\nor\n\`\`\`\n${stripped('3')}\n\`\`\``)).toBe('3');
    expect(said(`${tagged('2')}\nor\n${tagged('3').slice(0, 250)}`)).toBe('2');
  });

  it('what stands within a trace begins no other one', () => {
    const broken = tagged().replace('<|arg_sep|>"2"<|frame_sep|><|return_sep|>', 'noise<|return_sep|>');
    const claim = extract(broken)?.claim;
    expect(claim).toMatchObject({ text: broken });
  });

  it.each([
    ['nothing', ''],
    ['thoughts without an end', `<think>${tagged()}`],
    ['an answer alone', '[ANSWER]assert f(1) == 2[/ANSWER]'],
    ['JSON that is no trace', '{"x": "1"} is the state, and [1, 2] is a list'],
    ['another program’s trace, stripped', stripped().replaceAll('def ', 'fed ')],
    ['no text at all', null],
    ['no messages', []],
    ['a message without content', [{ role: 'assistant', content: null }]],
    ['another’s message last', [{ role: 'tool', content: '' }]],
  ])('none: %s', (_, completion) => {
    expect(extract(completion)).toBeUndefined();
  });
});

describe('answers in completions', () => {
  it.each([
    ['[ANSWER]assert f(1) == 2[/ANSWER]', '2'],
    ['Thus\n[ANSWER]\nassert f(1) == 2\n[/ANSWER]\nas said.', '2'],
    ['[ANSWER]f(1) == 2[/ANSWER]', '2'],
    ['[ANSWER]2[/ANSWER]', '2'],
    ["[ANSWER]'a == b'[/ANSWER]", "'a == b'"],
    ['[ANSWER]assert f(x == 1, "a)==(b") == {"k": [1, 2]}, "message"[/ANSWER]', '{"k": [1, 2]}'],
    ["[ANSWER]assert f(1) == 'it\\'s, # so'  # a comment[/ANSWER]", "'it\\'s, # so'"],
    ['[ANSWER](1, 2)[/ANSWER]', '(1, 2)'],
    ['```python\nassert f(1) == 2\n```', '2'],
    ['[ANSWER]assert f(1) == 2', '2'],
    ['[ANSWER]1[/ANSWER] or [ANSWER]2[/ANSWER]', '2'],
    ['[ANSWER]2[/ANSWER] or [ANSWER]assert f(1) ==', '2'],
    ['[ANSWER]assert f(1) == 1\nassert f(1) == 2[/ANSWER]', '2'],
    ['[ANSWER]1 or 2[/ANSWER]', '1 or 2'],
    [`${tagged('3')}\n[ANSWER]assert f(1) == 2[/ANSWER]`, '2'],
    [`[ANSWER]3[/ANSWER]\n${tagged('2')}`, '2'],
  ])('%s', (completion, value) => {
    expect(said(completion, 'outcome')).toBe(value);
  });

  it.each(['', '[ANSWER][/ANSWER]', '[ANSWER]assert f(1) == ??[/ANSWER]', 'the answer is 2', '[/ANSWER]2'])(
    'none: %j',
    (completion) => {
      expect(extract(completion, 'outcome')).toBeUndefined();
    },
  );
});

describe('hostile completions', () => {
  const pieces = [
    '<|call_sep|>',
    '<|frame_sep|>',
    '{"a": "',
    '{}',
    '"',
    '\n',
    '```',
    '[ANSWER]',
    '[/ANSWER]',
    '<think>',
  ];

  it('never throws', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces, tagged(), stripped()), fc.string()), { maxLength: 30 });
    fc.assert(
      fc.property(text, fc.constantFrom<Wanted>('trace', 'outcome'), (parts, wanted) => {
        extract(parts.join(''), wanted);
      }),
    );
    fc.assert(fc.property(fc.anything(), (completion) => void extract(completion, 'outcome')));
  });

  it.each([
    ...pieces,
    '{"a": "1"}x\n',
    '{\n',
    '<|call_sep|>{}<|action_sep|>',
    '<|call_sep|>{}<|action_sep|>def f(x):\n',
    '{}def f(x):\n',
    'assert f(',
    'assert f(1) == 2\n',
    '    ',
    '[',
    '<|trace_context_start|>',
  ])('takes a short time for many %j', (piece) => {
    const completion = piece.repeat(Math.floor(2_000_000 / piece.length));
    const start = performance.now();
    extract(completion, 'outcome');
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('does not look at what is too long', () => {
    expect(extract(tagged() + ' '.repeat(8_000_000))).toBeUndefined();
  });
});
