import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../../bridges/git/blobs.ts';
import { findVersions, type Selection } from '../../../bridges/git/versions.ts';
import { Repository } from './repository.ts';

const STAGED: Selection = { kind: 'staged' };
const WORK_TREE: Selection = { kind: 'since', revision: 'HEAD' };

async function look(repository: Repository, selection: Selection, paths: readonly string[] = []) {
  const { root, base, head, changed, renames, unmerged } = await findVersions(repository.directory, selection, paths);
  const texts = async (entries: typeof base) => Object.fromEntries(await readTexts(root, entries, entries.keys()));
  return {
    changed: [...changed].sort(),
    renames: [...renames],
    unmerged,
    base: await texts(base),
    head: await texts(head),
  };
}

describe('versions of a repository', () => {
  it('the index is what is staged, not the work tree', async () => {
    const repository = new Repository().write('a.py', 'one\n').write('b.py', 'b\n').commit();
    repository.write('a.py', 'two\n');
    repository.git('add', 'a.py');
    repository.write('a.py', 'three\n').write('b.py', 'not staged\n');
    expect(await look(repository, STAGED)).toMatchObject({
      changed: ['a.py'],
      base: { 'a.py': 'one\n' },
      head: { 'a.py': 'two\n', 'b.py': 'b\n' },
    });
    expect(await look(repository, WORK_TREE)).toMatchObject({
      changed: ['a.py', 'b.py'],
      head: { 'a.py': 'three\n', 'b.py': 'not staged\n' },
    });
  });

  it('renames, new and deleted files', async () => {
    const text = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('');
    const repository = new Repository().write('old.py', text).write('gone.py', 'g\n').commit();
    repository.git('mv', 'old.py', 'new.py');
    repository.git('rm', '-q', 'gone.py');
    repository.write('new.py', `${text}more\n`).write('fresh.py', 'f\n');
    repository.git('add', '-A');
    const found = await look(repository, STAGED);
    expect(found).toMatchObject({ changed: ['fresh.py', 'gone.py', 'new.py'], renames: [['new.py', 'old.py']] });
    expect(Object.keys(found.base).sort()).toEqual(['gone.py', 'old.py']);
    expect(Object.keys(found.head).sort()).toEqual(['fresh.py', 'new.py']);
  });

  it('paths with spaces, quotes, line ends and unicode', async () => {
    const paths = ['a b/ü "x".py', 'tab\there.py', 'line\nend.py', 'snow ☃.py'];
    const repository = new Repository();
    for (const path of paths) repository.write(path, 'x\n');
    repository.commit();
    for (const path of paths) repository.write(path, 'y\n');
    repository.git('add', '-A');
    expect(await look(repository, STAGED)).toMatchObject({
      changed: [...paths].sort(),
      head: Object.fromEntries(paths.map((path) => [path, 'y\n'])),
    });
  });

  it('before the first commit everything is new', async () => {
    const repository = new Repository().write('a.py', 'a\n');
    repository.git('add', '-A');
    expect(await look(repository, STAGED)).toMatchObject({ changed: ['a.py'], base: {}, head: { 'a.py': 'a\n' } });
  });

  it('binary files, links and submodules have no text', async () => {
    const inner = new Repository().write('x.py', 'x\n').commit();
    const repository = new Repository().write('binary.py', Buffer.from([1, 0, 2])).write('a.py', 'a\n');
    symlinkSync('/etc/passwd', join(repository.directory, 'link.py'));
    repository.git('submodule', '--quiet', 'add', inner.directory, 'sub.py');
    repository.git('add', '-A');
    const { head } = await look(repository, STAGED);
    expect(Object.keys(head).sort()).toEqual(['.gitmodules', 'a.py']);
    repository.commit();
    rmSync(join(repository.directory, 'a.py'));
    symlinkSync('/etc/passwd', join(repository.directory, 'a.py'));
    expect((await look(repository, WORK_TREE)).head).not.toHaveProperty('a.py');
  });

  it('conflicts are named, and the rest is there', async () => {
    const repository = new Repository().write('a.py', 'a\n').commit();
    repository.git('checkout', '-q', '-b', 'other');
    repository.write('a.py', 'theirs\n').write('c.py', 'c\n').commit();
    repository.git('checkout', '-q', 'main');
    repository.write('a.py', 'ours\n').commit();
    expect(repository.try('merge', 'other').status).not.toBe(0);
    expect(await look(repository, STAGED)).toMatchObject({
      changed: ['c.py'],
      unmerged: ['a.py'],
      head: { 'c.py': 'c\n' },
    });
  });

  it('carriage returns stay as they are stored', async () => {
    const repository = new Repository().write('a.py', 'a\r\nb\r\n').commit();
    repository.write('a.py', 'a\r\nc\r\n');
    expect(await look(repository, WORK_TREE)).toMatchObject({
      base: { 'a.py': 'a\r\nb\r\n' },
      head: { 'a.py': 'a\r\nc\r\n' },
    });
  });

  it('keeps to paths, relative to where it is called', async () => {
    const repository = new Repository().write('src/a.py', 'a\n').write('lib/b.py', 'b\n').commit();
    repository.write('src/a.py', 'c\n').write('lib/b.py', 'd\n');
    const { changed } = await findVersions(join(repository.directory, 'src'), WORK_TREE, ['.']);
    expect(changed).toEqual(['src/a.py']);
  });

  it('runs nothing that the repository configures', async () => {
    const repository = new Repository().write('a.py', 'a\n').write('.gitattributes', '*.py diff=evil\n').commit();
    const evil = `touch ${join(repository.directory, 'ran')}; cat`;
    for (const key of ['core.fsmonitor', 'diff.external', 'diff.evil.textconv', 'diff.evil.command', 'core.pager']) {
      repository.git('config', key, evil);
    }
    repository.write('a.py', 'b\n');
    await look(repository, WORK_TREE);
    await look(repository, STAGED);
    repository.git('config', '--unset', 'core.fsmonitor');
    expect(repository.git('ls-files', '-o')).toBe('');
  });

  it('says what is wrong', async () => {
    const repository = new Repository().write('a.py', 'a\n').commit();
    await expect(look(repository, { kind: 'since', revision: 'nowhere' })).rejects.toThrow('no such revision: nowhere');
    await expect(look(repository, { kind: 'since', revision: '--output=x' })).rejects.toThrow('no such revision');
  });
});
