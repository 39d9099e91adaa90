import { runGit } from './git.ts';
import { asText, type Entries, readWorkTree } from './versions.ts';

/**
 * Texts of some files of a version, by path. What is binary or gone is left out.
 *
 * @throws {GitError} where git fails
 */
export async function readTexts(root: string, entries: Entries, paths: Iterable<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const stored: (readonly [path: string, name: string])[] = [];
  for (const path of paths) {
    const name = entries.get(path);
    if (typeof name === 'string') stored.push([path, name]);
    else if (name === null) {
      const text = readWorkTree(root, path);
      if (text !== undefined) found.set(path, text);
    }
  }
  if (stored.length === 0) return found;
  const answer = await runGit(root, ['cat-file', '--batch'], stored.map(([, name]) => `${name}\n`).join(''));
  let at = 0;
  for (const [path] of stored) {
    const newline = answer.indexOf(10, at);
    const [, kind, size] = answer.toString('latin1', at, newline).split(' ');
    at = newline + 1;
    // An object that is not here (a partial clone) is answered with `missing`, and no content.
    if (kind !== 'blob') continue;
    const text = asText(answer.subarray(at, at + Number(size)));
    if (text !== undefined) found.set(path, text);
    at += Number(size) + 1;
  }
  return found;
}
