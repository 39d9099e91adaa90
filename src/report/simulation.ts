import type { VerifyResponse } from '../../core/verdict.ts';
import type { PredictorFigures, SimulatedFrame, SimulateResponse } from '../simulate/simulate-request.ts';
import { DIVERGENCE_CODES } from './codes.ts';
import { diagnose } from './diagnostic.ts';
import { shorten } from './printable.ts';
import type { Mark, View } from './result.ts';

/** Writes a simulation while it goes on: a text for each frame, and one for the end. */
export interface SimulationRenderer {
  frame(frame: SimulatedFrame): string;
  done(response: SimulateResponse): string;
}

/** @param file the program's name, for places in it */
export type CreateSimulationRenderer = (view: View, file: string) => SimulationRenderer;

/** Every format of `assay simulate`, by the name that `--format` takes. */
export const SIMULATION_FORMATS = { full, concise, json, jsonl } as const satisfies Record<
  string,
  CreateSimulationRenderer
>;
export type SimulationFormatName = keyof typeof SIMULATION_FORMATS;
export const SIMULATION_FORMAT_NAMES = Object.keys(SIMULATION_FORMATS) as readonly SimulationFormatName[];

const MARKS: Readonly<Record<SimulatedFrame['verdict'], Mark>> = {
  given: 'faint',
  right: 'right',
  wrong: 'wrong',
  unjudged: 'unsure',
};

/** One line a frame, with what is wrong under it. */
function full(view: View): SimulationRenderer {
  return {
    frame({ index, verdict, predicted, observed, divergence, corrected }) {
      const number = String(index + 1).padStart(5);
      const shown = lineOf(verdict === 'wrong' ? (predicted ?? observed) : (observed ?? predicted), view.width - 18);
      const text = `${number}  ${view.style(MARKS[verdict], verdict.padEnd(8))}  ${shown}\n`;
      if (divergence === null) return text;
      const code = view.style(MARKS[verdict], DIVERGENCE_CODES[divergence.kind]);
      const put = corrected === undefined ? '' : `\n         put right: ${lineOf(corrected, view.width - 20)}`;
      return `${text}         ${code} ${shorten(divergence.message, view.width * 2)}${put}\n`;
    },
    done: (response) => `\n${verdictLine(response, view)}\n${figureLines(response.predictor).join('\n')}\n`,
  };
}

/** One line a mistake, and one for the end. */
function concise(view: View, file: string): SimulationRenderer {
  return {
    frame({ divergence, verdict, corrected }) {
      if (divergence === null) return '';
      const place = divergence.line === null ? file : `${file}:${divergence.line}`;
      const code = view.style(MARKS[verdict], DIVERGENCE_CODES[divergence.kind]);
      const done = corrected === undefined ? '' : 'corrected: ';
      return `${shorten(place, view.width)}: ${code} ${done}${shorten(divergence.message, 180)}\n`;
    },
    done: (response) => `${shorten(file, view.width)}: ${verdictLine(response, view)}\n`,
  };
}

/** One event a line. */
function jsonl(): SimulationRenderer {
  return {
    frame: (data) => `${JSON.stringify({ event: 'frame', data })}\n`,
    done: (data) => `${JSON.stringify({ event: 'done', data })}\n`,
  };
}

/** One document: the response, with the frames as `trace`. */
function json(): SimulationRenderer {
  const trace: SimulatedFrame[] = [];
  return {
    frame(frame) {
      trace.push(frame);
      return '';
    },
    done: (response) => `${JSON.stringify({ ...response, trace })}\n`,
  };
}

function verdictLine(response: SimulateResponse, view: View): string {
  const { predictor, status } = response;
  const mark: Mark = status === 'verified' ? 'right' : status === 'inconclusive' ? 'unsure' : 'wrong';
  const told = `${count(predictor.frames, 'frame')} by ${shorten(predictor.name, 40)}, ${predictor.right} right`;
  const corrected = predictor.mode === 'guided' ? `, ${count(predictor.corrections.length, 'correction')}` : '';
  return `${view.style(mark, status)} (${predictor.mode}): ${told}${corrected}${reasonOf(response)}`;
}

function reasonOf(response: VerifyResponse): string {
  const found = diagnose(response, 60);
  return found === null ? '' : `; ${found.headline}`;
}

function figureLines(figures: PredictorFigures): string[] {
  const { mistakes, mode, echoes, unfollowed, tokens, prediction_ms, verification_ms, stopped } = figures;
  const lines = [
    `mistakes: ${mistakes.control} control, ${mistakes.state} state, ${mistakes.format} format${
      mode === 'free' ? `; behind the first, ${echoes} frames echo it and ${unfollowed} do not` : ''
    }`,
    `model: ${shorten(figures.model ?? figures.name, 60)} (${figures.provider}, ${figures.execution ?? 'not run'}), ` +
      `${count(figures.requests, 'request')}, ${count(tokens, 'token')} in ${prediction_ms.toFixed(0)} ms${rateOf(figures)}`,
    `checking: ${verification_ms.toFixed(1)} ms`,
  ];
  if (stopped !== null) lines.push(`stopped (${stopped.reason}): ${shorten(stopped.detail, 200)}`);
  return lines;
}

function rateOf({ tokens, prediction_ms: ms }: PredictorFigures): string {
  return ms > 0 && tokens > 1 ? `, ${((tokens / ms) * 1000).toFixed(0)} a second` : '';
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

const PARTS =
  /^<\|([a-z]+)_sep\|>([\s\S]*?)<\|action_sep\|>([^\n]*)\n?(?:<\|arg_sep\|>)?([\s\S]*?)(?:<\|frame_sep\|>)?$/;

/** A frame on one line: its kind, its source line, and then its locals or its value. */
function lineOf(frame: string | null, width: number): string {
  if (frame === null) return '(nothing)';
  const [, kind = '', locals = '', source = '', value = ''] = PARTS.exec(frame.slice(0, 4_096)) ?? [];
  const text =
    kind === '' ? frame.replaceAll(/\s+/g, ' ') : `${kind.padEnd(9)} ${source.trimEnd()}  ${locals || value}`;
  return shorten(text, Math.max(20, width));
}
