import type { Behaviour, BehaviourSource, ComparedFunction, FoundWitness } from './behaviour.ts';
import { type Domain, isRejection } from './difference.ts';
import { type Combination, isFullyTyped, Planner, writtenStep } from './inputs/plan.ts';
import { expressionOf, type Scenario } from './inputs/scenario.ts';
import { Random } from './random.ts';
import { shrink } from './shrink.ts';
import type { Trial } from './trial.ts';

/** Scenarios that run in one interpreter. */
const BATCH = 40;
/** Size of the inputs that show what a function takes. */
const PROBE_SIZE = 3;
/** Witnesses that are looked at before all differences of a function are put down to chance. */
const MOST_UNSTEADY = 3;

/**
 * Looks at given calls alone.
 *
 * @param meant whether they are of the kind that the function is meant for
 */
export function tryScenarios(
  compared: ComparedFunction,
  scenarios: readonly Scenario[],
  meant: boolean,
): Promise<FoundWitness | undefined> {
  return new Search(compared).among(scenarios, meant);
}

/** Looks for a difference by running both versions on the same inputs. Finds some, and shows that there are none never. */
export const concreteSearch: BehaviourSource = {
  name: 'search',
  compare: (compared) => new Search(compared).run(),
};

class Search {
  readonly #compared: ComparedFunction;
  readonly #random: Random;
  readonly #planner: Planner;
  readonly #raised: ReadonlySet<string>;
  readonly #meant: boolean;
  #unsteady = 0;
  /** A difference on input that may be of a wrong kind: the head rejects it. It counts where no other is found. */
  #weak: FoundWitness | undefined;

  constructor(compared: ComparedFunction) {
    const { base, head, seed, callee, sources } = compared;
    this.#compared = compared;
    this.#random = new Random([String(seed), head.qualname]);
    this.#planner = new Planner(callee, sources, this.#random);
    this.#raised = new Set([...Object.keys(base.raises), ...Object.keys(head.raises)]);
    this.#meant = isFullyTyped(callee);
  }

  async run(): Promise<Behaviour> {
    const { written, head, trials, inputs, until } = this.#compared;
    if (performance.now() >= until) return overTime(0);
    const asWritten = written.map((args): Scenario => [writtenStep(head, args)]);
    // Twice, for what is kept between calls.
    const found = await this.#tryAll([...asWritten, ...asWritten], { meant: true, raised: this.#raised });
    if (found !== undefined) return { status: 'differs', witness: found };
    const combinations = await this.#accepted();
    const domain = { meant: this.#meant, raised: this.#raised };
    for (let tried = 0; tried < inputs && combinations.length > 0; tried += BATCH) {
      const size = Math.floor((tried / inputs) * 8) + 1;
      const batch = Array.from({ length: Math.min(BATCH, inputs - tried) }, () =>
        this.#planner.scenario(combinations, size),
      );
      const witness = await this.#tryAll(batch, domain);
      if (witness !== undefined) return { status: 'differs', witness };
      if (this.#unsteady >= MOST_UNSTEADY) break;
      if (performance.now() >= until) return overTime(trials.compared);
    }
    return this.#unknown(trials.compared, combinations.length);
  }

  async among(scenarios: readonly Scenario[], meant: boolean): Promise<FoundWitness | undefined> {
    return await this.#tryAll(scenarios, { meant, raised: this.#raised });
  }

  #unknown(inputs: number, combinations: number): Behaviour {
    if (this.#weak !== undefined) return { status: 'differs', witness: this.#weak };
    if (this.#unsteady > 0) {
      const detail = 'what it does depends on memory addresses, entropy or the clock';
      return { status: 'unknown', reason: 'nondeterministic', inputs, detail };
    }
    if (inputs === 0 || (combinations === 0 && this.#compared.written.length === 0)) {
      return { status: 'unknown', reason: 'no-input', inputs, detail: 'no input was found that the base accepts' };
    }
    return { status: 'unknown', reason: 'no-difference-found', inputs, detail: `no difference in ${inputs} inputs` };
  }

  /** Combinations of shapes that the base does not answer as input of a wrong kind. */
  async #accepted(): Promise<readonly Combination[]> {
    const combinations = this.#planner.combinations();
    if (combinations.length <= 1) return combinations;
    // Three looks at each: a value of the right kind may still be rejected, as an index that is out of range is not.
    const looks = combinations.flatMap((one) => [one, one, one]);
    const steps = looks.map((one) => this.#planner.step(one, PROBE_SIZE, true));
    const accepted = new Set<Combination>();
    let rest = steps.map((step, index) => [step, looks[index]] as const);
    for (let restart = 0; rest.length > 0 && restart < 8; restart++) {
      const { loaded, records } = await this.#compared.trials.probe(rest.map(([step]) => expressionOf(step)));
      if (!loaded) return [];
      for (const [index, record] of records.entries()) {
        const combination = rest[index]?.[1];
        if (combination !== undefined && record.outcome.kind !== 'halted' && !isRejection(record)) {
          accepted.add(combination);
        }
      }
      rest = rest.slice(records.length);
    }
    return [...accepted];
  }

  async #tryAll(scenarios: readonly Scenario[], domain: Domain): Promise<FoundWitness | undefined> {
    for (let start = 0; start < scenarios.length; start += BATCH) {
      const batch = scenarios.slice(start, start + BATCH);
      const trials = await this.#compared.trials.together(batch, domain);
      for (const [index, trial] of trials.entries()) {
        if (trial.difference === undefined) continue;
        const isWeak = isRejected(trial, domain);
        if (isWeak && this.#weak !== undefined) continue;
        const witness = await this.#confirm(trial, trials.slice(0, index), domain);
        if (isWeak) this.#weak = witness;
        else if (witness !== undefined) return witness;
        if (this.#unsteady >= MOST_UNSTEADY) return undefined;
      }
    }
    return undefined;
  }

  /** A difference counts once it was seen in interpreters of its own, and again in another world. */
  async #confirm(trial: Trial, before: readonly Trial[], domain: Domain): Promise<FoundWitness | undefined> {
    const { trials } = this.#compared;
    let alone = await trials.alone(trial.scenario, domain);
    if (alone.difference === undefined) {
      // What came before it may have been needed.
      const whole = [...before.flatMap(({ scenario }) => scenario), ...trial.scenario];
      alone = await trials.alone(whole, domain);
      if (alone.difference === undefined) return undefined;
    }
    if (!(await trials.isSteady(alone))) {
      this.#unsteady++;
      return undefined;
    }
    const least = await shrink(alone, trials, domain);
    return witnessOf((await trials.isSteady(least)) ? least : alone);
  }
}

/** Whether a trial differs in that the head answers input, of which nobody said that it is meant, as one of a wrong kind. */
function isRejected({ difference, head }: Trial, { meant }: Domain): boolean {
  const last = head.at(-1);
  return !meant && difference?.kind === 'raises' && last !== undefined && isRejection(last);
}

function overTime(inputs: number): Behaviour {
  const detail =
    inputs === 0 ? 'the time was used up' : `no difference in ${inputs} inputs before the time was used up`;
  return { status: 'unknown', reason: 'budget', inputs, detail };
}

function witnessOf({ scenario, difference, base, head }: Trial): FoundWitness | undefined {
  const ours = base.at(-1);
  const theirs = head.at(-1);
  if (difference === undefined || ours === undefined || theirs === undefined) return undefined;
  return { scenario, kind: difference.kind, base: ours, head: theirs };
}
