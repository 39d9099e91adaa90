import type { ShadowArgument } from '../../core/shadow.ts';
import { Gaps } from '../exploration/gap.ts';
import { Inquiry } from '../exploration/inquiry.ts';
import type { ExploredPath } from '../exploration/path.ts';
import { callText, overArguments } from '../inputs/assignment.ts';
import { fails, type QuestionAnswer, withoutWitness } from './answer.ts';
import { amongSeeds, explorationOf } from './inputs.ts';
import { inputWhere } from './path-query.ts';
import type { Replayed, Subject, WitnessRun } from './subject.ts';

/** A property of a function: Python expressions over its parameters as they were before the call, and `result`. */
export interface Property {
  readonly requires?: string | undefined;
  readonly ensures: string;
}

/**
 * Whether a function keeps a property for all inputs that meet the precondition. An exception breaks it.
 * Seeded inputs are run first, which finds most breaches; then every path is run, and on each the solver is asked for an
 * input that breaks the property.
 */
export function always(subject: Subject, property: Property): Promise<QuestionAnswer> {
  return new AlwaysQuestion(subject, property).answer();
}

class AlwaysQuestion {
  readonly #subject: Subject;
  readonly #property: Property;
  readonly #inquiry: Inquiry;
  readonly #doubts = new Gaps();

  constructor(subject: Subject, property: Property) {
    this.#subject = subject;
    this.#property = property;
    this.#inquiry = new Inquiry(subject);
  }

  async answer(): Promise<QuestionAnswer> {
    const seeded = await amongSeeds(this.#subject, (args) => this.#witness(args));
    if (seeded !== undefined) return this.#broken(seeded);
    const exploration = explorationOf(this.#subject, this.#inquiry, async (args) => [await this.#shadow(args)]);
    for await (const path of exploration.paths()) {
      if (!path.inDomain) continue;
      const witness = await this.#breach(path);
      if (witness !== undefined) return this.#broken(witness);
    }
    return withoutWitness(await exploration.coverage(), this.#doubts, `\`${this.#property.ensures}\` holds`);
  }

  #broken(witness: WitnessRun): QuestionAnswer {
    return fails(witness, `\`${this.#property.ensures}\` does not hold for ${witness.call}: ${witness.observed}`);
  }

  #shadow(args: readonly ShadowArgument[]) {
    const { requires, ensures } = this.#property;
    return this.#subject.interpreter.shadow({
      function: this.#subject.function,
      args,
      ensures,
      ...(requires !== undefined && { requires: [requires] }),
    });
  }

  /** An input of the path that breaks the property. What cannot be settled becomes a doubt. */
  async #breach(path: ExploredPath): Promise<WitnessRun | undefined> {
    const imported = path.runs[0];
    if (imported === undefined) return undefined;
    const { run, refs } = imported;
    const { ensured, outcome } = run;
    const brokenHere = outcome.kind === 'raised' || ensured === null || (ensured.t === 'bool' && !ensured.v);
    if (outcome.kind === 'halted') return this.#witness(path.args);
    if (brokenHere) {
      const witness = await this.#witness(path.args);
      if (witness === undefined)
        this.#doubts.add('unsupported', 'a breach that the terms show did not show in a replay');
      return witness;
    }
    if (ensured.t !== 'bool') throw new Error('a property’s value is no truth value');
    const term = ensured.term === undefined ? undefined : refs[ensured.term];
    if (term === undefined) return undefined;
    const found = await inputWhere(this.#inquiry, path, this.#inquiry.builder.holding(term, false));
    if (found.kind === 'unknown') this.#doubts.add('solver-unknown', `the solver gave up on a path (${found.reason})`);
    if (found.kind !== 'found') return undefined;
    const witness = await this.#witness(found.args);
    if (witness === undefined)
      this.#doubts.add('unsupported', 'an input that the solver found did not show in a replay');
    return witness;
  }

  /** Replays one input, precondition and property by themselves; undefined where it breaks nothing. */
  async #witness(args: readonly ShadowArgument[]): Promise<WitnessRun | undefined> {
    const { interpreter, function: name } = this.#subject;
    const call = callText(name, args);
    if (call === undefined) return undefined;
    const { requires, ensures } = this.#property;
    if (requires !== undefined && !isTrue(await interpreter.replay(overArguments(args, `bool(${requires})`))))
      return undefined;
    const outcome = await interpreter.replay(call);
    if (outcome.kind === 'halted') return undefined;
    const observed = outcome.kind === 'returned' ? outcome.repr : `raises ${outcome.type}`;
    const witness: WitnessRun = { args, call, expected: ensures, observed, other: null };
    if (outcome.kind === 'raised') return witness;
    const checked = await interpreter.replay(overArguments(args, `(lambda result: bool(${ensures}))(${call})`));
    if (checked.kind === 'halted' || isTrue(checked)) return undefined;
    return checked.kind === 'raised'
      ? { ...witness, observed: `${observed}, where the property raises ${checked.type}` }
      : witness;
  }
}

function isTrue(replayed: Replayed): boolean {
  return replayed.kind === 'returned' && replayed.repr === 'True';
}
