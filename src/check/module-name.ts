/** How a file of a repository is imported. */
export interface ModuleName {
  /** Dotted name, `package.module`. */
  readonly name: string;
  /** Directory that has to be on the path, relative to the repository; empty for its root. */
  readonly root: string;
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;

function directoryOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** The name of a module by the packages around it: directories with an `__init__.py`. */
export function moduleNameOf(path: string, files: Readonly<Record<string, string>>): ModuleName {
  const parts = [path.slice(path.lastIndexOf('/') + 1).replace(/\.py$/, '')];
  let directory = directoryOf(path);
  while (directory !== '' && Object.hasOwn(files, `${directory}/__init__.py`)) {
    parts.unshift(directory.slice(directory.lastIndexOf('/') + 1));
    directory = directoryOf(directory);
  }
  if (parts.length > 1 && parts.at(-1) === '__init__') parts.pop();
  return { name: parts.join('.'), root: directory };
}

/** Whether a module can be imported by its name at all. */
export function isImportable({ name }: ModuleName): boolean {
  return name.split('.').every((part) => IDENTIFIER.test(part));
}

const FROM = /^[ \t]*from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)/gmu;
const IMPORT = /^[ \t]*import[ \t]+(.+)$/gmu;
/** Imports of one module that are followed. */
const MOST_IMPORTS = 500;

/**
 * Paths of files that a module may import, found by its text; more than it does are no harm.
 *
 * @param has whether the repository holds a path
 */
export function importedPaths(path: string, text: string, root: string, has: (path: string) => boolean): string[] {
  const found = new Set<string>();
  const roots = [...new Set([root, '', 'src', 'lib'])];
  const add = (names: readonly string[], starts: readonly string[]): void => {
    for (const start of starts) {
      for (let length = 1; length <= names.length; length++) {
        const joined = [...(start === '' ? [] : [start]), ...names.slice(0, length)].join('/');
        for (const candidate of [`${joined}.py`, `${joined}/__init__.py`]) if (has(candidate)) found.add(candidate);
      }
    }
  };
  let count = 0;
  for (const [, dots = '', module = '', names = ''] of text.matchAll(FROM)) {
    if (++count > MOST_IMPORTS) break;
    const base = module === '' ? [] : module.split('.');
    const starts = dots === '' ? roots : [ancestor(directoryOf(path), dots.length - 1)];
    add(base, starts);
    for (const name of importedNames(names)) add([...base, name], starts);
  }
  for (const [, names = ''] of text.matchAll(IMPORT)) {
    if (++count > MOST_IMPORTS) break;
    for (const name of importedNames(names)) add(name.split('.'), roots);
  }
  return [...found];
}

function importedNames(list: string): string[] {
  return list
    .replace(/#.*$/gm, '')
    .replace(/[()\\\r\n]/g, ' ')
    .split(',')
    .map((part) => part.trim().split(/[ \t]/, 1)[0] ?? '')
    .filter((name) => /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name));
}

function ancestor(directory: string, levels: number): string {
  let found = directory;
  for (let level = 0; level < levels; level++) found = directoryOf(found);
  return found;
}

/** The `__init__.py` files of the packages around a module: importing it runs them first. */
export function packagesAround(path: string, has: (path: string) => boolean): string[] {
  const found: string[] = [];
  for (let directory = directoryOf(path); directory !== ''; directory = directoryOf(directory)) {
    const candidate = `${directory}/__init__.py`;
    if (!has(candidate)) break;
    found.push(candidate);
  }
  return found;
}

/** Files of one module's closure at the most. */
const MOST_FILES = 600;

/** A module with all that it may import from the same repository. */
export function closureOf(path: string, files: Readonly<Record<string, string>>): string[] {
  const has = (candidate: string): boolean => Object.hasOwn(files, candidate);
  const found = new Set<string>([path]);
  for (const at of found) {
    if (found.size > MOST_FILES) break;
    const text = files[at];
    if (text === undefined) continue;
    const { root } = moduleNameOf(at, files);
    for (const next of [...packagesAround(at, has), ...importedPaths(at, text, root, has)]) found.add(next);
  }
  return [...found];
}
