import type { ClassOutline, FunctionOutline, ModuleOutline } from '../../../bridges/python/outline.ts';
import type { Sources } from './draw.ts';

const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** Numbers beyond this are no lengths or counts to try: a loop over one would use up the run. */
const LARGEST = 1_000_000;

/**
 * What stands in both versions of a function and of its module, and the classes around it.
 *
 * @param own both versions of its module
 */
export function sourcesOf(
  functions: readonly FunctionOutline[],
  own: readonly ModuleOutline[],
  around: readonly ModuleOutline[],
): Sources {
  const constants = new Set([...functions, ...own].flatMap((one) => one.constants));
  const numbers = new Set<number>();
  const texts = new Set<string>();
  for (const constant of constants) {
    if (NUMBER.test(constant)) {
      const number = Math.trunc(Number(constant));
      if (Math.abs(number) <= LARGEST) for (const near of [number, number - 1, number + 1]) numbers.add(near);
    } else {
      const text = literalText(constant);
      if (text !== undefined) texts.add(text);
    }
  }
  const classes = new Map<string, ClassOutline>();
  for (const { classes: found } of [...around, ...own]) for (const one of found) classes.set(one.name, one);
  return { classes, numbers: [...numbers], texts: [...texts] };
}

/** The text of a short literal without escapes but the commonest. */
function literalText(repr: string): string | undefined {
  const body = /^(['"])(.*)\1$/s.exec(repr)?.[2];
  if (body === undefined || /\\[^n'"\\t]/.test(body)) return undefined;
  return body.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : letter));
}
