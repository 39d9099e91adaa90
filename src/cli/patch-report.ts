import { appendFileSync } from 'node:fs';
import type { PatchResponse } from '../check/patch-request.ts';
import { FORMATS, type FormatName } from '../report/formats.ts';
import { markdown } from '../report/markdown.ts';
import type { Renderer, Result, View } from '../report/result.ts';

/** What a comparison is shown with. */
export interface PatchReport {
  readonly response: PatchResponse;
  readonly texts: Readonly<Record<string, string>>;
}

function resultsOf({ response, texts }: PatchReport): Result[] {
  const subject = (path: string) => ({
    name: path,
    source: texts[path] ?? null,
    program: { name: path, lineOffset: 0 },
  });
  return [
    ...response.findings.map((finding) => ({ subject: subject(finding.path), finding })),
    ...response.functions.map((compared) => ({ subject: subject(compared.path), compared })),
  ];
}

function rendered(renderer: Renderer, report: PatchReport): string {
  const parts = resultsOf(report).map((result, index) => renderer.result(result, index));
  return parts.join('') + renderer.end(report.response.summary);
}

/** The report in a format; under GitHub Actions the whole of it also goes to the step's summary. */
export function renderPatch(format: FormatName, view: View, report: PatchReport): string {
  const { GITHUB_STEP_SUMMARY: summary } = process.env;
  if (format === 'github' && summary !== undefined && summary !== '')
    appendFileSync(summary, rendered(markdown(), report));
  return rendered(FORMATS[format](view), report);
}

/** `Checked 3 functions in 2 files: 1 differs, 2 unknown; 1 of 4 claims refuted; 1 error, 2 warnings in 1.2 s.` */
export function patchClosingLine({ summary }: PatchResponse, milliseconds: number): string {
  const {
    functions,
    files,
    same,
    differs,
    unknown,
    claims,
    claims_refuted,
    tests,
    tests_failed,
    errors,
    warnings,
    notes,
  } = summary;
  const behaviour = [
    ...(differs > 0 ? [`${differs} ${differs === 1 ? 'differs' : 'differ'}`] : []),
    ...(same > 0 ? [`${same} the same`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ].join(', ');
  const parts = [
    `Checked ${many(functions, 'changed function')} in ${many(files, 'file')}${behaviour === '' ? '' : `: ${behaviour}`}`,
    ...(claims > 0 ? [`${claims_refuted} of ${many(claims, 'claim')} refuted`] : []),
    ...(tests > 0 ? [`${tests_failed} of ${many(tests, 'test')} failed`] : []),
    [many(errors, 'error'), many(warnings, 'warning'), many(notes, 'note')].join(', '),
  ];
  return `${parts.join('; ')} in ${(milliseconds / 1000).toFixed(1)} s.`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
