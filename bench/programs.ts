import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadCases } from '../test/cases/cases.ts';

const CRUXEVAL = new URL('../../shared/data/cruxeval.jsonl', import.meta.url);

const Row = z.object({ id: z.string(), code: z.string(), input: z.string() });

/** A program whose run is one call. */
export interface Program {
  readonly name: string;
  readonly source: string;
  /** An expression, such as `f(3)`. */
  readonly call: string;
}

/** Programs and where they come from. */
export interface ProgramSet {
  readonly source: string;
  readonly programs: readonly Program[];
}

/** CRUXEval where its file lies beside the repository, else the project's own cases that are one call. */
export function loadPrograms(): ProgramSet {
  return existsSync(CRUXEVAL)
    ? { source: 'CRUXEval', programs: readCruxEval() }
    : { source: 'test/cases/programs', programs: callCases() };
}

function readCruxEval(): Program[] {
  return readFileSync(CRUXEVAL, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { id, code, input } = Row.parse(JSON.parse(line));
      return { name: id, source: code, call: `f(${input})` };
    });
}

/** Those that return: some of the others raise before their function is entered, which leaves nothing to trace. */
function callCases(): Program[] {
  return loadCases().flatMap(({ name, source, entry, python, stdin, returns }) =>
    'call' in entry && stdin === '' && python.includes('3.10') && returns !== undefined
      ? [{ name, source, call: entry.call }]
      : [],
  );
}

/** At most `count` programs, spread evenly over all of them. */
export function thinOut<T>(programs: readonly T[], count: number): T[] {
  const stride = Math.max(1, programs.length / count);
  return programs.filter((_, index) => Math.floor(index / stride) !== Math.floor((index - 1) / stride));
}
