import { Fault } from '../../core/fault.ts';
import type { Entry, Program, PythonVersion } from '../../core/program.ts';
import { promptedProgram } from '../simulate/prompted-program.ts';
import { CliError } from './cli-error.ts';

export interface TracedProgram {
  readonly source: string;
  readonly call: string | undefined;
  readonly script: boolean;
  readonly python: PythonVersion | undefined;
}

/**
 * The program that `assay trace` runs, with the printed prompt whole in itself: without a call the function that has the
 * mark is entered, or else the source is run as a script.
 *
 * @throws {CliError} where a call has several lines, which a prompt cannot show
 */
export function programForPrompt(given: TracedProgram): Program {
  try {
    return promptedProgram(programAsGiven(given));
  } catch (error) {
    if (error instanceof Fault) throw new CliError('--call takes one line', 'or use --format json');
    throw error;
  }
}

/** The program for a trace that is not printed as a prompt: the source stays as it is. */
export function programAsGiven({ source, call, script, python }: TracedProgram): Program {
  const entry: Entry | undefined = call !== undefined ? { call } : script ? { script: true } : undefined;
  return { source, ...(entry !== undefined && { entry }), ...(python !== undefined && { python }) };
}
