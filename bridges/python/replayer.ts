import type { Budget } from '../../core/budget.ts';
import type { ResolvedProgram } from '../../core/program.ts';
import type { Outcome, Trace } from '../../core/trace.ts';
import type { Build } from './builds.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Pointer } from './cpython.ts';
import { linuxErrors } from './errno.ts';
import { ForcedRun, type ForcedStates } from './forced-states.ts';
import { type CodeInfo, type CodeRow, codeInfo } from './frames.ts';
import { RunHalted } from './halt.ts';
import type { Image } from './image.ts';
import { bootFresh, bootFromImage, type Interpreter, imageOf } from './interpreter.ts';
import { platformUse } from './platform-use.ts';
import { assertProbe, probeRequest } from './probe.ts';

/** One run that somebody asks for. */
export interface ReplayRequest {
  readonly program: ResolvedProgram;
  readonly budget: Budget;
  /** Name → repr: arguments for a marked entry that takes some. */
  readonly input?: Readonly<Record<string, string>>;
  /** Run without the trace function: the trace has the outcome and no frames, and steps are not counted. */
  readonly untraced?: boolean;
  /** Make all that is allocated from now on lie elsewhere, so that a program that looks at addresses gives itself away. */
  readonly shifted?: boolean;
  /** Lead the run along a claim; the trace then ends with the first frame that cannot be led. */
  readonly forced?: ForcedStates;
}

/** A run and what it took, in milliseconds. */
export interface Replay {
  readonly trace: Trace;
  readonly runMs: number;
  readonly resetMs: number;
}

/** Enough for the interpreter's adaptive and lazily filled parts to settle. */
const WARM_UP_ROUNDS = 3;

type EntryKind = 'script' | 'main' | 'call' | 'expression';

interface Prepared {
  readonly codes: ReadonlyMap<Pointer, CodeInfo>;
  readonly namespace: Pointer;
  readonly module: Pointer;
  readonly kind: EntryKind;
  readonly entry: Pointer;
}

/** Runs programs one after the other in one interpreter, each from the same saved state. */
export class Replayer {
  readonly #interpreter: Interpreter;
  readonly #checkpoint: Checkpoint;
  #spoiled = false;

  private constructor(interpreter: Interpreter, checkpoint: Checkpoint) {
    this.#interpreter = interpreter;
    this.#checkpoint = checkpoint;
  }

  /** Boots an interpreter from an image and checks that it traces as it should. */
  static async boot(build: Build, compiled: WebAssembly.Module, image: Image, budget: Budget): Promise<Replayer> {
    const { interpreter, checkpoint } = await bootFromImage(build, compiled, image);
    const replayer = new Replayer(interpreter, checkpoint);
    assertProbe(build.python, replayer.replay(probeRequest(build.python, budget)).trace);
    return replayer;
  }

  /** A run that went over the end of the C stack has changed the interpreter under itself. */
  #trust(trace: Trace): Trace {
    if (!this.#checkpoint.stackOverflowed()) return trace;
    return { ...trace, outcome: { kind: 'halted', reason: 'memory', detail: 'the program recurses too deep' } };
  }

  get build(): Build {
    return this.#interpreter.build;
  }

  /** The state could not be restored: boot another. */
  get spoiled(): boolean {
    return this.#spoiled;
  }

  /** Bytes that were put back after the last run. */
  get restoredBytes(): number {
    return this.#checkpoint.restoredBytes;
  }

  /** Compares the whole memory with the image, bit for bit. */
  isRestored(): boolean {
    return this.#checkpoint.isRestored();
  }

  /** Size of the interpreter's memory in bytes; it never shrinks. */
  get memoryBytes(): number {
    return this.#interpreter.python.memory.buffer.byteLength;
  }

  /**
   * Runs a program and restores the interpreter.
   *
   * @param interrupt `interrupt[0] !== 0` ends the run at its next step
   * @throws Error only where Assay itself failed; what a program does is the trace's outcome
   */
  replay(request: ReplayRequest, interrupt?: Int32Array): Replay {
    const { world, files } = this.#interpreter;
    const start = performance.now();
    let ran = start;
    world.begin(request.program, request.budget, interrupt);
    const realNow = Date.now;
    Date.now = () => world.clock.milliseconds;
    let trace: Trace;
    try {
      files.write(request.program.world.files);
      trace = this.#trust(new Run(this.#interpreter, request).trace());
      ran = performance.now();
    } finally {
      Date.now = realNow;
      this.#interpreter.watch.active = false;
      const restored = this.#checkpoint.restore();
      if (!files.restore() || !restored) this.#spoiled = true;
    }
    return { trace, runMs: ran - start, resetMs: performance.now() - ran };
  }
}

/**
 * Makes a build's image: starts Python, runs a first program so that everything lazy is there, and takes the state.
 *
 * @throws Error where the build is not the pinned one or does not trace as it should
 */
export async function makeImage(build: Build, compiled: WebAssembly.Module, budget: Budget): Promise<Image> {
  const boot = await bootFresh(build, compiled);
  const { interpreter } = boot;
  const request = probeRequest(build.python, budget);
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    interpreter.world.begin(request.program, budget);
    assertProbe(build.python, new Run(interpreter, request).trace());
  }
  interpreter.files.restore();
  return imageOf(boot);
}

/** One program's way through the interpreter. */
class Run {
  readonly #interpreter: Interpreter;
  readonly #request: ReplayRequest;

  constructor(interpreter: Interpreter, request: ReplayRequest) {
    this.#interpreter = interpreter;
    this.#request = request;
  }

  trace(): Trace {
    const { tracer, world } = this.#interpreter;
    tracer.begin(this.#request.budget, new Map(), new Map());
    const outcome = this.#outcome();
    return {
      frames: tracer.frames,
      outcome,
      stdout: world.streams.stdout,
      steps: tracer.steps,
      platform: platformUse(this.#request.program.source),
    };
  }

  #outcome(): Outcome {
    try {
      return this.#run();
    } catch (error) {
      if (error instanceof RunHalted) return { kind: 'halted', reason: error.reason, detail: error.detail };
      // The engine ran out of stack, in V8's own or in the interpreter's memory.
      if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) {
        return { kind: 'halted', reason: 'memory', detail: `the interpreter broke down (${error.message})` };
      }
      throw error;
    }
  }

  #run(): Outcome {
    const { python, tracer, watch, pointers } = this.#interpreter;
    const { api } = python;
    if (this.#request.shifted === true) python.shiftAllocations();
    const prepared = this.#prepare();
    if ('kind' in prepared && prepared.kind === 'raised') return prepared;
    const { codes, namespace, module, kind, entry } = prepared as Prepared;
    const names = new Map(this.#interpreter.reader.entries(namespace));
    const { budget, forced } = this.#request;
    const observer = forced === undefined ? undefined : new ForcedRun(this.#interpreter, forced).observe;
    tracer.begin(budget, codes, names, observer);
    if (this.#request.untraced !== true) api.PyEval_SetTrace(pointers.traceFunction, 0);
    watch.active = true;
    if (kind === 'script') tracer.record();
    const body = api.PyEval_EvalCode(module, namespace, namespace);
    if (body === 0) return { ...this.#exception(), ...(kind !== 'script' && { atImport: true }) };
    if (kind === 'script') return this.#returned(body);
    return this.#enter(kind, entry, namespace);
  }

  #enter(kind: EntryKind, entry: Pointer, namespace: Pointer): Outcome {
    const { python, tracer } = this.#interpreter;
    const { api } = python;
    if (kind === 'expression') {
      tracer.record();
      return this.#returned(api.PyEval_EvalCode(entry, namespace, namespace));
    }
    let callee: Pointer;
    let args: Pointer;
    let kwargs = 0;
    if (kind === 'main') {
      const name = python.readText(entry);
      callee = api.PyDict_GetItemString(namespace, python.cString(name));
      if (callee === 0) return { kind: 'raised', type: 'NameError', message: `name '${name}' is not defined` };
      const bound = this.#bindInput(callee);
      if (bound === 0) return this.#exception();
      args = api.PyTuple_GetItem(bound, 0);
      kwargs = api.PyTuple_GetItem(bound, 1);
    } else {
      const pair = api.PyEval_EvalCode(entry, namespace, namespace);
      if (pair === 0) return this.#exception();
      callee = api.PyTuple_GetItem(pair, 0);
      const given = api.PyTuple_GetItem(pair, 1);
      args = api.PyTuple_GetItem(given, 0);
      kwargs = api.PyTuple_GetItem(given, 1);
    }
    tracer.record();
    return this.#returned(api.PyObject_Call(callee, args, kwargs));
  }

  /** `(args, kwargs)` for a marked entry; 0 with an exception set where the claimed input is no literal. */
  #bindInput(callee: Pointer): Pointer {
    const { python, pointers } = this.#interpreter;
    const input = JSON.stringify(this.#request.input ?? {});
    return this.#untraced(() => python.call(pointers.bindInput, callee, python.bytes(input)));
  }

  /** Calls into our own Python code without tracing or auditing it. */
  #untraced<T>(action: () => T): T {
    const { python, watch, pointers } = this.#interpreter;
    watch.active = false;
    python.api.PyEval_SetTrace(0, 0);
    const result = action();
    if (this.#request.untraced !== true) python.api.PyEval_SetTrace(pointers.traceFunction, 0);
    watch.active = true;
    return result;
  }

  #returned(value: Pointer): Outcome {
    if (value === 0) return this.#exception();
    this.#stopTracing();
    return { kind: 'returned', value: this.#interpreter.encoder.repr(value) };
  }

  #stopTracing(): void {
    this.#interpreter.watch.active = false;
    this.#interpreter.python.api.PyEval_SetTrace(0, 0);
  }

  #exception(): Outcome & { kind: 'raised' } {
    const { python, pointers } = this.#interpreter;
    const [type, value, trace] = python.takeException();
    this.#stopTracing();
    const none = python.address('_Py_NoneStruct');
    const described = python.call(pointers.describe, type, value === 0 ? none : value, trace === 0 ? none : trace);
    if (described === 0) {
      python.api.PyErr_Clear();
      return { kind: 'raised', type: 'BaseException', message: '' };
    }
    const { line, ...rest } = JSON.parse(python.readBytes(described)) as {
      type: string;
      message: string;
      line: number | null;
    };
    return { kind: 'raised', type: rest.type, message: linuxErrors(rest.message), ...(line !== null && { line }) };
  }

  #prepare(): Prepared | (Outcome & { kind: 'raised' }) {
    const { python, pointers } = this.#interpreter;
    const { source, entry, world } = this.#request.program;
    const request = python.bytes(JSON.stringify({ source, entry, seed: world.seed }));
    const result = python.call(pointers.prepare, request);
    if (result === 0) return { ...this.#exception(), atImport: true };
    const item = (index: number): Pointer => python.api.PyTuple_GetItem(result, index);
    const rows = JSON.parse(python.readBytes(item(0))) as CodeRow[];
    return {
      codes: new Map(rows.map((row) => [row[0], codeInfo(row)])),
      namespace: item(1),
      module: item(2),
      kind: python.readText(item(3)) as EntryKind,
      entry: item(4),
    };
  }
}
