import { Fault } from '../../../core/fault.ts';
import { resolveProgram } from '../../../core/program.ts';
import { inWords } from '../../../symbolic/questions/answer.ts';
import { explore } from '../../../symbolic/questions/explore.ts';
import type { Replayed } from '../../../symbolic/questions/subject.ts';
import { BudgetedSolver } from '../../../symbolic/solver/budgeted.ts';
import type { ReplayOptions } from '../../../workers/pool.ts';
import { ExploreRequest, type ExploreResponse } from '../explore-request.ts';
import type { Engine } from '../pipeline.ts';
import { resolveBudget } from '../question.ts';
import { stampFor } from '../stamp.ts';
import { PooledInterpreter } from './interpreter.ts';
import { limitsOf, subjectOf } from './subject.ts';

/**
 * Finds the paths of a function, each with an input that was replayed.
 *
 * @throws Fault `invalid-request` where the function is not there or a type cannot be read, and whatever the pools throw
 */
export async function exploreFunction(
  engine: Engine,
  request: ExploreRequest,
  call: ReplayOptions,
): Promise<ExploreResponse> {
  const { program: given, function: name, params, bounds, budget: partial } = ExploreRequest.parse(request);
  const program = resolveProgram(given, '3.14');
  const budget = resolveBudget(partial);
  await engine.startFor(program.python);
  const interpreter = new PooledInterpreter(engine, [program], budget, call);
  const solver = new BudgetedSolver(engine.solver, { rlimit: budget.rlimit, ms: budget.ms });
  const limits = limitsOf(budget, call, { length: bounds.length });
  const subject = await subjectOf(interpreter, solver, [program], { function: name, params }, limits);
  if ('unaskable' in subject) {
    throw new Fault('invalid-request', 'The function cannot be explored.', {
      errors: [{ path: '/function', message: subject.unaskable }],
    });
  }
  const { paths, coverage } = await explore(subject, bounds.paths);
  return {
    paths: paths.map(({ conditions, input, output, exact }) => ({
      conditions: [...conditions],
      input,
      output: outputText(output),
      exact,
    })),
    complete: coverage.exhausted,
    bounds: [...coverage.bounds],
    restrictions: [...coverage.restrictions],
    reason: coverage.exhausted ? null : inWords(coverage.gaps),
    stamp: stampFor(program.python, { sealed: engine.sealed, solver: true }),
  };
}

function outputText(output: Replayed): string {
  switch (output.kind) {
    case 'returned':
      return output.repr;
    case 'raised':
      return `raises ${output.type}`;
    case 'halted':
      return `stopped: ${output.detail}`;
  }
}
