import { z } from 'zod';
import { Program } from '../../core/program.ts';

const Line = z.string().min(1);

/** A row of CRUXEval: a function `f` and the text between its call's parentheses. */
const CruxEvalRow = z
  .object({ id: Line.optional(), code: Line, input: z.string() })
  .transform(({ id, code, input }) => ({ id, program: { source: code, entry: { call: `f(${input})` } } }));

/** A row with a program, such as a request for a verdict. */
const ProgramRow = z.object({ id: Line.optional(), program: Program });

/** A row with a source whose entry is marked, such as a recorded output of a model. */
const MarkedRow = z
  .object({ id: Line.optional(), context: Line })
  .transform(({ id, context }) => ({ id, program: { source: context } }));

const Row = z.union([ProgramRow, CruxEvalRow, MarkedRow]);

/** A program that a model is measured on. */
export interface BenchProgram {
  /** The row's own name, or its line number. */
  readonly id: string;
  readonly program: Program;
}

/**
 * Reads one line of a data set.
 *
 * @param number of the line, from 1
 * @throws {SyntaxError} where it is not JSON, or no row of a known form
 */
export function readRow(line: string, number: number): BenchProgram {
  const row = Row.safeParse(JSON.parse(line));
  if (!row.success) throw new SyntaxError('it has neither "program", nor "code" and "input", nor "context"');
  return { id: row.data.id ?? String(number), program: row.data.program };
}
