import type { Z3_ast, Z3_context } from 'z3-solver/build/low-level/index.js';
import type { SmtProblem, SmtRow } from '../smt/rows.ts';
import type { Z3Engine } from './engine.ts';

/** Makes a problem's rows in a Z3 context, which keeps them until it is deleted. */
export function buildRows({ z3 }: Z3Engine, context: Z3_context, { rows }: SmtProblem): Z3_ast[] {
  const intSort = z3.mk_int_sort(context);
  const boolSort = z3.mk_bool_sort(context);
  const asts: Z3_ast[] = [];
  const make = (row: SmtRow): Z3_ast => {
    switch (row.kind) {
      case 'int':
        return z3.mk_numeral(context, row.value, intSort);
      case 'truth':
        return row.value ? z3.mk_true(context) : z3.mk_false(context);
      case 'symbol':
        return z3.mk_const(context, z3.mk_string_symbol(context, row.symbol), row.sort === 'int' ? intSort : boolSort);
      case 'operation':
        return operation(z3, context, row, asts);
    }
  };
  for (const row of rows) asts.push(make(row));
  return asts;
}

function operation(
  z3: Z3Engine['z3'],
  context: Z3_context,
  { operator, operands }: SmtRow & { readonly kind: 'operation' },
  asts: readonly Z3_ast[],
): Z3_ast {
  const args = operands.map((operand) => asts[operand]) as Z3_ast[];
  const [first, second, third] = args as [Z3_ast, Z3_ast, Z3_ast];
  switch (operator) {
    case '+':
      return z3.mk_add(context, args);
    case '-':
      return z3.mk_sub(context, args);
    case '*':
      return z3.mk_mul(context, args);
    case 'neg':
      return z3.mk_unary_minus(context, first);
    case 'div':
      return z3.mk_div(context, first, second);
    case 'mod':
      return z3.mk_mod(context, first, second);
    case '=':
      return z3.mk_eq(context, first, second);
    case '<':
      return z3.mk_lt(context, first, second);
    case '<=':
      return z3.mk_le(context, first, second);
    case 'not':
      return z3.mk_not(context, first);
    case 'and':
      return z3.mk_and(context, args);
    case 'or':
      return z3.mk_or(context, args);
    case '=>':
      return z3.mk_implies(context, first, second);
    case 'ite':
      return z3.mk_ite(context, first, second, third);
  }
}
