import { readTexts } from '../../bridges/git/blobs.ts';
import { applyPatchText } from '../../bridges/git/patch-text.ts';
import {
  type Entries,
  findVersions,
  readWorkTree,
  rootOf,
  type Selection,
  type Versions,
} from '../../bridges/git/versions.ts';
import { importedPaths, moduleNameOf, packagesAround } from './module-name.ts';
import type { PatchRequest } from './patch-request.ts';

/** Two versions of the changed modules of a repository, as a request names them. */
export interface RepositoryPatch extends Pick<PatchRequest, 'base' | 'head' | 'renames' | 'only'> {
  readonly root: string;
  /** Claim files (`*.claims.jsonl`) of the head, by path. */
  readonly claimFiles: ReadonlyMap<string, string>;
  readonly unmerged: readonly string[];
  /** The patch changes what is configured to be left out. */
  readonly changesConfiguration: boolean;
}

/** Modules of one version at the most, and tests that are read for their calls. */
const MOST_MODULES = 5000;
const MOST_TESTS = 200;
const TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/;
const CONFIGURATION = /(?:^|\/)assay\.config\.json$/;
const CLAIMS_FILE = /\.claims\.jsonl$/;

/**
 * Reads both versions of what changed, with the modules that they import.
 *
 * @param tests paths of the head that are needed besides
 * @throws {GitError} as `findVersions` does
 */
export async function readRepository(
  directory: string,
  selection: Selection,
  paths: readonly string[],
  tests: readonly string[],
): Promise<RepositoryPatch> {
  const versions = await findVersions(directory, selection, paths);
  return collect(versions, tests);
}

/**
 * The same for a patch as text, on top of the work tree.
 *
 * @throws {PatchTextError} where it does not fit
 */
export async function readPatchText(
  directory: string,
  patch: string,
  tests: readonly string[],
): Promise<RepositoryPatch> {
  const root = await rootOf(directory);
  const versions = await findVersions(root, { kind: 'since', revision: 'HEAD' }, []);
  const files = applyPatchText(patch, (path) => readWorkTree(root, path));
  const renames = new Map<string, string>();
  const texts = new Map<string, string>();
  const changed: string[] = [];
  const head = new Map(versions.head);
  for (const { oldPath, newPath, text } of files) {
    if (oldPath !== undefined && oldPath !== newPath) head.delete(oldPath);
    if (newPath !== undefined && text !== undefined) {
      head.set(newPath, null);
      texts.set(newPath, text);
      if (oldPath !== undefined && oldPath !== newPath) renames.set(newPath, oldPath);
    }
    changed.push(newPath ?? oldPath ?? '');
  }
  return collect({ ...versions, base: versions.head, head, changed, renames }, tests, texts);
}

async function collect(
  versions: Versions,
  tests: readonly string[],
  given: ReadonlyMap<string, string> = new Map(),
): Promise<RepositoryPatch> {
  const { root, base, head, changed, renames, unmerged } = versions;
  const modules = changed.filter((path) => path.endsWith('.py'));
  const old = modules.map((path) => renames.get(path) ?? path);
  const [before, after] = await Promise.all([
    withImports(root, base, old, new Map()),
    withImports(root, head, [...modules, ...tests], given),
  ]);
  if (modules.length > 0) await addTests(root, head, modules, after);
  const claimFiles = await readTexts(
    root,
    head,
    [...head.keys()].filter((path) => CLAIMS_FILE.test(path)),
  );
  return {
    root,
    base: { files: Object.fromEntries(before) },
    head: { files: Object.fromEntries(after) },
    renames: Object.fromEntries([...renames].filter(([path]) => path.endsWith('.py'))),
    only: modules,
    claimFiles,
    unmerged: unmerged.filter((path) => path.endsWith('.py')),
    changesConfiguration: [...changed, ...renames.values()].some((path) => CONFIGURATION.test(path)),
  };
}

/** Modules and what they import, one layer at a time: each is one question to git. */
async function withImports(
  root: string,
  entries: Entries,
  start: readonly string[],
  given: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const has = (path: string): boolean => entries.has(path);
  // Only which packages there are matters for a name.
  const packages = Object.fromEntries(
    [...entries.keys()].filter((path) => path.endsWith('/__init__.py')).map((path) => [path, '']),
  );
  let layer = start.filter(has);
  while (layer.length > 0 && found.size < MOST_MODULES) {
    const texts = await readTexts(
      root,
      entries,
      layer.filter((path) => !given.has(path)),
    );
    for (const path of layer) {
      const text = given.get(path) ?? texts.get(path);
      if (text !== undefined) found.set(path, text);
    }
    const next = new Set<string>();
    for (const path of layer) {
      const text = found.get(path);
      if (text === undefined) continue;
      for (const other of packagesAround(path, has)) next.add(other);
      for (const other of importedPaths(path, text, moduleNameOf(path, packages).root, has)) next.add(other);
    }
    layer = [...next].filter((path) => !found.has(path));
  }
  return found;
}

/** Tests that speak of a changed module: the calls in them are inputs. */
async function addTests(
  root: string,
  head: Entries,
  modules: readonly string[],
  files: Map<string, string>,
): Promise<void> {
  const candidates = [...head.keys()].filter((path) => TEST_FILE.test(path) && !files.has(path)).slice(0, MOST_TESTS);
  const stems = modules.map((path) => moduleNameOf(path, {}).name).filter((name) => name !== '__init__');
  for (const [path, text] of await readTexts(root, head, candidates)) {
    if (stems.some((stem) => text.includes(stem))) files.set(path, text);
  }
}
