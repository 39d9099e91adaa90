import { readFileSync } from 'node:fs';
import { createAuditHook } from './audit.ts';
import type { Build } from './builds.ts';
import { installAuditFunction, installTraceFunction } from './callback.ts';
import { Checkpoint } from './checkpoint.ts';
import { CODE_NAMES, CodeTable } from './code-table.ts';
import { CPython, type Pointer } from './cpython.ts';
import { ReprEncoder } from './encoder.ts';
import { type Engine, instantiateEngine } from './engine.ts';
import { EXCEPTION_NAMES, ExceptionReader } from './exceptions.ts';
import { Filesystem } from './filesystem.ts';
import { installFirewall, type Seal } from './firewall.ts';
import { FrameReader } from './frames.ts';
import { type Image, type Pointers, takeImage } from './image.ts';
import { ObjectReader } from './object-text.ts';
import { loadShadowPackage } from './shadow-package.ts';
import { Tracer } from './tracer.ts';
import { HostWorld } from './world.ts';
import { WorldImports } from './world-imports.ts';

/** A booted, sealed interpreter: every part that a run needs. One a thread. */
export interface Interpreter {
  readonly build: Build;
  readonly python: CPython;
  readonly world: HostWorld;
  readonly files: Filesystem;
  readonly reader: FrameReader;
  readonly encoder: ReprEncoder;
  readonly exceptions: ExceptionReader;
  readonly objects: ObjectReader;
  readonly codeTable: CodeTable;
  readonly tracer: Tracer;
  readonly pointers: Pointers;
  /** Whether the audit hook acts: only while code of a program can run. */
  readonly watch: { active: boolean };
}

interface Boot {
  readonly interpreter: Interpreter;
  readonly engine: Engine;
}

function readPython(name: string): string {
  return readFileSync(new URL(`./py/${name}.py`, import.meta.url), 'utf8');
}

/** What an interpreter is made of before Python is in it. */
interface Parts {
  readonly engine: Engine;
  readonly world: HostWorld;
  readonly imports: WorldImports;
  readonly seal: Seal;
}

async function instantiate(build: Build, compiled: WebAssembly.Module, initialise: boolean): Promise<Parts> {
  const world = new HostWorld();
  const imports = new WorldImports(world);
  const seal: Seal = { closed: false };
  const engine = await instantiateEngine(build, compiled, initialise, (wanted) =>
    installFirewall(wanted, compiled, build.python, imports.overrides(), seal, () => imports.hostWrote()),
  );
  return { engine, world, imports, seal };
}

/** Puts the host's parts around an interpreter. The callbacks get the same table indexes each time. */
function assemble(
  build: Build,
  { engine, world, imports, seal }: Parts,
  python: CPython,
  pointersOf: PointersOf,
): Interpreter {
  imports.attach(python);
  const encoder = new ReprEncoder(python);
  const reader = new FrameReader(python, build);
  const tracer = new Tracer(python, reader, encoder, world);
  const watch = { active: false };
  const auditHook = installAuditFunction(
    engine.table,
    createAuditHook(python, () => watch.active),
  );
  const traceFunction = installTraceFunction(engine.table, tracer.onEvent);
  const pointers = pointersOf(auditHook, traceFunction);
  const files = new Filesystem(engine.fs, world);
  world.storage.attach(files);
  seal.closed = true;
  const exceptions = new ExceptionReader(python, encoder, pointers);
  const objects = new ObjectReader(python, pointers);
  const codeTable = new CodeTable(python, build.python !== '3.10');
  return { build, python, world, files, reader, encoder, exceptions, objects, codeTable, tracer, pointers, watch };
}

type PointersOf = (auditHook: number, traceFunction: number) => Pointers;

/**
 * Starts Python from nothing, which takes about a second: for making an image.
 *
 * @throws Error where the build is not the pinned one
 */
export async function bootFresh(build: Build, compiled: WebAssembly.Module): Promise<Boot> {
  const parts = await instantiate(build, compiled, true);
  const python = new CPython(parts.engine);
  assertVersion(python, build);
  const functions = loadSupport(python, build);
  const interpreter = assemble(build, parts, python, (auditHook, traceFunction) => {
    python.api.PySys_AddAuditHook(auditHook, 0);
    // Makes the evaluation loop look for signals, which is where the host looks at the wall clock.
    python.setWord(python.address('Py_EMSCRIPTEN_SIGNAL_HANDLING'), 1);
    return { scratch: python.scratch, names: python.names, ...functions, auditHook, traceFunction };
  });
  return { interpreter, engine: parts.engine };
}

/**
 * Boots an interpreter from an image, in about a fifth of the time, and returns the way back to it.
 *
 * @throws Error where the image does not fit the build
 */
export async function bootFromImage(
  build: Build,
  compiled: WebAssembly.Module,
  image: Image,
): Promise<{ interpreter: Interpreter; checkpoint: Checkpoint }> {
  const parts = await instantiate(build, compiled, false);
  const python = new CPython(parts.engine, image.pointers);
  const checkpoint = new Checkpoint(python, parts.engine, image);
  checkpoint.restore();
  const interpreter = assemble(build, parts, python, () => image.pointers);
  const { engine } = parts;
  if (engine.table.length !== image.tableLength) {
    throw new Error(`the interpreter image for Python ${build.python} was made by another build; delete it`);
  }
  return { interpreter, checkpoint };
}

/** The image of an interpreter between two runs. */
export function imageOf({ interpreter, engine }: Boot): Image {
  const { python, build, pointers } = interpreter;
  return takeImage(python, engine, build.python, pointers);
}

function assertVersion(python: CPython, build: Build): void {
  const version = python.cText(python.api.Py_GetVersion()).split(' ')[0];
  if (version !== build.fullVersion) {
    throw new Error(`${build.package} holds Python ${version}, not ${build.fullVersion}; reinstall with npm ci`);
  }
}

type SupportFunctions = Pick<
  Pointers,
  | 'prepare'
  | 'prepareCall'
  | 'bindInput'
  | 'literal'
  | 'qualifiedNameOf'
  | 'moduleOf'
  | 'plainTypes'
  | 'dequeType'
  | 'shadow'
>;

function loadSupport(python: CPython, build: Build): SupportFunctions {
  const { api } = python;
  const newNamespace = (): Pointer => {
    const namespace = api.PyDict_New();
    api.PyDict_SetItemString(namespace, python.name('__builtins__'), api.PyEval_GetBuiltins());
    return namespace;
  };
  python.run(readPython('bootstrap'), newNamespace());
  const functions = newNamespace();
  if (build.predicts) python.run(readPython('predictions'), functions);
  python.run(readPython('prepare'), functions);
  const find = (name: string): Pointer => {
    const found = api.PyDict_GetItemString(functions, python.name(name));
    if (found === 0) throw new Error(`prepare.py lacks ${name}`);
    return found;
  };
  for (const name of ['utf-8', 'backslashreplace', ...EXCEPTION_NAMES, ...CODE_NAMES]) python.name(name);
  return {
    prepare: find('prepare'),
    prepareCall: find('prepare_call'),
    bindInput: find('bind_input'),
    literal: find('literal'),
    qualifiedNameOf: find('qualified_name_of'),
    moduleOf: find('module_of'),
    plainTypes: find('plain_types'),
    dequeType: find('deque_type'),
    shadow: loadShadowPackage(python, newNamespace()),
  };
}
