import type { LengthClass, ModelFigures, Share } from '../model-bench/tally.ts';
import { shorten } from './printable.ts';

type ShareName = keyof ModelFigures['shares'];

const ROWS: readonly (readonly [ShareName, string, string])[] = [
  ['valid_format', 'valid format', 'traces'],
  ['state_exact', 'state exact', 'true frames'],
  ['action_exact', 'action exact', 'true frames'],
  ['key_match', 'key match', 'variables'],
  ['key_value_match', 'key+value match', 'variables'],
  ['pass_at_1', 'pass@1', 'results'],
  ['whole_trace', 'whole trace', 'traces'],
  ['frames_right', 'frames right', 'predicted frames, given true ones'],
];

/** In a guided run every wrong frame was put right, so that shares of the trace at its end say nothing of the model. */
const OF_THE_MODEL_WHEN_GUIDED: ReadonlySet<ShareName> = new Set(['whole_trace', 'frames_right']);

/** A model's figures as a table for people. @param data name of the data set */
export function renderModelFigures(figures: ModelFigures, data: string): string {
  const { predictor, mode, programs, shares } = figures;
  const who =
    predictor === null
      ? 'no model'
      : `${shorten(predictor.name, 40)} (${predictor.provider}, ${shorten(predictor.model ?? 'no name', 60)}, ${predictor.execution ?? 'not run'})`;
  const rows = ROWS.filter(([name]) => mode === 'free' || OF_THE_MODEL_WHEN_GUIDED.has(name));
  const parts = [
    `${who}, ${mode}, ${programs} programs of ${shorten(data, 60)}`,
    rows.map(([name, title, what]) => `${title.padEnd(16)} ${percent(shares[name])}  ${amount(shares[name])} ${what}`),
    firstDivergences(figures),
    costs(figures),
  ];
  return `${parts
    .map((part) => [part].flat().filter((line) => line !== ''))
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function firstDivergences({ lengths, kinds, mode, corrections }: ModelFigures): string[] {
  const what = mode === 'guided' ? 'first correction' : 'first divergence';
  const head = ['true frames', 'programs', 'control', 'state', 'format', 'none'];
  const rows = lengths.map((length) => [rangeOf(length), ...cellsOf(length)]);
  const counted = Object.entries(kinds).sort(([, a], [, b]) => b - a);
  return [
    `${what} by length and family:`,
    ...[head, ...rows].map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(12) : cell.padStart(9))).join('')),
    counted.length === 0 ? '' : `by kind: ${counted.map(([kind, number]) => `${kind} ${number}`).join(', ')}`,
    mode === 'guided' ? `corrections: ${corrections}` : '',
  ];
}

function cellsOf({ programs, control, state, format, none }: LengthClass): string[] {
  return [programs, control, state, format, none].map(String);
}

function costs(figures: ModelFigures): string[] {
  const { requests, tokens, predicted_frames: frames, first_frame_ms: first } = figures;
  const { prediction_ms: prediction, verification_ms: verification, left_out, stopped } = figures;
  const each = (ms: number) => (frames === 0 ? '-' : (ms / frames).toFixed(2));
  const share = prediction === 0 ? '-' : `${((verification / prediction) * 100).toFixed(1)} %`;
  return [
    `model: ${requests} requests, ${tokens} tokens, ${each(prediction)} ms a frame, first frame after ${first === null ? '-' : first.toFixed(1)} ms (median)`,
    `checking: ${each(verification)} ms a frame, ${share} of that`,
    listed('stopped by a limit', stopped),
    listed('left out', left_out),
  ];
}

/** Counts with their reasons, the most frequent ones first. Empty where there are none. */
export function listed(what: string, counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (entries.length === 0) return '';
  const sum = entries.reduce((total, [, number]) => total + number, 0);
  const shown = entries.slice(0, 8).map(([reason, number]) => `${number} × ${shorten(reason, 100)}`);
  return `${what}: ${sum} (${shown.join('; ')}${entries.length > shown.length ? '; …' : ''})`;
}

function percent({ part, whole }: Share): string {
  return whole === 0 ? '     -  ' : `${((part / whole) * 100).toFixed(2).padStart(6)} %`;
}

function amount({ part, whole }: Share): string {
  return `${part} of ${whole}`;
}

function rangeOf({ from, to }: LengthClass): string {
  return to === null ? `${from} and more` : `${from}–${to}`;
}
