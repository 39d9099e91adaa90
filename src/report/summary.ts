import type { Status } from '../../core/verdict.ts';
import { STATUSES } from '../../core/verdict.ts';
import type { Summary } from './result.ts';

export const NO_RESULTS: Summary = {
  items: 0,
  verified: 0,
  corrected: 0,
  refuted: 0,
  incomplete: 0,
  inconclusive: 0,
  errors: 0,
};

/** The summary with one more result; `errors` stands for a claim without a verdict. */
export function count(summary: Summary, outcome: Status | 'errors'): Summary {
  return { ...summary, items: summary.items + 1, [outcome]: summary[outcome] + 1 };
}

/** `Checked 3 claims: 2 verified, 1 corrected in 184 ms.` */
export function closingLine(summary: Summary, milliseconds: number): string {
  const parts = STATUSES.filter((status) => summary[status] > 0).map((status) => `${summary[status]} ${status}`);
  if (summary.errors > 0) parts.push(`${summary.errors} without a verdict`);
  const counts = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  return `Checked ${summary.items} ${summary.items === 1 ? 'claim' : 'claims'}${counts} in ${duration(milliseconds)}.`;
}

/** Milliseconds below ten seconds, seconds from there on. */
function duration(milliseconds: number): string {
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
