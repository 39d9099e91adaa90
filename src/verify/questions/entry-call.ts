import type { ResolvedProgram } from '../../../core/program.ts';
import { markedFunction } from '../../../core/source-text.ts';

/** The call of a program's entry, the marked function's without arguments; undefined where it is a script. */
export function entryCall({ entry, source }: ResolvedProgram): string | undefined {
  if ('call' in entry) return entry.call;
  if ('script' in entry) return undefined;
  const name = markedFunction(source);
  return name === undefined ? undefined : `${name}()`;
}

/** The name of the function that a program's entry calls, as its module has it. */
export function entryCallee(program: ResolvedProgram): string | undefined {
  return /^\s*([^\W\d][\w.]*)\s*\(/u.exec(entryCall(program) ?? '')?.[1];
}
