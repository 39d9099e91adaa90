import type { ShadowValue } from '../../../core/shadow.ts';
import type { ReplayOptions } from '../../../workers/pool.ts';
import type { Engine } from '../pipeline.ts';
import type { Question } from '../question.ts';
import { PooledInterpreter } from './interpreter.ts';

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
