import { readFileSync } from 'node:fs';
import { DEFAULT_BUDGET } from '../../core/budget.ts';
import { DEFAULT_CLOCK, type PythonVersion } from '../../core/program.ts';
import type { Trace } from '../../core/trace.ts';
import type { TransitionSystem, UnsupportedProgram } from '../../core/transitions.ts';
import type { ReplayRequest } from './run.ts';

/** A function as places and steps, and the values that it is called with. */
export interface EntryTransitions {
  readonly system: TransitionSystem;
  /** Values of the parameters, in their order; null asks about all values. */
  readonly given: readonly bigint[] | null;
}

/** The parts of the program that writes them, in `py/`. */
const PARTS = ['transitions_terms', 'transitions_graph', 'transitions'];

let writer: string | undefined;

/**
 * A run that writes a function over integers as places and steps. It runs `py/transitions.py`, which parses the program in
 * the sealed interpreter and never runs it.
 *
 * @param entry a call with integers, such as `f(3)`, or the function's name, which asks about all integers
 */
export function transitionsRequest(source: string, entry: string, python: PythonVersion): ReplayRequest {
  writer ??= PARTS.map((part) => readFileSync(new URL(`./py/${part}.py`, import.meta.url), 'utf8')).join('\n');
  const stdin = JSON.stringify({ source, entry });
  return {
    program: {
      source: writer,
      entry: { script: true },
      python,
      world: { seed: 0, clock: DEFAULT_CLOCK, stdin, files: {} },
    },
    budget: { ...DEFAULT_BUDGET, output_kb: 16_384 },
    untraced: true,
  };
}

/** What such a run wrote; where it was ended, as by a source that nests too deep, the program is not supported. */
export function readTransitions({ outcome, stdout }: Trace): EntryTransitions | UnsupportedProgram {
  if (outcome.kind !== 'returned') {
    const why = outcome.kind === 'halted' ? outcome.reason : outcome.type;
    return { unsupported: `a source that cannot be read: ${why}`, line: 0 };
  }
  const answer = JSON.parse(stdout) as
    | UnsupportedProgram
    | { readonly system: TransitionSystem; readonly given: readonly string[] | null };
  if ('unsupported' in answer) return answer;
  return { system: answer.system, given: answer.given?.map((value) => BigInt(value)) ?? null };
}
