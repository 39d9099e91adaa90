import type { ClassOutline, FunctionOutline, Parameter, Shape } from '../../../bridges/python/outline.ts';
import type { Random } from '../random.ts';
import { Drawer, isTyped, type Sources, shapesOf } from './draw.ts';
import type { Scenario, Step } from './scenario.ts';
import type { Value } from './value.ts';

/** Shapes for all arguments of a call, in order. */
export type Combination = readonly Shape[];

/** Combinations that are tried on the base to find out what a function takes. */
const MOST_COMBINATIONS = 48;
/** Calls of one scenario on one object. */
const LONGEST_SCENARIO = 5;

/** A function, and what is needed to call it. */
export interface Callee {
  readonly function: FunctionOutline;
  /** Its class, for a method. */
  readonly owner: ClassOutline | undefined;
  /** Other methods of the class, which bring an object into other states. */
  readonly siblings: readonly FunctionOutline[];
}

/** Parameters that a caller fills in. */
export function openParameters({ kind, params }: FunctionOutline): readonly Parameter[] {
  return kind === 'function' || kind === 'static' ? params : params.slice(1);
}

/** Parameters that are given by position. Of `*args` one argument is given. */
function positional(outline: FunctionOutline): readonly Parameter[] {
  return openParameters(outline).filter(({ kind }) => kind === 'positional' || kind === 'any' || kind === 'rest');
}

/** Keyword-only parameters without a default, which every call has to name. */
function named(outline: FunctionOutline): readonly Parameter[] {
  return openParameters(outline).filter((parameter) => parameter.kind === 'keyword');
}

/** Whether all parameters, those of the constructor included, say what they take. */
export function isFullyTyped({ function: outline, owner }: Callee): boolean {
  const own = openParameters(outline).every((one) => one.kind === 'rest' || one.kind === 'keywords' || isTyped(one));
  if (outline.kind === 'function' || outline.kind === 'static' || outline.kind === 'class') return own;
  return own && (owner?.fields ?? []).every(isTyped);
}

/** Draws calls of one function. */
export class Planner {
  readonly #callee: Callee;
  readonly #drawer: Drawer;
  readonly #random: Random;

  constructor(callee: Callee, sources: Sources, random: Random) {
    this.#callee = callee;
    this.#random = random;
    this.#drawer = new Drawer(random, sources);
  }

  /** Every combination of shapes where these are few, a sample where they are many. */
  combinations(): Combination[] {
    const choices = positional(this.#callee.function).map(shapesOf);
    const all = choices.reduce((product, shapes) => product * shapes.length, 1);
    if (all <= MOST_COMBINATIONS) {
      return choices.reduce<Shape[][]>((made, shapes) => made.flatMap((one) => shapes.map((s) => [...one, s])), [[]]);
    }
    const found = new Map<string, Shape[]>();
    for (let index = 0; index < MOST_COMBINATIONS; index++) {
      // The first ones give all parameters the same rank among their shapes, which is the likeliest mix.
      const one = choices.map((shapes) =>
        index < 12 ? (shapes[index % shapes.length] ?? null) : this.#random.pick(shapes),
      );
      found.set(JSON.stringify(one), one);
    }
    return [...found.values()];
  }

  /** One call. @param all give every argument, those with a default too */
  step(combination: Combination, size: number, all = false): Step {
    const { function: outline } = this.#callee;
    return this.#stepOf(outline, this.#receiver(outline, size), this.#args(outline, combination, size, all), size);
  }

  #receiver({ kind, name }: FunctionOutline, size: number): Value | null {
    const { owner } = this.#callee;
    if (owner === undefined || kind === 'function' || kind === 'static' || kind === 'class') return null;
    if (name === '__init__') return null;
    return this.#drawer.draw(owner.name, size);
  }

  #args(outline: FunctionOutline, combination: Combination, size: number, all: boolean): Value[] {
    const args: Value[] = [];
    for (const [index, parameter] of positional(outline).entries()) {
      if (!all && parameter.default !== null && this.#random.oneIn(2)) break;
      if (parameter.kind === 'rest' && this.#random.oneIn(3)) break;
      args.push(this.#drawer.draw(combination[index] ?? null, size));
    }
    return args;
  }

  #stepOf(outline: FunctionOutline, receiver: Step['receiver'], args: readonly Value[], size: number): Step {
    const { kind, name, owner, generator, asynchronous } = outline;
    const callee =
      name === '__init__' && owner !== null ? owner : receiver === null && owner !== null ? `${owner}.${name}` : name;
    const mode = kind === 'property' ? 'property' : asynchronous ? 'coroutine' : generator ? 'generator' : 'call';
    return { mode, receiver, callee, args, named: this.#named(outline, size), written: null };
  }

  #named(outline: FunctionOutline, size: number): (readonly [string, Value])[] {
    return named(outline)
      .filter((parameter) => parameter.default === null || this.#random.oneIn(2))
      .map((parameter) => [
        parameter.name,
        this.#drawer.draw(this.#random.pick(shapesOf(parameter).slice(0, 3)), size),
      ]);
  }

  /**
   * A scenario of the given size: one call; or the same call twice, or a few calls, which finds what is kept between calls;
   * for a method a few calls on one object.
   */
  scenario(combinations: readonly Combination[], size: number): Scenario {
    const first = this.step(this.#random.pick(combinations), size);
    if (first.receiver === null) {
      if (this.#random.oneIn(5)) return [first, first];
      if (this.#random.oneIn(6)) return [first, this.step(this.#random.pick(combinations), size), first];
      return [first];
    }
    const { siblings } = this.#callee;
    const steps: Step[] = [first];
    const length = 1 + this.#random.below(LONGEST_SCENARIO);
    while (steps.length < length) {
      const other = siblings.length > 0 && this.#random.oneIn(2) ? this.#random.pick(siblings) : undefined;
      steps.push(other === undefined ? this.#again(combinations, size) : this.#sibling(other, size));
    }
    // An object may have to be filled before the method does anything.
    if (this.#random.oneIn(2)) return steps;
    return handOver([...steps.slice(1), { ...first, receiver: 'same' }], first.receiver);
  }

  #again(combinations: readonly Combination[], size: number): Step {
    return { ...this.step(this.#random.pick(combinations), size), receiver: 'same' };
  }

  #sibling(outline: FunctionOutline, size: number): Step {
    const combination = positional(outline).map((parameter) => this.#random.pick(shapesOf(parameter).slice(0, 3)));
    return this.#stepOf(outline, 'same', this.#args(outline, combination, size, false), size);
  }
}

function handOver(steps: readonly Step[], receiver: Step['receiver']): Scenario {
  const [first, ...rest] = steps;
  return first === undefined ? [] : [{ ...first, receiver }, ...rest];
}

/** A call as somebody wrote it. */
export function writtenStep({ name, generator, asynchronous }: FunctionOutline, args: string): Step {
  const mode = asynchronous ? 'coroutine' : generator ? 'generator' : 'call';
  return { mode, receiver: null, callee: name, args: [], named: [], written: args };
}
