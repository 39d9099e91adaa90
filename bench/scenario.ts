import type { Item, Workload } from './workload.ts';

/** Unit of each figure that a scenario measures, by the figure's name. */
export type Units = Readonly<Record<string, string>>;

/** What one round of a scenario measured: a value for each figure, in its unit. A figure may be missing. */
export type Measured = Readonly<Record<string, number>>;

/** A scenario that is set up: its processes and threads are there, and wait. */
export interface Runner extends AsyncDisposable {
  /**
   * Measures once.
   *
   * @param sample the programs of this round, the same for every scenario
   * @param seconds how long to go on where more time gives a better figure
   * @throws Error where an answer is wrong: a wrong answer has no speed
   */
  round(sample: readonly Item[], seconds: number): Promise<Measured>;
}

/** One row, or a few that are measured together. A new one is a file in `scenarios/` and its line in the list. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly units: Units;
  /** Needs a CPython on this machine. */
  readonly cpython?: boolean;
  /** Reads `/proc`. */
  readonly linux?: boolean;
  /** Sets it up; nothing of this is measured. */
  open(workload: Workload): Runner | Promise<Runner>;
}

/** How a figure is named outside its scenario. */
export function figureName(scenario: string, figure: string): string {
  return `${scenario}.${figure}`;
}
