import type { CallRecord } from '../../core/call-record.ts';
import { type DifferenceKind, type Domain, differenceOf, sameRecord } from './difference.ts';
import type { DrivenModule } from './driver.ts';
import { expressionOf, type Scenario } from './inputs/scenario.ts';
import { CHECK_BUDGET, type Runner, type SessionRun } from './runner.ts';

/** Both versions of a module, which the same calls are made on. */
export interface Sides {
  readonly base: DrivenModule;
  readonly head: DrivenModule;
}

/** What a scenario did on both sides, up to its first difference. */
export interface Trial {
  readonly scenario: Scenario;
  /** Index of the step that differs, and how; undefined where none does. */
  readonly difference: { readonly step: number; readonly kind: DifferenceKind } | undefined;
  readonly base: readonly CallRecord[];
  readonly head: readonly CallRecord[];
}

/** How often a batch is begun again behind a call that ended the run. */
const MOST_RESTARTS = 6;
/** A side that takes this many times the steps of the other, and more than a long budget, is called endless. */
const ENDLESS_FACTOR = 50;
const LONG_BUDGET = { ...CHECK_BUDGET, steps: 2_000_000, ms: 10_000 };

/** Makes scenarios on both sides and compares what they do. */
export class Trials {
  readonly #runner: Runner;
  readonly #sides: Sides;
  /** Scenarios that came to their end on both sides. */
  compared = 0;

  constructor(runner: Runner, sides: Sides) {
    this.#runner = runner;
    this.#sides = sides;
  }

  /** Runs the base alone; for finding out which input it takes. */
  probe(calls: readonly string[]): Promise<SessionRun> {
    return this.#runner.session(this.#sides.base, calls);
  }

  /** Makes scenarios one after the other in one interpreter a side. A scenario that the base does not end is left out. */
  async together(scenarios: readonly Scenario[], domain: Domain): Promise<Trial[]> {
    const done: Trial[] = [];
    let rest = scenarios;
    for (let restart = 0; rest.length > 0 && restart < MOST_RESTARTS; restart++) {
      const calls = rest.flatMap((scenario) => scenario.map(expressionOf));
      const [base, head] = await Promise.all([
        this.#runner.session(this.#sides.base, calls),
        this.#runner.session(this.#sides.head, calls),
      ]);
      if (!base.loaded || !head.loaded) return done;
      const finished = this.#take(rest, base.records, head.records, domain, done);
      rest = rest.slice(finished + 1);
    }
    return done;
  }

  /** @returns index of the scenario in which a run was stopped, or of the last one */
  #take(
    scenarios: readonly Scenario[],
    base: readonly CallRecord[],
    head: readonly CallRecord[],
    domain: Domain,
    done: Trial[],
  ): number {
    let at = 0;
    for (const [index, scenario] of scenarios.entries()) {
      const ours = base.slice(at, at + scenario.length);
      const theirs = head.slice(at, at + scenario.length);
      at += scenario.length;
      const stopped = [...ours, ...theirs].some(({ outcome }) => outcome.kind === 'halted');
      const ended = ours.every(({ outcome }) => outcome.kind !== 'halted');
      const trial = trialOf(scenario, ours, theirs, domain);
      if (ended) this.compared++;
      if (ended || trial.difference !== undefined) done.push(trial);
      if (stopped || ours.length < scenario.length || theirs.length < scenario.length) return index;
    }
    return scenarios.length - 1;
  }

  /** Makes one scenario alone on both sides, each in an interpreter of its own. */
  async alone(scenario: Scenario, domain: Domain): Promise<Trial> {
    const calls = scenario.map(expressionOf);
    const [base, head] = await Promise.all([
      this.#runner.session(this.#sides.base, calls),
      this.#runner.session(this.#sides.head, calls),
    ]);
    const trial = trialOf(scenario, base.records, head.records, domain);
    const kind = trial.difference?.kind;
    if (kind !== 'endless' && kind !== 'ends') return trial;
    const [ended, other] = kind === 'endless' ? ([base, 'head'] as const) : ([head, 'base'] as const);
    return (await this.#isEndless(calls, ended, other)) ? trial : { ...trial, difference: undefined };
  }

  /** A side that only needs longer than the one that ended is not endless. */
  async #isEndless(calls: readonly string[], ended: SessionRun, side: keyof Sides): Promise<boolean> {
    const steps = ended.records.reduce((sum, record) => sum + record.steps, 0);
    if (steps * ENDLESS_FACTOR > LONG_BUDGET.steps) return false;
    const again = await this.#runner.session(this.#sides[side], calls, { budget: LONG_BUDGET });
    return again.ended.kind === 'halted' && again.ended.reason === 'steps';
  }

  /** Whether both sides do in another world what they did: other addresses, entropy and clock. */
  async isSteady({ scenario, base, head, difference }: Trial): Promise<boolean> {
    if (difference === undefined || ['endless', 'ends', 'tampered'].includes(difference.kind)) return true;
    const calls = scenario.map(expressionOf);
    const [baseAgain, headAgain] = await Promise.all([
      this.#runner.session(this.#sides.base, calls, { variant: 'other world' }),
      this.#runner.session(this.#sides.head, calls, { variant: 'other world' }),
    ]);
    return sameRecords(base, baseAgain.records) && sameRecords(head, headAgain.records);
  }
}

function sameRecords(before: readonly CallRecord[], again: readonly CallRecord[]): boolean {
  return before.every((record, index) => {
    const other = again[index];
    return other !== undefined && sameRecord(record, other);
  });
}

function trialOf(scenario: Scenario, base: readonly CallRecord[], head: readonly CallRecord[], domain: Domain): Trial {
  for (const [step, before] of base.entries()) {
    const after = head[step];
    const kind = after === undefined ? undefined : differenceOf(before, after, domain);
    if (kind === undefined) continue;
    const upTo = step + 1;
    return {
      scenario: scenario.slice(0, upTo),
      difference: { step, kind },
      base: base.slice(0, upTo),
      head: head.slice(0, upTo),
    };
  }
  return { scenario, difference: undefined, base, head };
}
