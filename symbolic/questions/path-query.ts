import type { ShadowArgument } from '../../core/shadow.ts';
import type { TermRef, Variable } from '../../core/term.ts';
import type { Inquiry } from '../exploration/inquiry.ts';
import type { ExploredPath } from '../exploration/path.ts';
import { assignArguments } from '../inputs/assignment.ts';

/** An input of a path on which a condition holds: there is one, there is none, or nobody knows. */
export type PathInput =
  | { readonly kind: 'found'; readonly args: readonly ShadowArgument[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Searches a path's inputs for one on which a condition holds. */
export async function inputWhere(inquiry: Inquiry, path: ExploredPath, condition: TermRef): Promise<PathInput> {
  const variables: Variable[] = path.runs.flatMap(({ run }) => run.variables);
  const unique = [...new Map(variables.map((variable) => [variable.name, variable])).values()];
  const assertions = [
    ...path.decisions.map(({ ref, taken }) => ({ term: ref, holds: taken })),
    { term: condition, holds: true },
  ];
  const answer = await inquiry.check(assertions, unique);
  switch (answer.status) {
    case 'sat':
      return { kind: 'found', args: assignArguments(path.args, answer.model) };
    case 'unsat':
      return { kind: 'none' };
    case 'unknown':
      return { kind: 'unknown', reason: answer.reason };
  }
}
