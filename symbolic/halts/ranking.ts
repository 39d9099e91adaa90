import type { TermRef } from '../../core/term.ts';
import type { CheckOptions, Solver } from '../solver/solver.ts';
import { TermBuilder } from '../terms/builder.ts';
import type { Atom, LinearForm } from './certificate.ts';
import { allOf, type Conjunction, Linearizer } from './linear.ts';
import type { Path } from './paths.ts';

/** A path between heads, as linear forms: what may be true before it, and the values behind it. */
export interface LinearStep {
  readonly from: number;
  readonly to: number;
  readonly cases: readonly Conjunction[];
  readonly values: ReadonlyMap<string, LinearForm>;
}

/** @param invariants hold at the head that the path comes from */
export function linearStep(table: TermBuilder['table'], path: Path, invariants: readonly Atom[]): LinearStep {
  const linear = new Linearizer(table);
  const values = new Map(Array.from(path.values, ([name, ref]) => [name, linear.form(ref)]));
  const guard = linear.alternatives(path.guard, true);
  const known = invariants.filter(({ modulus }) => modulus === undefined).map(({ form }) => form);
  return { from: path.from, to: path.to, cases: allOf([[known], guard, ...linear.facts]), values };
}

/**
 * Looks for measures by which every step goes down: one after the other, each of which no step that is left raises and at
 * least one lowers by 1 or more from where it is not negative. Steps that it lowers are done with.
 *
 * @returns a tuple for each head; null where there is none of this form, or the solver gave up
 */
export async function findRanking(
  solver: Solver,
  options: CheckOptions,
  names: readonly string[],
  steps: readonly LinearStep[],
): Promise<Map<number, readonly LinearForm[]> | null> {
  const heads = new Set(steps.flatMap(({ from, to }) => [from, to]));
  const tuples = new Map<number, LinearForm[]>(Array.from(heads, (head) => [head, []]));
  let left = [...steps];
  while (left.length > 0) {
    const found = await findMeasure(solver, options, names, left);
    if (found === null) return null;
    for (const [head, measure] of found.measure) tuples.get(head)?.push(measure);
    left = left.filter((step) => step !== found.lowered);
  }
  return tuples;
}

interface Measure {
  readonly measure: ReadonlyMap<number, LinearForm>;
  readonly lowered: LinearStep;
}

async function findMeasure(
  solver: Solver,
  options: CheckOptions,
  names: readonly string[],
  steps: readonly LinearStep[],
): Promise<Measure | null> {
  for (const lowered of steps) {
    const template = new Template(names);
    for (const step of steps) {
      for (const one of step.cases) {
        template.require(one, template.fall(step, step === lowered ? -1n : 0n));
        if (step === lowered) template.require(one, template.at(step.from));
      }
    }
    const answer = await solver.check(template.query(), options);
    if (answer.status === 'sat') return { measure: template.read(answer.model, steps), lowered };
  }
  return null;
}

/** A linear form whose coefficients are unknowns: a term for each variable's, and `''` for the constant. */
type Unknown = ReadonlyMap<string, TermRef>;

/** Measures with unknown coefficients, and what they have to meet, by Farkas' lemma. */
class Template {
  readonly #builder = new TermBuilder();
  readonly #names: readonly string[];
  readonly #unknowns: { name: string; sort: 'int'; least: string | null; greatest: null }[] = [];
  readonly #coefficients = new Map<string, TermRef>();
  readonly #assertions: TermRef[] = [];

  constructor(names: readonly string[]) {
    this.#names = ['', ...names];
  }

  #unknown(name: string, least: string | null): TermRef {
    this.#unknowns.push({ name, sort: 'int', least, greatest: null });
    return this.#builder.variable(name, 'int');
  }

  #coefficient(head: number, name: string): TermRef {
    const key = `${head} ${name}`;
    const known = this.#coefficients.get(key);
    if (known !== undefined) return known;
    const made = this.#unknown(`c ${key}`, null);
    this.#coefficients.set(key, made);
    return made;
  }

  /** The measure of a head. */
  at(head: number): Unknown {
    return new Map(this.#names.map((name) => [name, this.#coefficient(head, name)]));
  }

  /** How far the measure falls in a step, and a number more. */
  fall({ from, to, values }: LinearStep, more: bigint): Unknown {
    const parts = new Map<string, TermRef[]>();
    const add = (name: string, ref: TermRef, times: bigint) => {
      const term = this.#builder.apply('mul', this.#builder.constant(times), ref);
      parts.set(name, [...(parts.get(name) ?? []), term]);
    };
    for (const name of this.#names) add(name, this.#coefficient(from, name), 1n);
    add('', this.#coefficient(to, ''), -1n);
    for (const [name, form] of values) {
      const coefficient = this.#coefficient(to, name);
      add('', coefficient, -form.constant);
      for (const [of, times] of form.coefficients) add(of, coefficient, -times);
    }
    parts.get('')?.push(this.#builder.constant(more));
    return new Map(Array.from(parts, ([name, terms]) => [name, this.#sum(terms)]));
  }

  #sum(terms: readonly TermRef[]): TermRef {
    const [first] = terms;
    if (first === undefined) return this.#builder.constant(0);
    return terms.length === 1 ? first : this.#builder.apply('add', ...terms);
  }

  /**
   * The goal is never negative where the forms are 0 or less: it is a number that is not negative, less a sum of the forms
   * with factors that are not negative (Farkas).
   */
  require(forms: Conjunction, goal: Unknown): void {
    const builder = this.#builder;
    const zero = builder.constant(0);
    const factors = forms.map(() => this.#unknown(`f ${this.#unknowns.length}`, '0'));
    const names = new Set([...goal.keys(), ...forms.flatMap(({ coefficients }) => [...coefficients.keys()])]);
    for (const name of names) {
      const parts = [goal.get(name) ?? zero];
      for (const [at, { coefficients, constant }] of forms.entries()) {
        const times = name === '' ? constant : (coefficients.get(name) ?? 0n);
        parts.push(builder.apply('mul', builder.constant(times), factors[at] ?? zero));
      }
      const sum = this.#sum(parts);
      this.#assertions.push(name === '' ? builder.apply('le', zero, sum) : builder.apply('eq', sum, zero));
    }
  }

  query() {
    const assertions = this.#assertions.map((term) => ({ term, holds: true }));
    return { terms: this.#builder.table, variables: this.#unknowns, assertions };
  }

  read(model: ReadonlyMap<string, bigint | boolean>, steps: readonly LinearStep[]): Map<number, LinearForm> {
    const heads = new Set(steps.flatMap(({ from, to }) => [from, to]));
    const value = (head: number, name: string) => BigInt(model.get(`c ${head} ${name}`) ?? 0n);
    return new Map(
      Array.from(heads, (head) => {
        const pairs = this.#names.slice(1).map((name) => [name, value(head, name)] as const);
        return [head, { coefficients: new Map(pairs.filter(([, times]) => times !== 0n)), constant: value(head, '') }];
      }),
    );
  }
}
