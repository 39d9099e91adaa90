import { DEFAULT_BUDGET } from '../../../core/budget.ts';
import { DEFAULT_CLOCK, type PythonVersion, type ResolvedProgram } from '../../../core/program.ts';
import type { ShadowArgument, ShadowValue } from '../../../core/shadow.ts';
import { stringLiteral } from '../../../symbolic/inputs/literal.ts';
import type { QuestionAnswer } from '../../../symbolic/questions/answer.ts';
import { equivalent } from '../../../symbolic/questions/equivalent.ts';
import { BudgetedSolver } from '../../../symbolic/solver/budgeted.ts';
import type { ReplayOptions } from '../../../workers/pool.ts';
import type { Engine } from '../../verify/pipeline.ts';
import { PooledInterpreter } from '../../verify/questions/interpreter.ts';
import { limitsOf, subjectOf } from '../../verify/questions/subject.ts';
import type { Behaviour, BehaviourProof, BehaviourSource, ComparedFunction } from '../behaviour.ts';
import type { Scenario } from '../inputs/scenario.ts';
import type { Value } from '../inputs/value.ts';
import type { Runner } from '../runner.ts';
import { tryScenarios } from '../search.ts';
import { type Askable, askableOf } from './askable.ts';

/** What one question may cost. Runs and solver units count first; the time is the last fence. */
const BUDGET = { ...DEFAULT_BUDGET, steps: 50_000, ms: 12_000, rlimit: 4_000_000 };
const REACH = { shapes: 512, runs: 260, seeds: 0 };
/** Milliseconds that all questions about a patch may take. */
const MOST_MS = 20_000;
/** Inputs of paths that are compared once more, as all inputs of the search are. */
const MOST_INPUTS = 400;

/** The only bound under which something is called the same: how long texts and lists may be. */
const LENGTH_BOUND = /^len\(.*\) <= \d+$/;

const UNSHARED = 'no list passed twice';

/**
 * Asks whether two versions behave the same for all arguments. An input that it finds is run like one of the search, and
 * only then counts.
 */
export class Prover implements BehaviourSource {
  readonly name = 'proof';
  readonly #engine: Engine;
  readonly #runner: Runner;
  readonly #call: ReplayOptions;
  #left = MOST_MS;

  constructor(engine: Engine, runner: Runner, call: ReplayOptions) {
    this.#engine = engine;
    this.#runner = runner;
    this.#call = call;
  }

  async compare(compared: ComparedFunction): Promise<Behaviour | undefined> {
    const isOver = this.#left <= 0 || performance.now() >= compared.until;
    const askable = isOver ? undefined : askableOf(compared);
    if (askable === undefined) return undefined;
    const began = performance.now();
    try {
      return await this.#ask(compared, askable);
    } finally {
      this.#left -= performance.now() - began;
    }
  }

  async #ask(compared: ComparedFunction, askable: Askable): Promise<Behaviour | undefined> {
    const { head, base } = compared;
    const inputs: (readonly ShadowArgument[])[] = [];
    const messagesOf = new Set([...Object.keys(base.raises), ...Object.keys(head.raises)]);
    const answer = await this.#question(head.name, askable, messagesOf, (args) => {
      if (inputs.length <= MOST_INPUTS) inputs.push(args);
    });
    if (answer === undefined) return undefined;
    if (answer.witness !== null) inputs.unshift(answer.witness.args);
    const scenarios = inputs.map((args) => scenarioOf(head.name, args));
    const witness = await tryScenarios(compared, scenarios, true);
    if (witness !== undefined) return { status: 'differs', witness };
    const proof = inputs.length > MOST_INPUTS ? undefined : proofOf(answer, askable);
    return proof && { status: 'same', proof };
  }

  async #question(
    name: string,
    { params, length, sources }: Askable,
    messagesOf: ReadonlySet<string>,
    onInput: (args: readonly ShadowArgument[]) => void,
  ): Promise<QuestionAnswer | undefined> {
    const programs = sources.map((source) => programOf(source, name, this.#runner.python));
    const interpreter = new PooledInterpreter(this.#engine, programs, BUDGET, this.#call);
    const ms = Math.min(BUDGET.ms, this.#left);
    const solver = new BudgetedSolver(this.#engine.solver, { rlimit: BUDGET.rlimit, ms });
    const limits = limitsOf({ ...BUDGET, ms }, this.#call, { ...REACH, length });
    const subject = await subjectOf(interpreter, solver, programs, { function: name, params }, limits);
    const answer = 'unaskable' in subject ? undefined : await equivalent(subject, undefined, { messagesOf, onInput });
    this.#runner.runs += interpreter.runs;
    return answer;
  }
}

function programOf(source: string, name: string, python: PythonVersion): ResolvedProgram {
  const world = { seed: 0, clock: DEFAULT_CLOCK, stdin: '', files: {} };
  return { source, entry: { call: `${name}()` }, python, world };
}

/** What an answer proves; undefined where it leaves anything open. */
function proofOf(
  { decision, coverage }: QuestionAnswer,
  { params, mayShare, mayTurn }: Askable,
): BehaviourProof | undefined {
  if ((decision !== 'holds' && decision !== 'bounded') || coverage === null) return undefined;
  if (!coverage.exhausted || !coverage.bounds.every((bound) => LENGTH_BOUND.test(bound))) return undefined;
  if (mayTurn && coverage.bounds.length > 0) return undefined;
  return {
    parameters: Object.entries(params).map(([name, type]) => `${name}: ${type}`),
    bounds: [...coverage.bounds, ...coverage.restrictions, ...(mayShare ? [UNSHARED] : [])],
    paths: coverage.paths,
  };
}

function scenarioOf(callee: string, args: readonly ShadowArgument[]): Scenario {
  const values = args.map(({ value }) => inputOf(value));
  return [{ mode: 'call', receiver: null, callee, args: values, named: [], written: null }];
}

function inputOf(value: ShadowValue): Value {
  switch (value.t) {
    case 'int': {
      const number = Number(value.v);
      return Number.isSafeInteger(number) ? { kind: 'int', value: number } : { kind: 'text', text: value.v };
    }
    case 'bool':
      return { kind: 'text', text: value.v ? 'True' : 'False' };
    case 'str':
      // Halves of characters, which only such a literal can write.
      return value.v.isWellFormed() ? { kind: 'str', value: value.v } : { kind: 'text', text: stringLiteral(value.v) };
    case 'list':
    case 'tuple':
      return { kind: value.t, items: value.items.map(inputOf) };
    case 'none':
      return { kind: 'text', text: 'None' };
    case 'float':
    case 'bytes':
    case 'set':
    case 'frozenset':
    case 'dict':
    case 'object':
    case 'opaque':
      throw new Error(`no input is a ${value.t}`);
  }
}
