import { constants, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createAuditHook } from './audit.ts';
import { type Build, buildDirectory } from './builds.ts';
import { installAuditFunction, installTraceFunction } from './callback.ts';
import { Checkpoint } from './checkpoint.ts';
import { CPython, type Pointer } from './cpython.ts';
import { ReprEncoder } from './encoder.ts';
import { type EmscriptenFs, Filesystem } from './filesystem.ts';
import { installFirewall, type Seal } from './firewall.ts';
import { FrameReader } from './frames.ts';
import { Tracer } from './tracer.ts';
import { HostWorld } from './world.ts';

interface EmscriptenModule {
  readonly FS: EmscriptenFs;
}
interface PyodideHandle {
  readonly _module: EmscriptenModule;
  readonly version: string;
}
type LoadPyodide = (options: Record<string, unknown>) => Promise<PyodideHandle>;

interface Instantiated {
  readonly exports: WebAssembly.Exports;
  readonly imports: WebAssembly.Imports;
}

/** The Python functions that the host calls before and after a program. */
export interface Support {
  readonly prepare: Pointer;
  readonly bindInput: Pointer;
  readonly describe: Pointer;
  readonly literal: Pointer;
}

/** A booted, sealed interpreter: every part that a replay needs. One a thread. */
export interface Interpreter {
  readonly build: Build;
  readonly python: CPython;
  readonly world: HostWorld;
  readonly files: Filesystem;
  readonly reader: FrameReader;
  readonly encoder: ReprEncoder;
  readonly tracer: Tracer;
  /** C function pointer of the tracer. */
  readonly traceFunction: number;
  readonly support: Support;
  /** Whether the audit hook acts: only while code of a program can run. */
  readonly watch: { active: boolean };
  readonly stackPointer: WebAssembly.Global;
  /** Lowest address of the C stack. */
  readonly stackBottom: number;
}

function readPython(name: string): string {
  return readFileSync(new URL(`./py/${name}.py`, import.meta.url), 'utf8');
}

/** Lets `boot` run while the next interpreter module that is instantiated gets the firewall. */
async function instantiateGuarded<T>(
  guard: (imports: WebAssembly.Imports, module: WebAssembly.Module) => void,
  boot: () => Promise<T>,
  compiled?: WebAssembly.Module,
): Promise<{ result: T; instance: Instantiated }> {
  const original = WebAssembly.instantiate;
  let instance: Instantiated | undefined;
  const replacement = async (source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) => {
    // Node instantiates modules of its own; the interpreter's imports have `env`.
    if (imports?.env === undefined || instance !== undefined) return original(source as BufferSource, imports);
    const module = compiled ?? (source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source));
    guard(imports, module);
    const made = await original(module, imports);
    instance = { exports: made.exports, imports };
    return { instance: made, module };
  };
  WebAssembly.instantiate = replacement as typeof WebAssembly.instantiate;
  try {
    const result = await boot();
    if (instance === undefined) throw new Error('the interpreter did not instantiate its module');
    return { result, instance };
  } finally {
    WebAssembly.instantiate = original;
  }
}

function pick<T>(instance: Instantiated, name: string): T {
  const found = instance.exports[name] ?? (instance.imports.env as Record<string, unknown>)[name];
  if (found === undefined) throw new Error(`the interpreter has no ${name}`);
  return found as T;
}

/** Node's permission model denies `process.binding`, which the engine's start-up code asks for these constants. */
function shimBinding(): void {
  Object.defineProperty(process, 'binding', { value: () => ({ fs: constants }), configurable: true, writable: true });
}

/**
 * Boots one interpreter build and closes the seal. The realm belongs to it from then on: `Date.now` shows the program's
 * clock while a program runs, and two builds cannot share a realm.
 *
 * @param compiled the build's module, where somebody compiled it already
 * @throws Error where the build is not the pinned one
 */
export async function bootInterpreter(build: Build, compiled?: WebAssembly.Module): Promise<Interpreter> {
  shimBinding();
  const directory = buildDirectory(build);
  const world = new HostWorld();
  const seal: Seal = { closed: false };
  const { loadPyodide } = (await import(pathToFileURL(`${directory}pyodide.mjs`).href)) as { loadPyodide: LoadPyodide };
  const jsglobals = Object.assign(
    Object.create(null),
    Object.fromEntries(build.bootGlobals.map((name) => [name, globalThis[name]])),
  );
  const { result: engine, instance } = await instantiateGuarded(
    (imports, module) => installFirewall(imports, module, build.python, world.overrides(), seal),
    () =>
      loadPyodide({
        indexURL: directory,
        jsglobals,
        env: { PYTHONHASHSEED: '0', HOME: '/home/user' },
        fullStdLib: false,
        stdout: () => {},
        stderr: () => {},
      }),
    compiled,
  );
  const memory = pick<WebAssembly.Memory>(instance, 'memory');
  const table = pick<WebAssembly.Table>(instance, '__indirect_function_table');
  const base = (instance.imports.env as Record<string, WebAssembly.Global | undefined>).__memory_base;
  // Exported addresses are relative to where a relocatable module was placed; the newest build is not relocatable.
  const python = new CPython(instance.exports, memory, table, instance.exports.memory ? 0 : Number(base?.value ?? 0));
  world.attach(python);
  const support = loadSupport(python);
  const files = new Filesystem(engine._module.FS, world);
  world.ownsFile = (descriptor) => files.isOwn(descriptor);
  const encoder = new ReprEncoder(python);
  const reader = new FrameReader(python, build);
  const tracer = new Tracer(python, reader, encoder, world);
  const watch = { active: false };
  python.api.PySys_AddAuditHook(
    installAuditFunction(
      table,
      createAuditHook(python, () => watch.active),
    ),
    0,
  );
  // Makes the evaluation loop look for signals, which is where the host looks at the wall clock.
  python.u32[python.address('Py_EMSCRIPTEN_SIGNAL_HANDLING') >>> 2] = 1;
  seal.closed = true;
  return {
    build,
    python,
    world,
    files,
    reader,
    encoder,
    tracer,
    traceFunction: installTraceFunction(table, tracer.onEvent),
    support,
    watch,
    stackPointer: pick<WebAssembly.Global>(instance, '__stack_pointer'),
    stackBottom: (instance.exports.emscripten_stack_get_end as () => number)(),
  };
}

function loadSupport(python: CPython): Support {
  const { api } = python;
  const namespace = api.PyDict_New();
  api.PyDict_SetItemString(namespace, python.name('__builtins__'), api.PyEval_GetBuiltins());
  python.run(readPython('bootstrap'), namespace);
  const functions = api.PyDict_New();
  api.PyDict_SetItemString(functions, python.name('__builtins__'), api.PyEval_GetBuiltins());
  api.PyDict_SetItemString(functions, python.name('__name__'), python.bytes('assay'));
  python.run(readPython('prepare'), functions);
  const find = (name: string): Pointer => {
    const found = api.PyDict_GetItemString(functions, python.name(name));
    if (found === 0) throw new Error(`prepare.py lacks ${name}`);
    return found;
  };
  python.name('utf-8');
  python.name('backslashreplace');
  return {
    prepare: find('prepare'),
    bindInput: find('bind_input'),
    describe: find('describe'),
    literal: find('literal'),
  };
}

/** Saves an interpreter's state, to come back to after each run. */
export function saveState(interpreter: Interpreter): Checkpoint {
  const checkpoint = new Checkpoint(interpreter.python, interpreter.stackPointer, interpreter.stackBottom);
  interpreter.tracer.watchStack(checkpoint);
  return checkpoint;
}
