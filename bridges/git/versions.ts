import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fields, GitError, runGit } from './git.ts';

/** Regular files of one version: path → object name, or null for what is read from the work tree. */
export type Entries = ReadonlyMap<string, string | null>;

/** Two versions of a repository, and the paths that differ. */
export interface Versions {
  /** Top directory of the work tree. */
  readonly root: string;
  readonly base: Entries;
  readonly head: Entries;
  /** Paths that differ, as the head names them, or the base where the file is gone. */
  readonly changed: readonly string[];
  /** New path → old path. */
  readonly renames: ReadonlyMap<string, string>;
  /** Paths with unresolved conflicts, which have no version to look at. */
  readonly unmerged: readonly string[];
}

/** Which two versions are meant. */
export type Selection =
  /** The index against the last commit: what the next commit would hold. */
  | { readonly kind: 'staged' }
  /** The work tree against a commit. */
  | { readonly kind: 'since'; readonly revision: string };

const REGULAR: ReadonlySet<string> = new Set(['100644', '100755']);

/** Top directory of the work tree that a directory is in. @throws {GitError} where it is in none */
export async function rootOf(directory: string): Promise<string> {
  return (await runGit(directory, ['rev-parse', '--show-toplevel'])).toString().replace(/\r?\n$/, '');
}

/** The tree of a revision. Before the first commit the tree of `HEAD` is empty. @throws {GitError} where there is no such revision */
async function treeOf(root: string, revision: string): Promise<string> {
  try {
    const found = await runGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{tree}`]);
    return found.toString().trim();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (revision !== 'HEAD') throw new GitError(`no such revision: ${revision}`);
    // Git knows the empty tree without that it is stored.
    return (await runGit(root, ['hash-object', '-t', 'tree', '--stdin'], '')).toString().trim();
  }
}

/**
 * Finds the two versions.
 *
 * @param paths files or directories below `directory` to keep to; all where there are none
 * @throws {GitError} where `directory` is in no work tree, or there is no such revision
 */
export async function findVersions(
  directory: string,
  selection: Selection,
  paths: readonly string[],
): Promise<Versions> {
  const root = await rootOf(directory);
  const tree = await treeOf(root, selection.kind === 'staged' ? 'HEAD' : selection.revision);
  const cached = selection.kind === 'staged' ? ['--cached'] : [];
  // From the directory that the paths are relative to; the answer is relative to the top all the same.
  const raw = await runGit(directory, [
    'diff-index',
    '--raw',
    '-z',
    '-M',
    '--no-abbrev',
    ...cached,
    tree,
    '--',
    ...paths,
  ]);
  const index = await indexEntries(root);
  const changes = readChanges(fields(raw));
  const head = new Map<string, string | null>(index.entries);
  if (selection.kind === 'since') {
    const dirty = fields(await runGit(root, ['diff-files', '--name-only', '-z']));
    for (const path of dirty) {
      if (isRegularFile(root, path)) head.set(path, null);
      else head.delete(path);
    }
  }
  return {
    root,
    base: treeEntries(fields(await runGit(root, ['ls-tree', '-r', '-z', tree]))),
    head,
    changed: changes.changed.filter((path) => !index.unmerged.has(path)),
    renames: changes.renames,
    unmerged: [...index.unmerged],
  };
}

interface Changes {
  readonly changed: readonly string[];
  readonly renames: ReadonlyMap<string, string>;
}

/** Reads `:100644 100644 <old> <new> M\0path\0`, with two paths for a rename or copy. */
function readChanges(parts: readonly string[]): Changes {
  const changed: string[] = [];
  const renames = new Map<string, string>();
  for (let at = 0; at < parts.length; ) {
    const status = parts[at]?.split(' ').at(-1) ?? '';
    const first = parts[at + 1] ?? '';
    if (/^[RC]/.test(status)) {
      const second = parts[at + 2] ?? '';
      changed.push(second);
      renames.set(second, first);
      at += 3;
    } else {
      changed.push(first);
      at += 2;
    }
  }
  return { changed, renames };
}

function treeEntries(parts: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of parts) {
    const tab = part.indexOf('\t');
    const [mode = '', , name = ''] = part.slice(0, tab).split(' ');
    if (REGULAR.has(mode)) found.set(part.slice(tab + 1), name);
  }
  return found;
}

interface Index {
  readonly entries: ReadonlyMap<string, string>;
  readonly unmerged: ReadonlySet<string>;
}

async function indexEntries(root: string): Promise<Index> {
  const entries = new Map<string, string>();
  const unmerged = new Set<string>();
  for (const part of fields(await runGit(root, ['ls-files', '-s', '-z']))) {
    const tab = part.indexOf('\t');
    const [mode = '', name = '', stage = ''] = part.slice(0, tab).split(' ');
    const path = part.slice(tab + 1);
    if (stage !== '0') unmerged.add(path);
    else if (REGULAR.has(mode)) entries.set(path, name);
  }
  return { entries, unmerged };
}

/** Links are not followed: one may lead out of the repository. */
function isRegularFile(root: string, path: string): boolean {
  return lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
}

/** A file of a work tree as text; undefined where it is none. */
export function readWorkTree(root: string, path: string): string | undefined {
  if (!isRegularFile(root, path)) return undefined;
  return asText(readFileSync(join(root, path)));
}

/** UTF-8 without byte order mark; undefined for what is no text. */
export function asText(content: Buffer): string | undefined {
  return content.includes(0) ? undefined : content.toString('utf8').replace(/^\uFEFF/, '');
}
