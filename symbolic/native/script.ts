import type { SmtProblem } from '../smt/rows.ts';
import { labelName, smtText, symbolText } from '../smt/text.ts';
import { type RawAnswer, reasonOf } from '../solver/raw-answer.ts';
import type { TermValue } from '../terms/value.ts';
import { readSExprs, type SExpr, SExprError } from './sexpr.ts';

/** All that a solver's process is asked about a problem. What does not fit its answer it refuses, and goes on. */
export function script(problem: SmtProblem): string {
  const symbols = problem.variables.map(({ row }) => symbolText(problem, row));
  return [
    '(set-option :produce-unsat-cores true)',
    '(set-option :smt.core.minimize true)',
    smtText(problem).trimEnd(),
    '(check-sat)',
    '(get-info :rlimit)',
    '(get-info :reason-unknown)',
    '(get-unsat-core)',
    ...(symbols.length > 0 ? [`(get-value (${symbols.join(' ')}))`] : []),
    '',
  ].join('\n');
}

/** Reads what the process printed; `crashed` where that is no answer. */
export function readOutput(stdout: string, problem: SmtProblem): RawAnswer {
  try {
    return answerOf(readSExprs(stdout), problem);
  } catch (error) {
    if (error instanceof SExprError) return { status: 'unknown', reason: 'crashed', rlimit: 0 };
    throw error;
  }
}

function answerOf(exprs: readonly SExpr[], problem: SmtProblem): RawAnswer {
  const early = exprs.findIndex((expr) => expr === 'sat' || expr === 'unsat' || expr === 'unknown');
  const status = exprs[early];
  // An error before the answer means that part of the problem was not understood: then the answer is to another one.
  const errors = exprs.slice(0, Math.max(early, 0)).map((expr) => String(expr));
  if (status === undefined || errors.length > 0) {
    return { status: 'unknown', reason: reasonOfErrors(exprs), rlimit: 0 };
  }
  const rest = exprs.slice(early + 1);
  const rlimit = Number(infoOf(rest, ':rlimit') ?? 0);
  if (status === 'unknown') return { status, reason: reasonOf(infoOf(rest, ':reason-unknown') ?? ''), rlimit };
  if (status === 'unsat') return { status, core: coreOf(rest, problem), rlimit };
  const values = valuesOf(rest.at(-1), problem);
  if (values === undefined) return { status: 'unknown', reason: 'crashed', rlimit };
  return { status: 'sat', values, rlimit };
}

function reasonOfErrors(exprs: readonly SExpr[]): 'memory' | 'crashed' | 'rlimit' {
  const text = JSON.stringify(exprs);
  if (/out of memory|memout/i.test(text)) return 'memory';
  return /max\. resource limit|canceled/i.test(text) ? 'rlimit' : 'crashed';
}

function infoOf(exprs: readonly SExpr[], key: string): string | undefined {
  const info = exprs.find((expr) => typeof expr !== 'string' && expr[0] === key);
  const value = info?.[1];
  return typeof value === 'string' ? value : undefined;
}

function coreOf(exprs: readonly SExpr[], { assertions }: SmtProblem): number[] {
  const names = new Map(assertions.map((_, at) => [labelName(at), at]));
  const core = exprs.find((expr) => typeof expr !== 'string' && expr.every((part) => names.has(String(part))));
  const places = typeof core === 'string' ? [] : (core ?? []).map((name) => names.get(String(name)));
  return places.filter((place) => place !== undefined).sort((one, other) => one - other);
}

function valuesOf(pairs: SExpr | undefined, { variables }: SmtProblem): TermValue[] | undefined {
  if (variables.length === 0) return [];
  if (pairs === undefined || typeof pairs === 'string' || pairs.length !== variables.length) return undefined;
  const values = pairs.map((pair) => valueOfExpr(pair[1]));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function valueOfExpr(expr: SExpr | undefined): TermValue | undefined {
  if (expr === 'true') return true;
  if (expr === 'false') return false;
  if (typeof expr === 'string') return /^\d+$/.test(expr) ? BigInt(expr) : undefined;
  const [sign, digits] = expr ?? [];
  return sign === '-' && typeof digits === 'string' && /^\d+$/.test(digits) ? -BigInt(digits) : undefined;
}
