import { DRIVER_NAMES } from './inputs/scenario.ts';
import { closureOf, isImportable, type ModuleName, moduleNameOf } from './module-name.ts';

/** Where the repository lies in the interpreter's file system. */
const HOME = '/home/user';

/** One version of a module, ready to be run. */
export interface DrivenModule {
  readonly path: string;
  /** Imports the module and takes over its names. */
  readonly source: string;
  /** The module and what it imports, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** Items of a generator that are read. */
const READ_OUT = 1000;

/** A Python literal; JSON's escapes are Python's, but for halves of characters, which paths do not have. */
const literal = (text: string): string => JSON.stringify(text);

/** Makes the program that imports a module of one side, by its name in its package, and offers its names for calls. */
export function driveModule(path: string, files: Readonly<Record<string, string>>, extra = ''): DrivenModule {
  const module = moduleNameOf(path, files);
  const closure = closureOf(path, files);
  const roots = [...new Set([module.root, '', 'src', 'lib'])].map((root) => (root === '' ? HOME : `${HOME}/${root}`));
  const direct = isImportable(module);
  const source = `\
import importlib, itertools, sys
sys.path[:0] = [${roots.map(literal).join(', ')}]
def ${DRIVER_NAMES.generator}(function, itertools=itertools):
    return lambda *args, **kwargs: list(itertools.islice(function(*args, **kwargs), ${READ_OUT}))
def ${DRIVER_NAMES.coroutine}(function):
    def drive(*args, **kwargs):
        coroutine = function(*args, **kwargs)
        try:
            while True:
                coroutine.send(None)
        except StopIteration as stop:
            return stop.value
    return drive
def __assay_import(name, path):
    top = name.split(".")[0]
    if ${direct ? 'top not in sys.modules' : 'False'}:
        return importlib.import_module(name)
    if "." in name:
        raise ImportError("the package %r has the name of a module of the standard library" % top)
    from importlib import util
    spec = util.spec_from_file_location(name, path)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
${extra}__assay_module = __assay_import(${literal(module.name)}, ${literal(`${HOME}/${path}`)})
globals().update({name: value for name, value in vars(__assay_module).items() if name[:2] != "__"})
`;
  const texts = closure.map((one) => [one, files[one] ?? ''] as const);
  return { path, source, files: Object.fromEntries([...texts, ...metadataFor(module, texts)]) };
}

/** Packages that ask for their own version expect to be installed: each is there as version 0. */
function metadataFor(
  { name, root }: ModuleName,
  texts: readonly (readonly [path: string, text: string])[],
): (readonly [path: string, text: string])[] {
  if (!texts.some(([, text]) => /\bimportlib[._]metadata\b/.test(text))) return [];
  const [top = name] = name.split('.');
  const directory = `${root === '' ? '' : `${root}/`}${top}-0.dist-info`;
  return [[`${directory}/METADATA`, `Metadata-Version: 2.1\nName: ${top}\nVersion: 0\n`]];
}
