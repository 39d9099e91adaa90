import crypto from 'node:crypto';
import fs, { constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import tty from 'node:tty';
import url, { pathToFileURL } from 'node:url';
import { type Build, buildDirectory } from './builds.ts';
import type { EmscriptenFs } from './filesystem.ts';

/** Where a program's relative paths start. */
export const HOME = '/home/user';

/** An instantiated interpreter module. */
export interface Engine {
  readonly exports: WebAssembly.Exports;
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  readonly stackPointer: WebAssembly.Global;
  /** Lowest address that the C stack may use; static data lies below. */
  readonly stackBottom: number;
  /** Where a relocatable module was placed; exported addresses are relative to it. */
  readonly memoryBase: number;
  readonly fs: EmscriptenFs;
}

interface EmscriptenModule {
  readonly FS: EmscriptenFs;
  readonly ENV: Record<string, string>;
}
type CreateModule = (settings: Record<string, unknown>) => Promise<EmscriptenModule>;

/** What the older builds' start-up code gets for `require`; no processes, no sockets. */
const REQUIRABLE: Readonly<Record<string, unknown>> = { crypto, fs, path, tty, url };

/** Node's permission model denies `process.binding`, which the engine's start-up code asks for these constants. */
function shimBinding(): void {
  Object.defineProperty(process, 'binding', { value: () => ({ fs: constants }), configurable: true, writable: true });
}

async function loadScript(build: Build, directory: string): Promise<CreateModule> {
  if (build.script.endsWith('.mjs')) {
    const script = (await import(pathToFileURL(directory + build.script).href)) as { default: CreateModule };
    return script.default;
  }
  const realm = globalThis as { require?: unknown; _createPyodideModule?: CreateModule };
  realm.require = (name: string) => REQUIRABLE[name.replace(/^node:/, '')];
  await import(pathToFileURL(directory + build.script).href);
  const create = realm._createPyodideModule;
  if (create === undefined) throw new Error(`${build.package} defines no module; reinstall with npm ci`);
  return create;
}

function pick<T>(exports: WebAssembly.Exports, imports: WebAssembly.Imports, name: string): T {
  const found = exports[name] ?? (imports.env as Record<string, unknown>)[name];
  if (found === undefined) throw new Error(`the interpreter has no ${name}`);
  return found as T;
}

/**
 * Instantiates a build's module with the C runtime and the file system in memory, and nothing of the engine's bridge
 * between Python and JavaScript: the interpreter in it is plain CPython.
 *
 * @param compiled the build's module
 * @param initialise whether Python itself starts; without it the memory is for the caller to fill (`image.ts`)
 * @param guard gets the imports before they are used
 */
export async function instantiateEngine(
  build: Build,
  compiled: WebAssembly.Module,
  initialise: boolean,
  guard: (imports: WebAssembly.Imports) => void,
): Promise<Engine> {
  shimBinding();
  const directory = buildDirectory(build);
  const stdlib = build.stdlib === undefined ? undefined : await readFile(directory + build.stdlib);
  const create = await loadScript(build, directory);
  let instance: WebAssembly.Instance | undefined;
  let imported: WebAssembly.Imports | undefined;
  const failure = Promise.withResolvers<never>();
  const settings: Record<string, unknown> = {
    noInitialRun: !initialise,
    noImageDecoding: true,
    noAudioDecoding: true,
    noWasmDecoding: true,
    arguments: [],
    print: () => {},
    printErr: () => {},
    quit: (_status: number, reason: unknown) => failure.reject(reason),
    onAbort: (reason: unknown) => failure.reject(new Error(`the interpreter aborted at its start: ${reason}`)),
    locateFile: (name: string) => directory + name,
    // The start-up code reads these few settings; none of what they are for is used.
    API: {
      config: {
        jsglobals: Object.create(null),
        env: {},
        indexURL: directory,
        lockFileURL: `${directory}repodata.json`,
      },
      // No `lockFilePromise`: a list of packages that it does not like it refuses in a promise of its own, which ends the
      // thread at some later time.
      runtimeEnv: { IN_NODE: true },
    },
    preRun: [
      (module: EmscriptenModule = settings as unknown as EmscriptenModule) => {
        const { FS, ENV } = module;
        const [major, minor] = build.python.split('.');
        FS.mkdirTree(`/lib/python${build.python}/site-packages`);
        if (stdlib !== undefined) FS.writeFile(`/lib/python${major}${minor}.zip`, stdlib);
        FS.mkdirTree(HOME);
        FS.chdir(HOME);
        Object.assign(ENV, { HOME, PYTHONHASHSEED: '0' });
      },
    ],
    instantiateWasm: (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) => {
      imported = imports;
      guard(imports);
      WebAssembly.instantiate(compiled, imports).then((made) => {
        instance = made;
        done(made, compiled);
      }, failure.reject);
      return {};
    },
  };
  const module = await Promise.race([create(settings), failure.promise]);
  if (instance === undefined || imported === undefined)
    throw new Error('the interpreter did not instantiate its module');
  const { exports } = instance;
  const base = (imported.env as Record<string, WebAssembly.Global | undefined>).__memory_base;
  return {
    exports,
    memory: pick(exports, imported, 'memory'),
    table: pick(exports, imported, '__indirect_function_table'),
    stackPointer: pick(exports, imported, '__stack_pointer'),
    stackBottom: (exports.emscripten_stack_get_end as () => number)(),
    memoryBase: exports.memory === undefined ? Number(base?.value ?? 0) : 0,
    fs: module.FS,
  };
}
