import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios/list.ts';

/** What the command line asks for. */
export interface Options {
  /** Names of scenarios. */
  readonly only: readonly string[];
  readonly rounds: number;
  /** How long one round of a throughput goes on, at least. */
  readonly seconds: number;
  /** Programs that are measured, at most. */
  readonly programs: number;
  /** Where the figures are written. */
  readonly json: string;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const NAMES = SCENARIOS.map(({ name }) => name);

/** @returns null where only the usage is asked for. @throws UsageError */
export function readOptions(args: readonly string[], defaultJson: string): Options | null {
  const { help, only, rounds, seconds, programs, json } = parse(args);
  if (help === true) return null;
  return {
    only: only === undefined ? NAMES : chosen(only),
    rounds: number('rounds', rounds, 5, { least: 1, most: 1000, whole: true }),
    seconds: number('seconds', seconds, 1.5, { least: 0, most: 600, whole: false }),
    programs: number('programs', programs, 100_000, { least: 1, most: 100_000, whole: true }),
    json: json ?? defaultJson,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean' },
        only: { type: 'string' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        programs: { type: 'string' },
        json: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function chosen(only: string): string[] {
  const names = only.split(',').filter((name) => name !== '');
  const unknown = names.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new UsageError(`no scenario is called ${unknown}: there are ${NAMES.join(', ')}`);
  if (names.length === 0) throw new UsageError('--only names no scenario');
  return names;
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

function number(name: string, text: string | undefined, otherwise: number, { least, most, whole }: Range): number {
  if (text === undefined) return otherwise;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
    throw new UsageError(`--${name} ${text}: a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
  }
  return value;
}

export const USAGE = `Measures Assay, and CPython beside it.

npm run bench -- [--only NAME,NAME] [--rounds N] [--seconds S] [--programs N] [--json FILE]

  --only      scenarios to run (all): ${NAMES.join(', ')}
  --rounds    how often each is measured, in turn with the others (5); one more round before them warms up
  --seconds   how long a round of a throughput lasts, at least (1.5)
  --programs  how many programs at most, spread over all of them (all)
  --json      where the figures are written (bench/results/latest.json)
`;
