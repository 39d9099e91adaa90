import type { Claim } from '../../../core/claim.ts';
import { sameRepr } from '../../../core/compare/value.ts';
import type { ResolvedProgram } from '../../../core/program.ts';
import { always } from '../../../symbolic/questions/always.ts';
import { equivalent } from '../../../symbolic/questions/equivalent.ts';
import { inverse } from '../../../symbolic/questions/inverse.ts';
import type { Subject } from '../../../symbolic/questions/subject.ts';
import { BudgetedSolver } from '../../../symbolic/solver/budgeted.ts';
import { RecordedSolver } from '../../../symbolic/solver/recorded.ts';
import type { ReplayOptions } from '../../../workers/pool.ts';
import { inconclusive, type Judgement, plain } from '../judgement.ts';
import type { Engine } from '../pipeline.ts';
import type { Question } from '../question.ts';
import { guessParameters } from './guess-parameters.ts';
import { PooledInterpreter } from './interpreter.ts';
import { expressionFault, readLiteral } from './literal.ts';
import { limitsOf, subjectOf, type Unaskable } from './subject.ts';
import { judgeForAll, judgeImpossible, witnessOf } from './verdict.ts';

/** Claims about all inputs of a function. */
export type InputsClaim = Extract<Claim, { kind: 'always' | 'equivalent' | 'input' }>;

/** What a question came to, and the milliseconds that it took. */
export interface Asked {
  readonly judgement: Judgement;
  readonly queueMs: number;
  readonly replayMs: number;
  readonly pathMs: number;
}

/** Puts the question of a claim about all inputs. */
export async function askAboutInputs(
  engine: Engine,
  claim: InputsClaim,
  question: Question,
  call: ReplayOptions,
): Promise<Asked> {
  const { program, budget } = question;
  // The first start ever makes the interpreter's image, which is no part of the question's time.
  await engine.startFor(program.python);
  const start = performance.now();
  const programs = claim.kind === 'equivalent' ? [program, { ...program, source: claim.other }] : [program];
  const interpreter = new PooledInterpreter(engine, programs, budget, call);
  const recorded = new RecordedSolver(engine.solver);
  const solver = new BudgetedSolver(recorded, { rlimit: budget.rlimit, ms: budget.ms });
  const judgement = await new Inquirer(question, programs, interpreter, solver, recorded, call).judge(claim);
  const { queue, replay } = interpreter.times;
  return { judgement, queueMs: queue, replayMs: replay, pathMs: performance.now() - start - queue - replay };
}

class Inquirer {
  readonly #question: Question;
  readonly #programs: readonly ResolvedProgram[];
  readonly #interpreter: PooledInterpreter;
  readonly #solver: BudgetedSolver;
  readonly #recorded: RecordedSolver;
  readonly #call: ReplayOptions;

  constructor(
    question: Question,
    programs: readonly ResolvedProgram[],
    interpreter: PooledInterpreter,
    solver: BudgetedSolver,
    recorded: RecordedSolver,
    call: ReplayOptions,
  ) {
    this.#question = question;
    this.#programs = programs;
    this.#interpreter = interpreter;
    this.#solver = solver;
    this.#recorded = recorded;
    this.#call = call;
  }

  judge(claim: InputsClaim): Promise<Judgement> {
    switch (claim.kind) {
      case 'always':
        return this.#forAll(claim, (subject) => always(subject, claim));
      case 'equivalent':
        return this.#forAll(claim, (subject) => equivalent(subject, claim.except));
      case 'input':
        return this.#input(claim);
    }
  }

  #subject(asked: { readonly function: string; readonly params: Readonly<Record<string, string>> }) {
    const limits = limitsOf(this.#question.budget, this.#call);
    return subjectOf(this.#interpreter, this.#solver, this.#programs, asked, limits);
  }

  async #forAll(
    claim: Extract<InputsClaim, { kind: 'always' | 'equivalent' }>,
    ask: (subject: Subject) => ReturnType<typeof always>,
  ): Promise<Judgement> {
    const texts = claim.kind === 'always' ? [claim.requires, claim.ensures] : [claim.except];
    for (const text of texts) {
      const { engine } = this.#interpreter;
      const fault = text === undefined ? undefined : await expressionFault(engine, this.#question, text, this.#call);
      if (fault !== undefined) return unsupported({ unaskable: fault });
    }
    const subject = await this.#subject(claim);
    if ('unaskable' in subject) return unsupported(subject);
    return judgeForAll(await ask(subject), this.#question.options.bounded, this.#recorded);
  }

  /** Searches the input of a claim that proposes none: finding one verifies it. */
  async #input(claim: Extract<InputsClaim, { kind: 'input' }>): Promise<Judgement> {
    const guessed = await guessParameters(this.#interpreter, this.#question.program, claim.function);
    if ('unaskable' in guessed) return unsupported(guessed);
    const value = await readLiteral(this.#interpreter.engine, this.#question, claim.returns, this.#call);
    if (value === undefined) {
      return unsupported({ unaskable: `\`${claim.returns.slice(0, 60)}\` is no value that can be searched for` });
    }
    const wanted = { value, matches: (repr: string) => sameRepr(claim.returns, repr) };
    let judgement = inconclusive('unsupported', 'no parameter types were tried');
    for (const params of guessed.candidates) {
      const subject = await this.#subject({ function: guessed.function, params });
      if ('unaskable' in subject) return unsupported(subject);
      const answer = await inverse(subject, wanted);
      if (answer.decision === 'fails') return plain('verified', answer.message, { witness: witnessOf(answer.witness) });
      judgement = judgeImpossible(answer, this.#recorded);
      // Types that were guessed say nothing about inputs of other types.
      if (judgement.status === 'refuted' && !guessed.declared) judgement = inconclusive('bounded', answer.message);
    }
    return judgement;
  }
}

function unsupported({ unaskable }: Unaskable): Judgement {
  return inconclusive('unsupported', unaskable);
}
