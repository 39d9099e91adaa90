import type { Decision, ErrorBound, GateItem, GateResponse } from '../gate/gate-request.ts';
import { shorten } from './printable.ts';
import type { Mark, Style } from './result.ts';

const MARKS: Readonly<Record<Decision, Mark>> = { accept: 'right', hold: 'unsure', reject: 'wrong' };

/** Columns of a value or a message. */
const WIDTH = 160;

/** A gate's decision for people: a line for each item, what speaks against it and what is true, and the decision last. */
export function decisionInWords({ decision, items, error_bound }: GateResponse, style: Style): string {
  return [
    ...items.flatMap((item) => itemLines(item, style)),
    ...(error_bound === null ? [] : [boundLine(error_bound)]),
    `${style(MARKS[decision], decision)}: ${countsOf(items)}`,
    '',
  ].join('\n');
}

function itemLines(item: GateItem, style: Style): string[] {
  const known = item.checked ? `${item.status} by ${item.basis}` : `not checked (${item.basis})`;
  return [
    `${style(MARKS[item.decision], item.decision)} ${shorten(item.id, WIDTH)}: ${known}`,
    ...item.issues.map(({ code, message }) => `  ${code}: ${shorten(message, WIDTH)}`),
    ...correctedLines(item),
  ];
}

function correctedLines({ corrected }: GateItem): string[] {
  if (corrected === null) return [];
  const { output, witness } = corrected;
  const lines: string[] = [];
  if (output?.returns !== undefined) lines.push(`it returns ${output.returns}`);
  if (output?.raises !== undefined) lines.push(`it raises ${output.raises}: ${output.message ?? ''}`);
  if (witness !== null) lines.push(`shown by ${witness.call}`);
  return lines.map((line) => `  corrected: ${shorten(line, WIDTH)}`);
}

function boundLine({ checked, population, unchecked, at_most, confidence, failed }: ErrorBound): string {
  const sample = `spot check: ${checked} of ${population} were checked, ${failed} of them not verified`;
  if (unchecked === 0) return sample;
  return `${sample}; at most ${at_most} of the ${unchecked} others would fail, with confidence ${confidence}`;
}

function countsOf(items: readonly GateItem[]): string {
  const count = (decision: Decision) => items.filter((item) => item.decision === decision).length;
  const unchecked = items.filter(({ checked }) => !checked).length;
  const parts = [`${count('accept')} accepted`, `${count('hold')} held`, `${count('reject')} rejected`];
  return `${parts.join(', ')}; ${unchecked} not checked`;
}
