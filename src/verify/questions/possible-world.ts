import type { Claim } from '../../../core/claim.ts';
import type { UnknownSource, World } from '../../../core/program.ts';
import type { ShadowArgument, ShadowValue } from '../../../core/shadow.ts';
import type { VerifyRequest, VerifyResponse, Witness } from '../../../core/verdict.ts';
import { possible, type WantedEnd } from '../../../symbolic/questions/possible.ts';
import { BudgetedSolver } from '../../../symbolic/solver/budgeted.ts';
import { RecordedSolver } from '../../../symbolic/solver/recorded.ts';
import type { CallOptions } from '../assay.ts';
import { inconclusive, type Judgement } from '../judgement.ts';
import type { Engine } from '../pipeline.ts';
import { type Question, resolveQuestion } from '../question.ts';
import { entryCall } from './entry-call.ts';
import { PooledInterpreter } from './interpreter.ts';
import { readLiteral } from './literal.ts';
import { limitsOf } from './subject.ts';
import { judgeImpossible } from './verdict.ts';

/** Seeds that are tried for values of chance. */
const SEEDS = 100;
/** Draws of each source that the search may choose; later ones are the world's. */
const DRAWS = 12;

/** Verifies a claim in a world that is known. */
export type VerifyKnown = (request: VerifyRequest) => Promise<VerifyResponse>;

/** The verdict, and the judgement that takes its place. */
export interface PossibleVerdict {
  readonly response: VerifyResponse;
  /** Null where the response stands: some world makes the claim right. */
  readonly judgement: Judgement | null;
}

/**
 * Verifies a claim in a world of which parts are unknown: it is verified where a replay in some world shows it, and refuted
 * where none can.
 *
 * @throws what verifying throws
 */
export async function verifyPossible(
  engine: Engine,
  request: VerifyRequest,
  unknown: readonly UnknownSource[],
  call: CallOptions,
  verify: VerifyKnown,
): Promise<PossibleVerdict> {
  return await new WorldSearch(engine, request, unknown, call, verify).search();
}

class WorldSearch {
  readonly #engine: Engine;
  readonly #request: VerifyRequest;
  readonly #unknown: ReadonlySet<UnknownSource>;
  readonly #call: CallOptions;
  readonly #verify: VerifyKnown;
  readonly #stated: World;
  readonly #question: Question;

  constructor(
    engine: Engine,
    request: VerifyRequest,
    unknown: readonly UnknownSource[],
    call: CallOptions,
    verify: VerifyKnown,
  ) {
    this.#engine = engine;
    this.#request = request;
    this.#unknown = new Set(unknown);
    this.#call = call;
    this.#verify = verify;
    const { unknown: _, ...stated } = request.program?.world ?? {};
    this.#stated = stated;
    this.#question = resolveQuestion(request);
  }

  async search(): Promise<PossibleVerdict> {
    const { program, budget } = this.#question;
    await this.#engine.startFor(program.python);
    const limits = limitsOf(budget, this.#call);
    const first = await this.#in({});
    if (first.status === 'verified') return this.#shown(first, {});
    if (this.#unknown.has('random')) {
      for (let seed = 1; seed <= SEEDS && performance.now() < limits.until; seed++) {
        const response = await this.#in({ seed });
        if (response.status === 'verified') return this.#shown(response, { seed });
      }
    }
    return await this.#byTerms(first, limits);
  }

  #in(change: World): Promise<VerifyResponse> {
    const { program, ...rest } = this.#request;
    if (program === undefined) return this.#verify(this.#request);
    return this.#verify({ ...rest, program: { ...program, world: { ...this.#stated, ...change } } });
  }

  #shown(response: VerifyResponse, change: World): PossibleVerdict {
    const { output } = response;
    const witness: Witness = {
      call: entryCall(this.#question.program) ?? 'the script',
      expected: null,
      observed: output?.returns ?? output?.raises ?? null,
      other: null,
      world: { ...this.#stated, ...change },
    };
    return { response: { ...response, witness }, judgement: null };
  }

  async #byTerms(first: VerifyResponse, limits: ReturnType<typeof limitsOf>): Promise<PossibleVerdict> {
    const undecided = inconclusive('nondeterministic', 'no world that was tried shows the claim');
    const wanted = await this.#wanted(this.#question.claim);
    if (wanted === undefined) return { response: first, judgement: undecided };
    const { program, budget } = this.#question;
    const recorded = new RecordedSolver(this.#engine.solver);
    const solver = new BudgetedSolver(recorded, { rlimit: budget.rlimit, ms: budget.ms });
    const { draws, bounds } = this.#draws();
    const world = {
      draws,
      bounds,
      run: async (chosen: readonly ShadowArgument[]) => {
        const { stdin = program.world.stdin } = this.#worldOf(chosen);
        const interpreter = new PooledInterpreter(
          this.#engine,
          [{ ...program, world: { ...program.world, stdin } }],
          budget,
          this.#call,
        );
        const numbers = chosen.flatMap(({ name, value }) => (value.t === 'int' ? [[name, value.v] as const] : []));
        return await interpreter.shadow({
          unknown: [...this.#unknown],
          concrete: true,
          draws: Object.fromEntries(numbers),
        });
      },
      replay: async (chosen: readonly ShadowArgument[]) => {
        const change = this.#worldOf(chosen);
        const response = await this.#in(change);
        return response.status === 'verified' ? this.#shown(response, change) : undefined;
      },
    };
    const unruled = this.#unruled();
    const { found, answer } = await possible({ solver, limits }, world, wanted);
    if (found !== null) return found;
    if (answer === null) throw new Error('a search ended with neither a world nor an answer');
    const judgement =
      unruled === undefined
        ? judgeImpossible(answer, recorded)
        : inconclusive('unsupported', `no world that was tried shows the claim; \`${unruled}\` has no terms`);
    return { response: first, judgement };
  }

  /** A name in the source that may lead to a source of chance or time without a rule; one that is only looked like counts. */
  #unruled(): string | undefined {
    const names = [...this.#unknown].flatMap((source) => WITHOUT_RULES[source]);
    return names.find((name) => new RegExp(`\\b${name}\\b`).test(this.#question.program.source));
  }

  /** The end that a claim speaks of; undefined where the claim is about more than the end. */
  async #wanted(claim: Claim): Promise<WantedEnd | undefined> {
    // What the message of an exception is has no terms in every case, so a claim of it is not searched for.
    if (claim.kind !== 'output' || claim.message !== undefined) return undefined;
    const { returns: repr, raises, stdout } = claim;
    if (repr === undefined) return { raises, stdout };
    const returns = await readLiteral(this.#engine, this.#question, repr, this.#call);
    return returns === undefined ? undefined : { returns, stdout };
  }

  /** What stands for the unknowns at first, by the names that runs with terms give them. */
  #draws(): { readonly draws: readonly ShadowArgument[]; readonly bounds: readonly string[] } {
    const { clock, stdin } = this.#question.program.world;
    const draws: ShadowArgument[] = [];
    const bounds: string[] = [];
    const number = (name: string, v: string) => draws.push({ name, value: { t: 'int', v } });
    for (let at = 0; at < DRAWS; at++) {
      if (this.#unknown.has('random')) number(`random#${at}`, '0');
      if (this.#unknown.has('clock')) number(`clock#${at}`, `${BigInt(Date.parse(clock)) * 1_000_000n}`);
    }
    if (this.#unknown.has('stdin')) {
      const lines = stdin.split('\n');
      if (lines.at(-1) === '') lines.pop();
      for (const [at, v] of lines.entries()) draws.push({ name: `input#${at}`, value: { t: 'str', v } });
      bounds.push('standard input of as many lines, as long as the stated ones');
    }
    return { draws, bounds };
  }

  /** The parts of the world that draws stand for, as far as a world can be told. */
  #worldOf(draws: readonly ShadowArgument[]): World {
    const values = new Map<string, ShadowValue>(draws.map(({ name, value }) => [name, value]));
    const world: World = {};
    const clock = values.get('clock#0');
    if (clock?.t === 'int') {
      const ms = Number(BigInt(clock.v) / 1_000_000n);
      const date = new Date(ms);
      if (!Number.isNaN(date.valueOf()) && ms <= LAST_CLOCK) world.clock = date.toISOString();
    }
    const lines = draws.flatMap(({ name, value }) => (name.startsWith('input#') && value.t === 'str' ? [value.v] : []));
    if (lines.length > 0) world.stdin = `${lines.join('\n')}\n`;
    return world;
  }
}

/** Names by which a program may come to an unknown without any of the functions that have rules or are noted. */
const WITHOUT_RULES: Readonly<Record<UnknownSource, readonly string[]>> = {
  random: ['Random', 'SystemRandom', 'getattr', 'vars', '__dict__'],
  clock: ['datetime', 'date', 'getattr', 'vars', '__dict__'],
  stdin: ['stdin', 'open', 'getattr', 'vars', '__dict__'],
};

/** The last moment with a year of four digits, in milliseconds since 1970. */
const LAST_CLOCK = Date.UTC(9999, 11, 31);
