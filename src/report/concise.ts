import { comparedLine } from './compared.ts';
import { diagnosticOf } from './diagnostic.ts';
import { claimNameAfter, locationOf } from './location.ts';
import { printable } from './printable.ts';
import { problemLines } from './problem.ts';
import type { Renderer, Result, View } from './result.ts';

/** One line a claim: `sum.py:4:9: AS101 corrected: predicted …`. For logs and editors. */
export function concise(view: View): Renderer {
  return { result: (result) => line(result, view), end: () => '' };
}

function line(result: Result, view: View): string {
  if ('problem' in result) return `${problemLines(result.subject.name, result.problem, 200).join('\n')}\n`;
  if ('compared' in result) return comparedLine(result.compared, view);
  const { subject } = result;
  const found = diagnosticOf(result, 60);
  if (found === null) {
    return view.quiet ? '' : `${printable(subject.name)}: ${view.style('right', 'verified')}\n`;
  }
  const status = statusOf(result);
  return `${locationOf(subject, found.line)}: ${view.style(found.mark, found.code)} ${status}${found.headline}${claimNameAfter(subject, found.line)}\n`;
}

/** What stands in front of the headline: the status of a verdict, or how much a finding weighs. */
function statusOf(result: Result): string {
  if ('finding' in result) return `${result.finding.level}: `;
  return 'response' in result && result.response.status !== 'inconclusive' ? `${result.response.status}: ` : '';
}
