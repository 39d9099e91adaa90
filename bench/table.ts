import type { BenchResult, Comparison } from './result.ts';

/** The result as text: machine, figures, comparisons with their aims, what was skipped. */
export function renderResult({ machine, programs, figures, comparisons, skipped, rounds }: BenchResult): string {
  const { cores, processor, platform, load, node, cpython } = machine;
  const leftOut = programs.left_out.length === 0 ? '' : `, ${programs.left_out.length} left out`;
  const paragraphs = [
    `${cores} × ${processor}, ${platform}, load ${load.toFixed(2)} · Node ${node}, CPython ${cpython ?? 'none'}\n` +
      `${programs.measured} programs from ${programs.source}${leftOut} · ${rounds} rounds`,
    columns([
      ['figure', 'median', 'min', 'max', ''],
      ...figures.map(({ name, median, min, max, unit }) => [name, ...[median, min, max].map(amount), unit]),
    ]),
    columns([
      ['comparison', 'median', 'min', 'max', '', 'aim'],
      ...comparisons.map((comparison) => {
        const { name, median, min, max, unit } = comparison;
        return [name, ...[median, min, max].map(amount), unit, aimOf(comparison)];
      }),
    ]),
    skipped.map(({ scenario, reason }) => `skipped ${scenario}: ${reason}`).join('\n'),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function aimOf({ at_least: least, at_most: most, unit, met }: Comparison): string {
  if (met === null) return '';
  const bound = least === null ? `≤ ${most}` : `≥ ${least}`;
  return `${bound} ${unit}: ${met ? 'met' : 'NOT MET'}`;
}

/** Three digits that count, more where there are more before the point. */
function amount(value: number): string {
  const digits = value === 0 ? 0 : 2 - Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(6, Math.max(0, digits)));
}

/** Rows of cells: the first column to the left, numbers to the right, no rows where there is only a head. */
function columns(rows: readonly (readonly string[])[]): string {
  if (rows.length < 2) return '';
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, cell.length)), []);
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at >= 1 && at <= 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)));
  return rows.map((row) => line(row).join('  ').trimEnd()).join('\n');
}
