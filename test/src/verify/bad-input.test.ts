import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../core/claim.ts';
import type { Program } from '../../../core/program.ts';
import { VerifyOptions, type VerifyRequest } from '../../../core/verdict.ts';
import { ask, useEngine } from './engine.ts';
import { asIds, asJson, asTagged } from './trace-forms.ts';

const engine = useEngine();

const PROGRAM: Program = { source: 'def main():  # << START_OF_TRACE\n    x = 1\n    return x\n', python: '3.10' };
const RIGHT =
  '<|call_sep|>{}<|action_sep|>def main():\n<|frame_sep|><|line_sep|>{}<|action_sep|>    x = 1\n<|frame_sep|>' +
  '<|line_sep|>{"x": "1"}<|action_sep|>    return x\n<|frame_sep|>' +
  '<|return_sep|><|action_sep|>    return x\n<|arg_sep|>"1"<|frame_sep|><|end_of_text|>';
const LINE = '<|line_sep|>{}<|action_sep|>    x = 1\n<|frame_sep|>';
const SIXTEEN_MB = 16 * 2 ** 20;

const text = (claimed: string): Claim => asTagged(claimed);
const frame = (locals: string): Claim => text(RIGHT.replace('{"x": "1"}', locals));
const refutedAt = (at: number, kind: string) => ({
  status: kind === 'format' ? 'refuted' : 'corrected',
  kind,
  frame: at,
});
const FORMAT = refutedAt(0, 'format');

/** A verdict, and the milliseconds that it took. */
async function timed(claim: Claim, options?: VerifyRequest['options']) {
  const start = performance.now();
  const verdict = await ask(engine, { program: PROGRAM, claim, options });
  return { verdict, ms: performance.now() - start };
}

describe('a claim that cannot be read', () => {
  it('is refuted where the right one is verified', async () => {
    expect(await ask(engine, { program: PROGRAM, claim: text(RIGHT) })).toEqual({ status: 'verified' });
  });

  const prompt = `<|begin_of_text|><|trace_context_start|>${PROGRAM.source}<|frame_sep|>`;

  it.each<[string, Claim, object]>([
    ['no text', text(''), FORMAT],
    ['white space', text(' \n\t '), FORMAT],
    ['prose', text('The function returns 1.'), FORMAT],
    ['the prompt alone', text(prompt), FORMAT],
    ['the end alone', text('<|end_of_text|>'), FORMAT],
    ['half of the first frame', text('<|call_sep|>{}<|action_sep|>'), FORMAT],
    ['half of a special token', text('<|call_s'), FORMAT],
    ['special tokens in a wrong order', text('<|action_sep|><|call_sep|>{}'), FORMAT],
    ['a token of another vocabulary', { kind: 'trace', format: 'cwm-ids', tokens: [128_103, 17] }, FORMAT],
    ['no tokens', { kind: 'trace', format: 'cwm-ids', tokens: [] }, FORMAT],
    ['no frames', asJson([]), FORMAT],
    ['frames that are no objects', asJson([1, null, 'x', []]), FORMAT],
    ['a frame without a line', asJson([{ event: 'call', locals: {} }]), FORMAT],
    [
      'a frame with line NaN',
      { kind: 'trace', format: 'json', frames: [{ event: 'call', line: Number.NaN, locals: {} }] },
      FORMAT,
    ],
    ['a frame of another event', asJson([{ event: 'opcode', line: 1, locals: {} }]), FORMAT],
    ['a local that is a number', asJson([{ event: 'call', line: 1, locals: { a: 1 } }]), FORMAT],
    ['a local that is given twice', frame('{"x": "1", "x": "1"}'), refutedAt(2, 'format')],
    ['a local that is NaN', frame('{"x": NaN}'), refutedAt(2, 'format')],
    ['a local that is no string', frame('{"x": 1}'), refutedAt(2, 'format')],
    ['a raw control character', frame('{"x": "\u0001"}'), refutedAt(2, 'format')],
    ['locals that are not closed', frame('{"x": "1"'), refutedAt(2, 'format')],
    ['a lone surrogate', frame('{"x": "\ud800"}'), refutedAt(2, 'value')],
    ['an escaped lone surrogate', frame(String.raw`{"x": "'\ud800'"}`), refutedAt(2, 'value')],
    ['a name with a NUL', frame(String.raw`{"\u0000": "1"}`), refutedAt(2, 'keys')],
    ['a value that is nothing', frame('{"x": ""}'), refutedAt(2, 'value')],
    ['deep JSON', frame(`{"x": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`), refutedAt(2, 'format')],
    ['a deep value', frame(`{"x": "${'['.repeat(1_000_000)}"}`), refutedAt(2, 'value')],
    ['a frame after the end that is none', text(`${RIGHT}{{{{`), { status: 'verified' }],
  ])('%s', async (_, claim, verdict) => {
    const answer = await timed(claim);
    expect(answer.verdict).toEqual(verdict);
    expect(answer.ms).toBeLessThan(2000);
  });

  it('a value that takes long to make keeps to the budget', async () => {
    const options = VerifyOptions.parse({ budget: { ms: 500 } });
    const answer = await timed(frame(`{"x": "${'9'.repeat(1_000_000)}"}`), options);
    expect(answer.verdict).toEqual(refutedAt(2, 'value'));
    expect(answer.ms).toBeLessThan(2000);
  });

  it.each([
    ['tagged', RIGHT],
    ['stripped', RIGHT.replace(/<\|[a-z_]+\|>/g, '')],
  ])('%s text that is cut at any character is right so far', async (_, whole) => {
    const cuts = Array.from({ length: whole.length + 1 }, (_item, length) => whole.slice(0, length));
    const verdicts = await Promise.all(cuts.map((cut) => ask(engine, { program: PROGRAM, claim: text(cut) })));
    const seen = new Set(verdicts.map((verdict) => JSON.stringify(verdict)));
    const short = [1, 2, 3].map((at) => ({ status: 'incomplete', kind: 'short', frame: at }));
    expect([...seen].map((verdict) => JSON.parse(verdict))).toEqual([FORMAT, ...short, { status: 'verified' }]);
  });

  it.each<[string, () => Claim, object]>([
    ['noise', () => text('\u0007<|}{"\\'.repeat(SIXTEEN_MB / 7)), FORMAT],
    ['braces', () => text('{'.repeat(SIXTEEN_MB)), FORMAT],
    ['quotes', () => text('"'.repeat(SIXTEEN_MB)), FORMAT],
    ['backslashes in a value', () => frame(`{"x": "${'\\\\'.repeat(SIXTEEN_MB / 2)}"}`), refutedAt(2, 'value')],
    ['special tokens', () => text('<|frame_sep|>'.repeat(SIXTEEN_MB / 13)), FORMAT],
    ['white space', () => text(' '.repeat(SIXTEEN_MB)), FORMAT],
    ['one local name', () => frame(`{"${'x'.repeat(SIXTEEN_MB)}": "1"}`), refutedAt(2, 'keys')],
    ['frames', () => text(LINE.repeat(SIXTEEN_MB / LINE.length)), refutedAt(0, 'event')],
    ['newlines', () => text('\n'.repeat(SIXTEEN_MB)), FORMAT],
    ['zero-width text in ids', () => asIds('\u200b'.repeat(SIXTEEN_MB)), FORMAT],
  ])('16 MB of %s', async (_, claim, verdict) => {
    const answer = await timed(claim());
    expect(answer.verdict).toEqual(verdict);
    expect(answer.ms).toBeLessThan(10_000);
  });

  it.each<[string, () => Claim, object]>([
    [
      'wrong from the first',
      () => asJson(Array(1_000_000).fill({ event: 'line', line: 2, locals: {} })),
      refutedAt(0, 'event'),
    ],
    [
      'right at first',
      () =>
        asJson([
          { event: 'call', line: 1, locals: {} },
          ...Array(1_000_000).fill({ event: 'line', line: 2, locals: {} }),
        ]),
      refutedAt(2, 'action'),
    ],
  ])('a million frames, %s', { timeout: 60_000 }, async (_, claim, verdict) => {
    const answer = await timed(claim());
    expect(answer.verdict).toEqual(verdict);
    expect(answer.ms).toBeLessThan(20_000);
  });
});
