import type { Z3_ast, Z3_context, Z3_solver } from 'z3-solver/build/low-level/index.js';
import type { SmtProblem } from '../smt/rows.ts';
import { labelName } from '../smt/text.ts';
import { type RawAnswer, reasonOf } from '../solver/raw-answer.ts';
import type { TermValue } from '../terms/value.ts';
import type { Z3Engine } from './engine.ts';
import { buildRows } from './terms.ts';

/** Z3's code for an allocation over its limit. */
const MEMOUT = 7;

/**
 * Decides one problem in a context of its own, so that nothing of earlier ones is left in it: identifiers, the order of
 * terms and with them the model and the work would depend on it. That costs about 3 ms.
 *
 * @throws what the WebAssembly module throws where it breaks; it must not be used again
 */
export function checkProblem(engine: Z3Engine, problem: SmtProblem, rlimit: number): RawAnswer {
  const { z3 } = engine;
  const config = z3.mk_config();
  const context = z3.mk_context(config);
  z3.del_config(config);
  // The core solver and not the portfolio of tactics: those have timeouts inside, so their answer depends on the clock.
  const solver = z3.mk_simple_solver(context);
  z3.solver_inc_ref(context, solver);
  setLimits(engine, context, solver, problem, rlimit);
  const asts = buildRows(engine, context, problem);
  const labels = assertAll(engine, context, solver, problem, asts);
  const status = engine.check(context, solver);
  const answer = read(engine, { context, solver, problem, asts, labels }, status);
  z3.solver_dec_ref(context, solver);
  z3.del_context(context);
  return answer;
}

function setLimits(
  { z3 }: Z3Engine,
  context: Z3_context,
  solver: Z3_solver,
  problem: SmtProblem,
  rlimit: number,
): void {
  const params = z3.mk_params(context);
  z3.params_inc_ref(context, params);
  z3.params_set_uint(context, params, z3.mk_string_symbol(context, 'rlimit'), rlimit);
  if (problem.assertions.some(({ label }) => label !== undefined)) {
    z3.params_set_bool(context, params, z3.mk_string_symbol(context, 'core.minimize'), true);
  }
  z3.solver_set_params(context, solver, params);
  z3.params_dec_ref(context, params);
}

/** @returns the constant that stands for each labelled assertion, with the assertion's place */
function assertAll(
  { z3 }: Z3Engine,
  context: Z3_context,
  solver: Z3_solver,
  { facts, assertions }: SmtProblem,
  asts: readonly Z3_ast[],
): Map<Z3_ast, number> {
  const labels = new Map<Z3_ast, number>();
  const boolSort = z3.mk_bool_sort(context);
  for (const fact of facts) z3.solver_assert(context, solver, asts[fact] as Z3_ast);
  for (const [at, { row, label }] of assertions.entries()) {
    const ast = asts[row] as Z3_ast;
    if (label === undefined) {
      z3.solver_assert(context, solver, ast);
      continue;
    }
    const tracker = z3.mk_const(context, z3.mk_string_symbol(context, labelName(at)), boolSort);
    labels.set(tracker, at);
    z3.solver_assert_and_track(context, solver, ast, tracker);
  }
  return labels;
}

interface Checked {
  readonly context: Z3_context;
  readonly solver: Z3_solver;
  readonly problem: SmtProblem;
  readonly asts: readonly Z3_ast[];
  readonly labels: ReadonlyMap<Z3_ast, number>;
}

function read(engine: Z3Engine, checked: Checked, status: number): RawAnswer {
  const { z3 } = engine;
  const { context, solver } = checked;
  if (z3.get_error_code(context) === MEMOUT) return { status: 'unknown', reason: 'memory', rlimit: 0 };
  const rlimit = workOf(engine, context, solver);
  if (status === 1) {
    const values = valuesOf(engine, checked);
    return values === undefined
      ? { status: 'unknown', reason: 'incomplete', rlimit }
      : { status: 'sat', values, rlimit };
  }
  if (status === -1) return { status: 'unsat', core: coreOf(engine, checked), rlimit };
  return { status: 'unknown', reason: reasonOf(z3.solver_get_reason_unknown(context, solver)), rlimit };
}

function workOf({ z3 }: Z3Engine, context: Z3_context, solver: Z3_solver): number {
  const statistics = z3.solver_get_statistics(context, solver);
  z3.stats_inc_ref(context, statistics);
  let work = 0;
  for (let at = 0; at < z3.stats_size(context, statistics); at++) {
    if (z3.stats_get_key(context, statistics, at) !== 'rlimit count') continue;
    work = z3.stats_is_uint(context, statistics, at)
      ? z3.stats_get_uint_value(context, statistics, at)
      : z3.stats_get_double_value(context, statistics, at);
  }
  z3.stats_dec_ref(context, statistics);
  return work;
}

function valuesOf({ z3 }: Z3Engine, { context, solver, problem, asts }: Checked): TermValue[] | undefined {
  const model = z3.solver_get_model(context, solver);
  z3.model_inc_ref(context, model);
  const values: TermValue[] = [];
  for (const { row, sort } of problem.variables) {
    const ast = z3.model_eval(context, model, asts[row] as Z3_ast, true);
    if (ast === null) return undefined;
    values.push(sort === 'bool' ? z3.get_bool_value(context, ast) === 1 : BigInt(z3.get_numeral_string(context, ast)));
  }
  z3.model_dec_ref(context, model);
  return values;
}

function coreOf({ z3 }: Z3Engine, { context, solver, labels }: Checked): number[] {
  const vector = z3.solver_get_unsat_core(context, solver);
  z3.ast_vector_inc_ref(context, vector);
  const core: number[] = [];
  for (let at = 0; at < z3.ast_vector_size(context, vector); at++) {
    const place = labels.get(z3.ast_vector_get(context, vector, at));
    if (place !== undefined) core.push(place);
  }
  z3.ast_vector_dec_ref(context, vector);
  return core.sort((one, other) => one - other);
}
