import type { ShadowValue } from '../../../core/shadow.ts';
import { stringLiteral } from '../../../symbolic/inputs/literal.ts';
import type { ReplayOptions } from '../../../workers/pool.ts';
import type { Engine } from '../pipeline.ts';
import type { Question } from '../question.ts';
import { PooledInterpreter } from './interpreter.ts';

/** Why a text is no Python expression, by a run of its own, in which nothing of the program is; undefined where it is one. */
export async function expressionFault(
  engine: Engine,
  { program, budget }: Question,
  text: string,
  call: ReplayOptions,
): Promise<string | undefined> {
  const reader = new PooledInterpreter(engine, [{ ...program, source: '' }], budget, call);
  const read = await reader.replay(`compile(${stringLiteral(text.trim())}, 'claim', 'eval') and None`);
  if (read.kind === 'returned') return undefined;
  return `\`${text.slice(0, 60)}\` is no Python expression (${read.kind === 'raised' ? read.type : read.detail})`;
}

/** The value that a repr spells, as a tree; undefined where it is none that can be searched for. */
export async function readLiteral(
  engine: Engine,
  { program, budget }: Question,
  repr: string,
  call: ReplayOptions,
): Promise<ShadowValue | undefined> {
  const source = `def f():\n    return (${repr}\n)\n`;
  const reader = new PooledInterpreter(engine, [{ ...program, source, entry: { call: 'f()' } }], budget, call);
  const { outcome } = await reader.shadow({ function: 'f', args: [] });
  return outcome.kind === 'returned' ? outcome.value : undefined;
}
