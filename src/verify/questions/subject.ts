import type { Budget } from '../../../core/budget.ts';
import type { ResolvedProgram } from '../../../core/program.ts';
import { type ParameterType, parseParameterType, TypeTextError } from '../../../symbolic/inputs/parameter-type.ts';
import type { Interpreter, QuestionLimits, Subject } from '../../../symbolic/questions/subject.ts';
import type { Solver } from '../../../symbolic/solver/solver.ts';
import type { ReplayOptions } from '../../../workers/pool.ts';

/** Part of the time that a question may search; the rest is for what is under way when it is used up. */
const SEARCHING = 0.8;
/** Rlimit of one query: about half a second of the solver in WebAssembly. */
const QUERY_RLIMIT = 500_000;
const QUERY_MS = 5_000;

/** How far a question goes unless the caller says otherwise. */
const REACH = { length: 6, shapes: 64, runs: 400, seeds: 40 } as const;

/** The limits of a question within a budget. */
export function limitsOf(
  budget: Budget,
  { signal, deadlineMs = Number.POSITIVE_INFINITY }: ReplayOptions,
  reach: Partial<QuestionLimits> = {},
): QuestionLimits {
  const ms = Math.min(budget.ms, deadlineMs);
  return {
    ...REACH,
    ...reach,
    check: { rlimit: Math.min(QUERY_RLIMIT, budget.rlimit), ms: QUERY_MS, ...(signal && { signal }) },
    until: performance.now() + ms * SEARCHING,
    signal,
  };
}

/** A question that cannot be put, and why. */
export interface Unaskable {
  readonly unaskable: string;
}

/** Longest function name and parameter list that are looked at. */
const NAME = /^[^\W\d]\w*(?:\.[^\W\d]\w*)*$/u;

/**
 * Makes the subject of a question: the function has to be there in every version, and take the parameters.
 *
 * @param params parameter → type, as the claim has it
 */
export async function subjectOf(
  interpreter: Interpreter,
  solver: Solver,
  programs: readonly ResolvedProgram[],
  { function: name, params }: { readonly function: string; readonly params: Readonly<Record<string, string>> },
  limits: QuestionLimits,
): Promise<Subject | Unaskable> {
  if (!NAME.test(name)) return { unaskable: `\`${name.slice(0, 60)}\` is no name of a function` };
  const types = readTypes(params);
  if ('unaskable' in types) return types;
  for (const side of programs.keys()) {
    const signature = await interpreter.replay(`${name}.__code__.co_varnames[:${name}.__code__.co_argcount]`, side);
    if (signature.kind === 'halted') return { unaskable: signature.detail };
    if (signature.kind === 'raised') {
      return { unaskable: `the module has no function \`${name}\` written in Python (${signature.type})` };
    }
    const names = [...signature.repr.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
    const given = types.parameters.map(([parameter]) => parameter);
    if (given.some((parameter, at) => names[at] !== parameter)) {
      return { unaskable: `\`${name}\` takes (${names.join(', ')}), the claim speaks of (${given.join(', ')})` };
    }
  }
  return {
    interpreter,
    solver,
    sources: programs.map(({ source }) => source),
    function: name,
    parameters: types.parameters,
    limits,
  };
}

function readTypes(
  params: Readonly<Record<string, string>>,
): { readonly parameters: readonly (readonly [string, ParameterType])[] } | Unaskable {
  const parameters: (readonly [string, ParameterType])[] = [];
  for (const [name, text] of Object.entries(params)) {
    try {
      parameters.push([name, parseParameterType(text)]);
    } catch (error) {
      if (!(error instanceof TypeTextError)) throw error;
      return { unaskable: `the type of \`${name}\`: ${error.message}` };
    }
  }
  return { parameters };
}
