import type { ResolvedProgram } from '../../../core/program.ts';
import type { Interpreter } from '../../../symbolic/questions/subject.ts';
import type { Unaskable } from './subject.ts';

/** A function and what its parameters may be. */
export interface GuessedParameters {
  readonly function: string;
  /** Parameter → type, the likeliest first. */
  readonly candidates: readonly Readonly<Record<string, string>>[];
  /** The program says so itself, by annotations. */
  readonly declared: boolean;
}

/** What programs without annotations take, likeliest first. */
const TYPES: readonly string[] = ['int', 'str', 'list[int]', 'list[str]', 'dict[str, int]', 'bool'];
/** Combinations of types that are tried for a function. */
const COMBINATIONS = 12;

/**
 * Finds the function whose input is searched for, and the types of its parameters: by its annotations, or, where it has
 * none, by trying common types.
 *
 * @param name the function; left out, the module's last one is taken
 */
export async function guessParameters(
  interpreter: Interpreter,
  program: ResolvedProgram,
  name: string | undefined,
): Promise<GuessedParameters | Unaskable> {
  const found = name ?? functionOf(program);
  if (found === undefined || !/^[^\W\d]\w*$/u.test(found)) return { unaskable: 'the claim names no function' };
  const names = await interpreter.replay(`${found}.__code__.co_varnames[:${found}.__code__.co_argcount]`);
  const annotations = await interpreter.replay(
    `[(k, v if type(v) is str else getattr(v, '__name__', '') if type(v) is type else str(v)) for k, v in ${found}.__annotations__.items()]`,
  );
  if (names.kind !== 'returned' || annotations.kind !== 'returned') {
    return { unaskable: `the module has no function \`${found}\` written in Python` };
  }
  const parameters = quoted(names.repr);
  const flat = quoted(annotations.repr);
  const declared = new Map<string, string>();
  for (let at = 0; at + 1 < flat.length; at += 2) declared.set(flat[at] ?? '', flat[at + 1] ?? '');
  const candidates = combine(
    parameters.map((parameter) => {
      const type = declared.get(parameter);
      return [parameter, type === undefined ? TYPES : [type]] as const;
    }),
  );
  return { function: found, candidates, declared: parameters.every((parameter) => declared.has(parameter)) };
}

function quoted(repr: string): string[] {
  return [...repr.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
}

/** The called function of the entry, or the last one that the module defines. */
function functionOf({ source, entry }: ResolvedProgram): string | undefined {
  const called = 'call' in entry ? /^\s*([^\W\d]\w*)\s*\(/u.exec(entry.call)?.[1] : undefined;
  return called ?? [...source.matchAll(/^def[ \t]+([^\W\d]\w*)/gmu)].at(-1)?.[1];
}

function combine(
  choices: readonly (readonly [name: string, types: readonly string[]])[],
): Readonly<Record<string, string>>[] {
  let rows: { types: [string, string][]; rank: number }[] = [{ types: [], rank: 0 }];
  for (const [name, types] of choices) {
    rows = rows
      .flatMap((row) =>
        types.map((type, place): (typeof rows)[number] => ({
          types: [...row.types, [name, type]],
          rank: row.rank + place,
        })),
      )
      .sort((a, b) => a.rank - b.rank)
      .slice(0, COMBINATIONS);
  }
  return rows.map(({ types }) => Object.fromEntries(types));
}
