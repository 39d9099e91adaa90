import type { ShadowArgument } from '../../core/shadow.ts';
import { Gaps } from '../exploration/gap.ts';
import { Inquiry } from '../exploration/inquiry.ts';
import type { ExploredPath } from '../exploration/path.ts';
import { callText, overArguments } from '../inputs/assignment.ts';
import { behaviourDifference } from '../outcomes/difference.ts';
import { fails, type QuestionAnswer, withoutWitness } from './answer.ts';
import { amongSeeds, explorationOf } from './inputs.ts';
import { inputWhere } from './path-query.ts';
import type { Observed, Subject, WitnessRun } from './subject.ts';

/** The interpreter's sides: the first version and the second. */
const FIRST = 0;
const SECOND = 1;

/** What the question looks at besides. */
export interface EquivalentOptions {
  /** Types of exceptions whose messages have to be equal, too. */
  readonly messagesOf?: ReadonlySet<string>;
  /** Gets an input of each path, and inputs that are thought to show a difference. */
  readonly onInput?: (args: readonly ShadowArgument[]) => void;
}

/**
 * Whether two versions of a function behave the same: returned value and its type, type of an exception, arguments after
 * the call, what is printed. The interpreter of the subject has both, as sides 0 and 1.
 *
 * @param except a Python condition on the parameters: inputs that meet it may differ
 */
export function equivalent(
  subject: Subject,
  except: string | undefined,
  options: EquivalentOptions = {},
): Promise<QuestionAnswer> {
  return new EquivalentQuestion(subject, except, options).answer();
}

class EquivalentQuestion {
  readonly #subject: Subject;
  readonly #except: string | undefined;
  readonly #options: EquivalentOptions;
  readonly #inquiry: Inquiry;
  readonly #doubts = new Gaps();

  constructor(subject: Subject, except: string | undefined, options: EquivalentOptions) {
    this.#subject = subject;
    this.#except = except;
    this.#options = options;
    this.#inquiry = new Inquiry(subject);
  }

  async answer(): Promise<QuestionAnswer> {
    const seeded = await amongSeeds(this.#subject, (args) => this.#witness(args));
    if (seeded !== undefined) return this.#differs(seeded);
    const exploration = explorationOf(this.#subject, this.#inquiry, (args) =>
      Promise.all([this.#shadow(args, FIRST), this.#shadow(args, SECOND)]),
    );
    for await (const path of exploration.paths()) {
      if (!path.inDomain) continue;
      this.#options.onInput?.(path.args);
      const witness = await this.#breach(path);
      if (witness !== undefined) return this.#differs(witness);
    }
    return withoutWitness(await exploration.coverage(), this.#doubts, 'both versions behave the same');
  }

  #differs(witness: WitnessRun): QuestionAnswer {
    return fails(witness, `for ${witness.call} one version gives ${witness.observed}, the other ${witness.other}`);
  }

  #shadow(args: readonly ShadowArgument[], side: number) {
    return this.#subject.interpreter.shadow(
      {
        function: this.#subject.function,
        args,
        ...(this.#except !== undefined && { requires: [`not (${this.#except})`] }),
      },
      side,
    );
  }

  async #breach(path: ExploredPath): Promise<WitnessRun | undefined> {
    const [first, second] = path.runs;
    if (first === undefined || second === undefined) return undefined;
    const difference = behaviourDifference(this.#inquiry.builder, first, second, this.#options.messagesOf);
    if (difference.kind === 'same') return undefined;
    if (difference.kind === 'where') {
      const found = await inputWhere(this.#inquiry, path, difference.ref);
      if (found.kind === 'none') return undefined;
      if (found.kind === 'unknown') {
        this.#doubts.add('solver-unknown', `the solver gave up on ${difference.what} (${found.reason})`);
        return undefined;
      }
      this.#options.onInput?.(found.args);
      const witness = await this.#witness(found.args);
      if (witness === undefined)
        this.#doubts.add('unsupported', `a difference in ${difference.what} did not show in a replay`);
      return witness;
    }
    const witness = await this.#witness(path.args);
    if (witness === undefined) this.#doubts.add('unsupported', `${difference.what} could not be compared`);
    return witness;
  }

  /** Replays one input on both sides; undefined where they agree. */
  async #witness(args: readonly ShadowArgument[]): Promise<WitnessRun | undefined> {
    const { interpreter, function: name } = this.#subject;
    const call = callText(name, args);
    if (call === undefined) return undefined;
    if (this.#except !== undefined) {
      const excepted = await interpreter.replay(overArguments(args, `bool(${this.#except})`), FIRST);
      if (excepted.kind !== 'returned' || excepted.repr !== 'False') return undefined;
    }
    const [first, second] = await Promise.all([interpreter.observe(call, FIRST), interpreter.observe(call, SECOND)]);
    const seen = difference(first, second);
    return seen && { args, call, expected: null, observed: seen[0], other: seen[1] };
  }
}

/** The first thing in which two calls differ, as a text for each side; undefined where they do not. */
function difference(a: Observed, b: Observed): readonly [string, string] | undefined {
  // A run that was stopped shows nothing.
  if (a.outcome === null || b.outcome === null) return undefined;
  const [endA, endB] = [inWords(a.outcome), inWords(b.outcome)];
  if (endA !== endB) return [endA, endB];
  if (a.stdout !== b.stdout) return [`prints ${JSON.stringify(a.stdout)}`, `prints ${JSON.stringify(b.stdout)}`];
  const changed = a.after.findIndex((text, at) => text !== b.after[at]);
  if (changed < 0) return undefined;
  const place = `${endA}, and argument ${changed + 1} is then`;
  return [`${place} ${a.after[changed]}`, `${place} ${b.after[changed]}`];
}

function inWords({ kind, text }: NonNullable<Observed['outcome']>): string {
  return kind === 'returned' ? text : `raises ${text}`;
}
