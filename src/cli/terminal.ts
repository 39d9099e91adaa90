import type { WriteStream } from 'node:tty';

export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColourChoice = (typeof COLOUR_CHOICES)[number];

type Environment = Readonly<Record<string, string | undefined>>;
type Stream = Pick<WriteStream, 'isTTY' | 'columns'>;

/** Columns of a report that is not for a terminal or for one that does not say; on one, the least and the most. */
const DEFAULT_WIDTH = 100;
const NARROWEST = 60;
const WIDEST = 140;

/** `--color` first, then NO_COLOR and FORCE_COLOR (a value of 0 or false is no), then whether it is a terminal that can. */
export function wantsColour(choice: ColourChoice, stream: Stream, environment: Environment): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (isSet(environment.NO_COLOR)) return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}

/** Progress is for people who watch: a terminal, and not a build server's. */
export function wantsProgress(stream: Stream, environment: Environment): boolean {
  return stream.isTTY === true && environment.TERM !== 'dumb' && !isSet(environment.CI);
}

/** Columns to write for. A terminal of 0 columns is one that does not know. */
export function widthOf(stream: Stream): number {
  if (stream.isTTY !== true || !stream.columns) return DEFAULT_WIDTH;
  return Math.max(NARROWEST, Math.min(stream.columns, WIDEST));
}

export function defaultFormat(stream: Stream): 'full' | 'concise' {
  return stream.isTTY === true ? 'full' : 'concise';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
