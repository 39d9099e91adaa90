import { codeFrame } from './code-frame.ts';
import { comparedLine } from './compared.ts';
import type { Diagnostic } from './diagnostic.ts';
import { diagnosticOf } from './diagnostic.ts';
import { claimNameAfter, locationOf } from './location.ts';
import { printable } from './printable.ts';
import { problemLines } from './problem.ts';
import type { Renderer, Result, Subject, View } from './result.ts';

/** For a person at a terminal: each finding on its source, with what was predicted, what is so, and the correction. */
export function full(view: View): Renderer {
  return {
    result: (result) => block(result, view),
    end: () => '',
  };
}

function block(result: Result, view: View): string {
  if ('problem' in result) {
    const [head = '', ...places] = problemLines(result.subject.name, result.problem, view.width);
    return `${[view.style('wrong', head), ...places].join('\n')}\n\n`;
  }
  if ('compared' in result) return comparedLine(result.compared, view);
  const { subject } = result;
  const found = diagnosticOf(result, Math.max(20, Math.floor(view.width / 3)));
  if (found === null) {
    if (view.quiet || 'finding' in result) return '';
    const { response } = result;
    const detail = `${response.message} (Python ${response.stamp.python}, ${response.timings_ms.total.toFixed(1)} ms)`;
    return `${view.style('right', '✓ verified')} ${printable(subject.name)}: ${printable(detail)}\n`;
  }
  const step = found.step === null ? '' : `   ${found.step}`;
  return `${[
    `${view.style(found.mark, found.code)} ${view.style('strong', found.headline)}`,
    `${view.style('faint', '  -->')} ${locationOf(subject, found.line)}${step}${claimNameAfter(subject, found.line)}`,
    ...frameOf(subject, found, view),
    ...(found.help === null ? [] : [`${view.style('right', 'help:')} ${found.help}`]),
    ...found.notes.map((note) => `${view.style('faint', 'note:')} ${note}`),
  ].join('\n')}\n\n`;
}

function frameOf(subject: Subject, found: Diagnostic, view: View): string[] {
  const frame =
    subject.source === null || found.line === null
      ? []
      : codeFrame(subject.source, found.line, found.labels, view, subject.program?.lineOffset ?? 0);
  return frame.length > 0 ? frame : found.labels.map((label) => `   ${label}`);
}
