import { figureName, type Runner, type Scenario } from './scenario.ts';
import type { Item } from './workload.ts';

/** More programs than this in one round would only make the slowest scenario slower. */
const SAMPLE = 160;

export interface Entrant {
  readonly scenario: Scenario;
  readonly runner: Runner;
}

/** Values of each figure, one a round; NaN where a round had none. */
export type Series = Map<string, number[]>;

/**
 * The programs of a round: each scenario gets the same ones, and the rounds together go through all of them as far as
 * the size of a sample allows.
 *
 * @param round from 0
 */
export function sampleOf<T>(items: readonly T[], round: number, rounds: number): T[] {
  const stride = Math.max(rounds, Math.ceil(items.length / SAMPLE));
  const sample = items.filter((_, index) => index % stride === round % stride);
  return sample.length > 0 ? sample : [...items];
}

/**
 * Measures each entrant once a round, in turn: a machine that is busy for a while is so for all. A round before the
 * first warms up and does not count.
 *
 * @param report is told what comes next
 */
export async function runRounds(
  entrants: readonly Entrant[],
  items: readonly Item[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  report: (line: string) => void,
): Promise<Series> {
  const series: Series = new Map();
  for (let round = -1; round < rounds; round++) {
    const sample = sampleOf(items, Math.max(0, round), rounds);
    for (const { scenario, runner } of entrants) {
      report(`${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`}: ${scenario.name}`);
      const measured = await runner.round(sample, seconds);
      if (round < 0) continue;
      for (const figure of Object.keys(scenario.units)) {
        const name = figureName(scenario.name, figure);
        const values = series.get(name) ?? [];
        series.set(name, values);
        values.push(measured[figure] ?? Number.NaN);
      }
    }
  }
  return series;
}
