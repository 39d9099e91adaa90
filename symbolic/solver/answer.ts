import { lower, TooLargeError } from '../smt/lower.ts';
import type { SmtProblem } from '../smt/rows.ts';
import { evaluate } from '../terms/evaluate.ts';
import { readTermTable, TABLE_LIMITS } from '../terms/table.ts';
import type { Assignment, TermValue } from '../terms/value.ts';
import type { Query, QueryVariable, SolverAnswer, UnknownReason } from './solver.ts';

/** What every answer says besides its status. */
export interface AnswerFacts {
  readonly rlimit: number;
  readonly ms: number;
  readonly engine: string;
}

/**
 * Reads a query's terms and writes it in SMT-LIB's; `size` where it is too large for that.
 *
 * @throws TermError
 */
export function problemOf(query: Query): SmtProblem | 'size' {
  if (query.terms.length > TABLE_LIMITS.rows) return 'size';
  readTermTable(query.terms, new Map(query.variables.map(({ name, sort }) => [name, sort])));
  try {
    return lower(query);
  } catch (error) {
    if (error instanceof TooLargeError) return 'size';
    throw error;
  }
}

export function unknown(reason: UnknownReason, facts: AnswerFacts, problem?: SmtProblem): SolverAnswer {
  return { status: 'unknown', reason, ...facts, restrictions: problem?.restrictions ?? [] };
}

/** The answer of an engine that found the assertions at these places contradictory. */
export function unsat(query: Query, problem: SmtProblem, core: readonly number[], facts: AnswerFacts): SolverAnswer {
  const labels = core.map((at) => query.assertions[at]?.label).filter((label) => label !== undefined);
  return { status: 'unsat', core: [...new Set(labels)], ...facts, restrictions: problem.restrictions };
}

/**
 * The answer of an engine that found these values of the problem's variables. They are believed only after the terms were
 * evaluated under them: where that does not come out, the answer is `unknown`.
 */
export function sat(query: Query, problem: SmtProblem, values: readonly TermValue[], facts: AnswerFacts): SolverAnswer {
  const found = new Map(problem.variables.map(({ name }, at) => [name, values[at]]));
  const model = new Map<string, TermValue>();
  for (const variable of query.variables) model.set(variable.name, found.get(variable.name) ?? anyValue(variable));
  if (!meets(query, model)) return unknown('incomplete', facts, problem);
  return { status: 'sat', model, ...facts, restrictions: problem.restrictions };
}

/** The value nearest to 0 of a variable that nothing was asked about. */
function anyValue({ sort, least, greatest }: QueryVariable): TermValue {
  if (sort === 'bool') return false;
  if (least !== null && BigInt(least) > 0n) return BigInt(least);
  return greatest !== null && BigInt(greatest) < 0n ? BigInt(greatest) : 0n;
}

/** Whether an assignment is within the variables' bounds and gives every assertion the value that it should have. */
export function meets({ terms, variables, assertions }: Query, assignment: Assignment): boolean {
  if (!variables.every((variable) => isWithin(assignment.get(variable.name), variable))) return false;
  const values = evaluate(
    terms,
    assertions.map(({ term }) => term),
    assignment,
  );
  return assertions.every(({ holds }, at) => values[at] === holds);
}

function isWithin(value: TermValue | undefined, { sort, least, greatest }: QueryVariable): boolean {
  if (sort === 'bool') return typeof value === 'boolean';
  if (typeof value !== 'bigint') return false;
  return (least === null || value >= BigInt(least)) && (greatest === null || value <= BigInt(greatest));
}
