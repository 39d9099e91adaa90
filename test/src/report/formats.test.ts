import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../core/fault.ts';
import { Fault, toProblem } from '../../../core/fault.ts';
import { FORMAT_NAMES, FORMATS } from '../../../src/report/formats.ts';
import type { ClaimResult, View } from '../../../src/report/result.ts';
import { createStyle } from '../../../src/report/style.ts';
import { count, NO_RESULTS } from '../../../src/report/summary.ts';
import { CORRECTED, HOSTILE, INCOMPLETE, INCONCLUSIVE, PLAIN, SOURCE, SUBJECT, VERIFIED } from './verdicts.ts';

const PROBLEM: Problem = toProblem(
  new Fault('invalid-request', 'the request does not fit the schema', {
    errors: [{ path: '/claim/kind', message: 'missing' }],
  }),
);

const RESULTS: readonly ClaimResult[] = [
  { subject: SUBJECT, response: VERIFIED },
  { subject: SUBJECT, response: CORRECTED },
  { subject: { ...SUBJECT, program: { name: 'sum.py', lineOffset: 0 } }, response: INCOMPLETE },
  { subject: { name: 'claims.jsonl#4', source: SOURCE, program: null }, response: INCONCLUSIVE },
  { subject: { name: 'claims.jsonl#5', source: null, program: null }, response: CORRECTED },
  { subject: { name: 'claims.jsonl#6', source: null, program: null }, problem: PROBLEM },
];

function render(format: (typeof FORMAT_NAMES)[number], results: readonly ClaimResult[], view: View = PLAIN): string {
  const renderer = FORMATS[format](view);
  let summary = NO_RESULTS;
  let text = '';
  for (const result of results) {
    text += renderer.result(result, summary.items);
    summary = count(summary, 'problem' in result ? 'errors' : result.response.status);
  }
  return text + renderer.end(summary);
}

describe('output formats', () => {
  it.each(FORMAT_NAMES)('%s of each kind of verdict', (format) => {
    expect(render(format, RESULTS)).toMatchSnapshot();
  });

  it.each(FORMAT_NAMES)('%s of no claim at all', (format) => {
    expect(render(format, [])).toMatchSnapshot();
  });

  it('json is one document, and jsonl one object a line, with the same results', () => {
    const document = JSON.parse(render('json', RESULTS));
    const lines = render('jsonl', RESULTS)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(document.version).toBe(1);
    expect(lines.at(-1)).toEqual({ summary: document.summary });
    expect(lines.slice(0, -1)).toEqual(document.results.map((result: object, index: number) => ({ index, ...result })));
    expect(document.results[1]).toEqual({ file: 'sum.cwm', ...CORRECTED });
  });

  it('colour adds nothing but colour', () => {
    const coloured = render('full', RESULTS, { ...PLAIN, style: createStyle(true) });
    expect(coloured).not.toBe(render('full', RESULTS));
    expect(stripVTControlCharacters(coloured)).toBe(render('full', RESULTS));
  });

  it('quiet leaves out what is right, and nothing else', () => {
    const quiet = { ...PLAIN, quiet: true };
    for (const format of ['full', 'concise'] as const) {
      expect(render(format, RESULTS.slice(0, 1), quiet)).toBe('');
      expect(render(format, RESULTS.slice(1), quiet)).toBe(render(format, RESULTS.slice(1)));
    }
  });

  it.each(['full', 'concise'] as const)('%s lets no program write to the terminal', (format) => {
    const subject = { name: 'a\u001b[2Jb.cwm', source: 'x = "\u001b[31m"\n\u202e# y\n\tz = 1\r\n', program: null };
    const text = render(format, [
      { subject, response: HOSTILE },
      { subject, response: { ...VERIFIED, message: HOSTILE.message } },
      { subject, problem: { ...PROBLEM, detail: '\u001b[31m', errors: [{ path: '/\u0007', message: '\u0008' }] } },
    ]);
    expect(text).not.toMatch(/[^\n\P{Cc}]|\p{Cf}|[\u2028\u2029]/u);
    expect(text.split('\n').some((line) => line.startsWith('forged'))).toBe(false);
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(400);
  });
});
