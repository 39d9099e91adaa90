import { GitError } from '../../bridges/git/git.ts';
import { PatchTextError } from '../../bridges/git/patch-text.ts';
import type { PythonVersion } from '../../core/program.ts';
import type { PatchResponse, PatchTest } from '../check/patch-request.ts';
import { type RepositoryPatch, readPatchText, readRepository } from '../check/repository.ts';
import { loadConfig } from '../config/load.ts';
import { readBaseline, withoutKnown } from './baseline.ts';
import { CliError } from './cli-error.ts';
import type { Engine } from './engine.ts';
import { readGivenClaims, readPatchClaims } from './patch-claims.ts';

/** Which versions are compared. */
export type Compared =
  | { readonly kind: 'staged' }
  | { readonly kind: 'since'; readonly revision: string }
  | { readonly kind: 'diff'; readonly patch: string };

export interface CheckSettings {
  readonly directory: string;
  readonly compared: Compared;
  readonly paths: readonly string[];
  readonly claims: readonly string[];
  readonly tests: readonly string[];
  readonly python?: PythonVersion | undefined;
  readonly seed?: number | undefined;
  readonly inputs?: number | undefined;
  /** Milliseconds. */
  readonly ms?: number | undefined;
  readonly baseline?: string | undefined;
}

/** What a check came to. */
export interface CheckOutcome {
  readonly response: PatchResponse;
  /** Texts of the new version, for code frames. */
  readonly texts: Readonly<Record<string, string>>;
  /** What a person should know besides, in sentences. */
  readonly remarks: readonly string[];
}

type OnProgress = (done: number, all: number) => void;

/**
 * Reads both versions from git and has them compared.
 *
 * @throws {CliError} where there is no repository, no such revision, or the patch does not fit
 */
export async function runCheck(engine: Engine, settings: CheckSettings, onProgress: OnProgress): Promise<CheckOutcome> {
  const tests = settings.tests.map(asTest);
  const patch = await read(settings, tests);
  const found = readPatchClaims(patch.claimFiles);
  const { root: _root, claimFiles: _files, unmerged, changesConfiguration, ...versions } = patch;
  const response = await engine.patch(
    {
      ...versions,
      claims: [...found.claims, ...readGivenClaims(settings.claims)],
      tests,
      options: {
        ...(settings.python !== undefined && { python: settings.python }),
        ...(settings.seed !== undefined && { seed: settings.seed }),
        ...(settings.inputs !== undefined && { inputs: settings.inputs }),
        ...(settings.ms !== undefined && { ms: settings.ms }),
      },
    },
    { onProgress },
  );
  const known = settings.baseline === undefined ? new Set<string>() : readBaseline(settings.baseline);
  const { settings: config } = loadConfig({ directory: settings.directory, environment: process.env, flags: {} });
  // Whoever may change the configuration in the patch could leave out what the patch does.
  const trusted = !changesConfiguration;
  const remarks = [
    ...found.faults,
    ...unmerged.map((path) => `${path} has conflicts that are not resolved: it is not looked at`),
    ...(trusted ? [] : ['the patch changes assay.config.json: nothing is left out']),
  ];
  return {
    response: withoutKnown(response, known, trusted ? config.check_ignore : []),
    texts: { ...patch.base.files, ...patch.head.files },
    remarks,
  };
}

/** `tests/test_a.py`, `tests/test_a.py::name`, or `src/a.py::f(3)`: a call that passes where it does not raise. */
function asTest(text: string): PatchTest {
  const [file = '', rest] = text.split(/::(.*)/s, 2);
  if (rest?.includes('(')) return { module: file, call: rest };
  return rest === undefined ? { file } : { file, only: rest.replaceAll('::', '.') };
}

async function read(settings: CheckSettings, tests: readonly PatchTest[]): Promise<RepositoryPatch> {
  const { directory, compared, paths } = settings;
  const files = tests.map((test) => ('file' in test ? test.file : test.module));
  try {
    if (compared.kind === 'diff') return await readPatchText(directory, compared.patch, files);
    return await readRepository(directory, compared, paths, files);
  } catch (error) {
    if (error instanceof GitError) throw new CliError(error.message, 'run it in a git repository');
    if (error instanceof PatchTextError) throw new CliError(error.message, 'the patch has to fit the work tree');
    throw error;
  }
}
