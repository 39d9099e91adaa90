import type { ShadowRun, ShadowValue } from '../../core/shadow.ts';
import type { Sort, TermRef } from '../../core/term.ts';
import { evaluate } from '../terms/evaluate.ts';
import { readTermTable } from '../terms/table.ts';
import { readValue, type TermValue } from '../terms/value.ts';

/** A term and what the run says that it comes to. */
interface Stated {
  readonly term: TermRef;
  readonly value: TermValue;
  readonly where: string;
}

/**
 * Evaluates every term of a run on the run's own input and compares with what the run saw: the judge does not take the
 * word of the interpreter that ran the program.
 *
 * @returns what is wrong, or undefined
 * @throws TermError where the table is none
 */
export function shadowRunFault(run: ShadowRun): string | undefined {
  const sorts = new Map<string, Sort>(run.variables.map(({ name, sort }) => [name, sort]));
  const { table } = readTermTable(run.terms, sorts);
  const assignment = new Map(run.variables.map(({ name, value }) => [name, readValue(value)]));
  const stated: Stated[] = run.conditions.map(({ term, taken, line }) => ({
    term,
    value: taken,
    where: `the condition on line ${line}`,
  }));
  if (run.outcome.kind === 'returned') collect(run.outcome.value, 'the returned value', stated);
  for (const { name, value } of run.after) collect(value, `the argument ${name}`, stated);
  collect(run.stdout, 'the output', stated);
  if (run.ensured !== null) collect(run.ensured, 'the property', stated);
  const values = evaluate(
    table,
    stated.map(({ term }) => term),
    assignment,
  );
  const wrong = stated.findIndex(({ value }, at) => values[at] !== value);
  if (wrong < 0) return undefined;
  const { where, value } = stated[wrong] as Stated;
  return `${where} was ${value}, its term comes to ${values[wrong] ?? 'nothing'}`;
}

/** All terms of a value, iteratively: values nest as deep as the program likes. */
function collect(root: ShadowValue, where: string, stated: Stated[]): void {
  const open: ShadowValue[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    switch (value.t) {
      case 'int':
        if (value.term !== undefined) stated.push({ term: value.term, value: BigInt(value.v), where });
        break;
      case 'bool':
        if (value.term !== undefined) stated.push({ term: value.term, value: value.v, where });
        break;
      case 'str':
        for (const [at, character] of [...value.v].entries()) {
          const term = value.chars?.[at];
          if (term === undefined || term === null) continue;
          stated.push({ term, value: BigInt(character.codePointAt(0) ?? 0), where });
        }
        break;
      case 'list':
      case 'tuple':
      case 'set':
      case 'frozenset':
        open.push(...value.items);
        break;
      case 'dict':
        open.push(...value.items.flat());
        break;
      case 'object':
        open.push(...value.items.map(([, item]) => item));
        break;
      case 'none':
      case 'float':
      case 'bytes':
      case 'opaque':
        break;
    }
  }
}
