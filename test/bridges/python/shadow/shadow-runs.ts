import { afterAll, beforeAll } from 'vitest';
import { type Budget, DEFAULT_BUDGET } from '../../../../core/budget.ts';
import { type Program, type PythonVersion, resolveProgram } from '../../../../core/program.ts';
import type { ShadowRequest, ShadowRun, ShadowValue } from '../../../../core/shadow.ts';
import type { Trace } from '../../../../core/trace.ts';
import { ReplayPool } from '../../../../workers/pool.ts';
import { type TermValue, termValues } from './term-values.ts';

type Asked = Omit<ShadowRequest, 'program' | 'budget'>;

/** One thread that makes shadow runs and plain ones. */
export interface ShadowRuns {
  shadow(program: Program, asked?: Asked, budget?: Partial<Budget>): Promise<ShadowRun>;
  replay(program: Program): Promise<Trace>;
}

/** Starts an interpreter before the tests of a block and ends it after them. */
export function useShadowRuns(python: PythonVersion): ShadowRuns {
  const pool = new ReplayPool({ python, threads: 1, queue: 10_000 });
  beforeAll(() => pool.start());
  afterAll(() => pool.close());
  return {
    async shadow(program, asked = {}, budget = {}) {
      const request = { ...asked, program: resolveProgram(program, python), budget: { ...DEFAULT_BUDGET, ...budget } };
      return (await pool.shadow(request)).run;
    },
    async replay(program) {
      return (await pool.replay({ program: resolveProgram(program, python), budget: DEFAULT_BUDGET })).trace;
    },
  };
}

/** The values that the variables have in a run. */
export function valuesOf({ variables }: ShadowRun): Map<string, TermValue> {
  return new Map(variables.map(({ name, sort, value }) => [name, sort === 'int' ? BigInt(value) : value === 'true']));
}

/** Whether inputs on which the terms have these values meet all conditions of a run. */
export function meets(run: ShadowRun, values: readonly TermValue[]): boolean {
  return run.conditions.every(({ term, taken }) => values[term] === taken);
}

/** What terms of a run that do not have the values seen say; none where all is well. */
export function disagreements(run: ShadowRun): string[] {
  const values = termValues(run.terms, valuesOf(run));
  const wrong = run.conditions.filter(({ term, taken }) => values[term] !== taken).map(({ text }) => text);
  if (run.outcome.kind === 'returned') wrong.push(...leavesThatDiffer(run.outcome.value, values));
  return wrong;
}

function leavesThatDiffer(value: ShadowValue, values: readonly TermValue[]): string[] {
  const withTerms = pythonText(value, values);
  const plain = pythonText(value, undefined);
  return withTerms === plain ? [] : [`${withTerms} instead of ${plain}`];
}

/** A value as Python writes it, its leaves computed from their terms where values of terms are given. */
export function pythonText(value: ShadowValue, values: readonly TermValue[] | undefined): string {
  const inner = (items: readonly ShadowValue[]) => items.map((item) => pythonText(item, values)).join(', ');
  switch (value.t) {
    case 'none':
      return 'None';
    case 'int':
      return value.term === undefined || values === undefined ? value.v : String(values[value.term]);
    case 'bool': {
      const flag = value.term === undefined || values === undefined ? value.v : values[value.term];
      return flag === true ? 'True' : 'False';
    }
    case 'str': {
      const chars = Array.from(value.v);
      const text = chars.map((char, place) => {
        const term = value.chars?.[place];
        return term == null || values === undefined ? char : String.fromCodePoint(Number(values[term]));
      });
      return JSON.stringify(text.join(''));
    }
    case 'float':
    case 'bytes':
      return value.v;
    case 'list':
      return `[${inner(value.items)}]`;
    case 'tuple':
      return `(${inner(value.items)}${value.items.length === 1 ? ',' : ''})`;
    case 'set':
    case 'frozenset':
      return `${value.t}([${inner(value.items)}])`;
    case 'dict':
      return `{${value.items.map(([key, held]) => `${pythonText(key, values)}: ${pythonText(held, values)}`).join(', ')}}`;
    case 'object':
      return `${value.type}(${value.items.map(([name, held]) => `${name}=${pythonText(held, values)}`).join(', ')})`;
    case 'opaque':
      return value.v;
  }
}
