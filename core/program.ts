import { z } from 'zod';
import { byName } from './names.ts';
import { ENTRY_MARK, findEntryMark } from './source-text.ts';

// Replay threads read a source without the schemas, and without the library behind them.
export { ENTRY_MARK, findEntryMark, sourceLines } from './source-text.ts';

/** The Python versions that Assay replays, one pinned interpreter build each. */
export const PYTHON_VERSIONS = ['3.10', '3.11', '3.14'] as const;

export const PythonVersion = z.enum(PYTHON_VERSIONS).meta({
  id: 'PythonVersion',
  description: 'Python version that the program is replayed under. Traces in CWM format come from 3.10.',
});
export type PythonVersion = z.infer<typeof PythonVersion>;

export const Entry = z
  .union([
    z.strictObject({
      call: z.string().min(1).describe('One expression, evaluated in the module, such as `f(3)`.'),
    }),
    z.strictObject({
      main: z.literal(true).describe(`Call the function whose \`def\` line carries \`${ENTRY_MARK}\`.`),
    }),
    z.strictObject({
      script: z.literal(true).describe('Run the module from top to bottom as `__main__`.'),
    }),
  ])
  .meta({ id: 'Entry', description: 'Where the traced run starts.' });
export type Entry = z.infer<typeof Entry>;

const FilePath = z
  .string()
  .min(1)
  .max(512)
  .refine((path) => !path.includes('\0') && !path.split('/').includes('..'), {
    message: 'must be a path without NUL and without `..`',
  });

/** What a world may leave open. */
export const UNKNOWN_SOURCES = ['random', 'clock', 'stdin'] as const;
export type UnknownSource = (typeof UNKNOWN_SOURCES)[number];

export const World = z
  .strictObject({
    seed: z.int().min(0).max(0xffff_ffff).optional().describe('Seeds `random` and every source of entropy. Default 0.'),
    clock: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('What the clock says when the run starts. Default 2026-01-01T00:00:00Z.'),
    stdin: z.string().optional().describe('Standard input. Default empty.'),
    unknown: z
      .array(z.enum(UNKNOWN_SOURCES))
      .max(UNKNOWN_SOURCES.length)
      .optional()
      .describe('Sources that nobody knows beforehand: a claim is right if some value of theirs makes it right.'),
    files: byName(FilePath)
      .optional()
      .describe('Files in memory, by path; relative paths start in the working directory.'),
  })
  .meta({ id: 'World', description: 'Everything that the program can see besides its own source.' });
export type World = z.infer<typeof World>;

export const Program = z
  .strictObject({
    source: z.string().describe('The text of the module.'),
    entry: Entry.optional(),
    python: PythonVersion.optional(),
    world: World.optional(),
  })
  .meta({ id: 'Program', description: 'A Python program, where its run starts and the world it runs in.' });
export type Program = z.infer<typeof Program>;

/** A program with every default filled in: equal ones have equal runs. */
export interface ResolvedProgram {
  readonly source: string;
  readonly entry: Entry;
  readonly python: PythonVersion;
  readonly world: {
    readonly seed: number;
    readonly clock: string;
    readonly stdin: string;
    readonly files: Readonly<Record<string, string>>;
  };
}

export const DEFAULT_CLOCK = '2026-01-01T00:00:00Z';

/**
 * Fills in what a program leaves open.
 *
 * @param fallback the Python version where the program names none: 3.10 for claims in CWM format, else 3.14
 */
export function resolveProgram(program: Program, fallback: PythonVersion): ResolvedProgram {
  const { world = {} } = program;
  return {
    source: program.source,
    entry: program.entry ?? (findEntryMark(program.source) === undefined ? { script: true } : { main: true }),
    python: program.python ?? fallback,
    world: {
      seed: world.seed ?? 0,
      clock: world.clock ?? DEFAULT_CLOCK,
      stdin: world.stdin ?? '',
      files: world.files ?? {},
    },
  };
}
