import { render, smaller, type Value } from './value.ts';

/** One call that is made on both sides. */
export interface Step {
  /** How the callee is entered: generators are read out, coroutines driven to their end, properties read. */
  readonly mode: 'call' | 'generator' | 'coroutine' | 'property';
  /** The object that a method is called on: a new one, the one of the step before, or none. */
  readonly receiver: Value | 'same' | null;
  /** A function, a method, or a class. */
  readonly callee: string;
  readonly args: readonly Value[];
  /** Arguments by keyword. */
  readonly named: readonly (readonly [name: string, value: Value])[];
  /** Arguments as they were written by somebody, with their parentheses, in place of `args`. */
  readonly written: string | null;
}

/** Calls that are made one after the other and share the module's state. */
export type Scenario = readonly Step[];

/** Names that the driver defines beside the module's own. */
export const DRIVER_NAMES = { generator: '__assay_read_out', coroutine: '__assay_drive' } as const;
const OBJECT = 'obj';

function argumentsOf(step: Step): string {
  if (step.written !== null) return step.written;
  return `(${[...step.args.map(render), ...step.named.map(([name, value]) => `${name}=${render(value)}`)].join(', ')})`;
}

function receiverOf(step: Step): string {
  return step.receiver === 'same' || step.receiver === null ? OBJECT : `(${OBJECT} := ${render(step.receiver)})`;
}

/** The expression that makes the call. */
export function expressionOf(step: Step): string {
  if (step.mode === 'property') return `(lambda one: one.${step.callee})(${receiverOf(step)})`;
  const callee = step.receiver === null ? step.callee : `${receiverOf(step)}.${step.callee}`;
  const entered = step.mode === 'call' ? callee : `${DRIVER_NAMES[step.mode]}(${callee})`;
  return entered + argumentsOf(step);
}

/** The call as a person would write it. */
export function shownCall(step: Step): string {
  const given = step.mode === 'property' ? '' : argumentsOf(step);
  if (step.receiver === null) return `${step.callee}${given}`;
  if (step.receiver === 'same') return `${OBJECT}.${step.callee}${given}`;
  return `${OBJECT} = ${render(step.receiver)}; ${OBJECT}.${step.callee}${given}`;
}

/** Characters that a scenario takes to write: what smaller means. */
export function sizeOf(scenario: Scenario): number {
  return scenario.reduce((sum, step) => sum + shownCall(step).length, 0);
}

/** Scenarios with a step less, or a smaller value in one step. */
export function smallerScenarios(scenario: Scenario): Scenario[] {
  const found: Scenario[] = [];
  if (scenario.length > 1) {
    for (let index = 0; index < scenario.length; index++) {
      const rest = withoutStep(scenario, index);
      if (rest !== undefined) found.push(rest);
    }
  }
  for (const [index, step] of scenario.entries()) {
    for (const less of smallerSteps(step)) found.push(scenario.with(index, less));
  }
  return found;
}

/** A step whose object a later one goes on with hands it over. */
function withoutStep(scenario: Scenario, index: number): Scenario | undefined {
  const gone = scenario[index];
  const next = scenario[index + 1];
  if (gone === undefined) return undefined;
  const rest = scenario.filter((_, other) => other !== index);
  if (next?.receiver !== 'same' || gone.receiver === null || gone.receiver === 'same') return rest;
  return rest.with(index, { ...next, receiver: gone.receiver });
}

function smallerSteps(step: Step): Step[] {
  const found: Step[] = [];
  if (step.receiver !== null && step.receiver !== 'same') {
    for (const receiver of smaller(step.receiver).slice(0, 8)) found.push({ ...step, receiver });
  }
  for (const [index, arg] of step.args.slice(0, 8).entries()) {
    for (const less of smaller(arg).slice(0, 24)) found.push({ ...step, args: step.args.with(index, less) });
  }
  for (const [index, [name, value]] of step.named.entries()) {
    found.push({ ...step, named: step.named.filter((_, other) => other !== index) });
    for (const less of smaller(value).slice(0, 12))
      found.push({ ...step, named: step.named.with(index, [name, less]) });
  }
  if (step.args.length > 0) found.push({ ...step, args: step.args.slice(0, -1) });
  return found;
}
