import { diagnose } from './diagnostic.ts';
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
  const { subject, response } = result;
  const found = diagnose(response, 60);
  if (found === null) {
    return view.quiet ? '' : `${printable(subject.name)}: ${view.style('right', 'verified')}\n`;
  }
  const status = found.mark === 'unsure' ? '' : `${response.status}: `;
  return `${locationOf(subject, found.line)}: ${view.style(found.mark, found.code)} ${status}${found.headline}${claimNameAfter(subject, found.line)}\n`;
}
