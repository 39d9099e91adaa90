import { existsSync, readFileSync } from 'node:fs';
import { ENTRY_MARK, type Program, type PythonVersion } from '../../../core/program.ts';

const FILE = new URL('../../../../shared/data/cruxeval.jsonl', import.meta.url);

/** One program of CRUXEval with the arguments of its call. */
export interface CruxevalRow {
  readonly id: string;
  readonly code: string;
  readonly input: string;
  /** Literal of what `f(input)` returns. */
  readonly output: string;
}

/** Why a test that needs CRUXEval is skipped, or undefined where the data is there. */
export const WITHOUT_CRUXEVAL = existsSync(FILE) ? undefined : '../shared/data/cruxeval.jsonl is absent';

/** All 800 programs; none where the data is absent. */
export function loadCruxeval(): CruxevalRow[] {
  if (WITHOUT_CRUXEVAL !== undefined) return [];
  return readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CruxevalRow);
}

/** The program with its call as the entry. */
export function calledProgram({ code, input }: CruxevalRow, python: PythonVersion): Program {
  return { source: `${code}\n`, entry: { call: `f(${input})` }, python };
}

/** The source as CWM's prompts have it: the call stands in a marked function. */
export function promptedSource({ code, input }: CruxevalRow): string {
  return `\n${code}\ndef main():  ${ENTRY_MARK}\n    return f(${input})\n`;
}
