import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Entry, PYTHON_VERSIONS, type PythonVersion, sourceLines } from '../../core/program.ts';

const FOLDER = new URL('programs/', import.meta.url);

/** What the comments at the start of a program may say about it. See `README.md` beside this file. */
const Header = z.strictObject({
  entry: z.string().transform(readEntry),
  about: z.string(),
  python: z
    .string()
    .transform((text) => text.split(' '))
    .pipe(z.array(z.enum(PYTHON_VERSIONS)).min(1))
    .optional(),
  stdin: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.string())
    .optional(),
  returns: z.string().optional(),
  raises: z.string().optional(),
});

/** A program with its entry and how its run ends. */
export interface Case {
  /** The file's name without its ending. */
  readonly name: string;
  /** The whole file, header included: line numbers count from its first line. */
  readonly source: string;
  readonly entry: Entry;
  /** What the program is there to show. */
  readonly about: string;
  /** The versions under which it runs. */
  readonly python: readonly PythonVersion[];
  readonly stdin: string;
  /** Repr of what the entry returns. A script returns `None`. */
  readonly returns?: string | undefined;
  /** Type of the exception that ends the run, as a traceback prints it. Either this or `returns` is set. */
  readonly raises?: string | undefined;
}

/**
 * All programs of `programs/`, by name.
 *
 * @throws if a program has no header, or one that does not fit
 */
export function loadCases(): Case[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.py'))
    .sort()
    .map((file) => readCase(file.slice(0, -'.py'.length), readFileSync(new URL(file, FOLDER), 'utf8')));
}

function readCase(name: string, source: string): Case {
  const parsed = Header.safeParse(Object.fromEntries(headerFields(source)));
  if (!parsed.success) throw new Error(`the header of case ${name} does not fit: ${z.prettifyError(parsed.error)}`);
  const { entry, about, python = PYTHON_VERSIONS, stdin = '', returns, raises } = parsed.data;
  if (raises !== undefined && returns !== undefined) throw new Error(`case ${name} cannot both return and raise`);
  if (raises === undefined && returns === undefined && !('script' in entry)) {
    throw new Error(`case ${name} does not say how it ends`);
  }
  return {
    name,
    source,
    entry,
    about,
    python,
    stdin,
    returns: raises === undefined ? (returns ?? 'None') : undefined,
    raises,
  };
}

function* headerFields(source: string): Generator<[string, string]> {
  for (const line of sourceLines(source)) {
    const field = /^# ([a-z]+): (.+)$/.exec(line);
    if (field === null) return;
    const [, key = '', value = ''] = field;
    yield [key, value];
  }
}

function readEntry(text: string, context: z.core.$RefinementCtx<string>): Entry {
  if (text === 'main') return { main: true };
  if (text === 'script') return { script: true };
  if (text.startsWith('call ')) return { call: text.slice('call '.length) };
  context.addIssue(`expected "main", "script" or "call EXPRESSION", got ${JSON.stringify(text)}`);
  return z.NEVER;
}
