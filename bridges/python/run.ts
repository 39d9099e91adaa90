import type { Budget } from '../../core/budget.ts';
import type { ResolvedProgram } from '../../core/program.ts';
import type { Outcome } from '../../core/trace.ts';
import type { Pointer } from './cpython.ts';
import { ForcedRun, type ForcedStates } from './forced-states.ts';
import type { OnBlock } from './frame-writer.ts';
import type { CodeInfo } from './frames.ts';
import { RunHalted } from './halt.ts';
import type { Interpreter } from './interpreter.ts';
import { platformUse } from './platform-use.ts';
import { type Prepared, prepare } from './preparation.ts';
import { CallSession } from './session.ts';
import type { Ending } from './trace-block.ts';

/** One run that somebody asks for. */
export interface ReplayRequest {
  readonly program: ResolvedProgram;
  readonly budget: Budget;
  /** Name → repr: arguments for a marked entry that takes some. */
  readonly input?: Readonly<Record<string, string>>;
  /** Count steps and record no frames: no repr is made while the program runs. */
  readonly unrecorded?: boolean;
  /** Bring back what the program writes to standard error. */
  readonly stderr?: boolean;
  /** Run without the trace function: the trace has the outcome and no frames, and steps are not counted. */
  readonly untraced?: boolean;
  /** Make all that is allocated from now on lie elsewhere, so that a program that looks at addresses gives itself away. */
  readonly shifted?: boolean;
  /**
   * Make these calls one after the other once the module was run, in place of the entry, and describe what each did. They
   * share the module's state.
   */
  readonly calls?: readonly string[];
  /** Lead the run along a claim; the trace then ends with the first frame that cannot be led. */
  readonly forced?: ForcedStates;
}

type Raised = Extract<Outcome, { kind: 'raised' }>;

/** One program's way through the interpreter. */
export class Run {
  readonly #interpreter: Interpreter;
  readonly #request: ReplayRequest;
  readonly #onBlock: OnBlock | undefined;
  /** The program's code objects, once it is compiled. */
  #codes: ReadonlyMap<Pointer, CodeInfo> = new Map();
  /** What the program printed until it ended. */
  #stdout: string | undefined;
  #session: CallSession | undefined;

  /** @param onBlock takes the frames of a long run while it goes on */
  constructor(interpreter: Interpreter, request: ReplayRequest, onBlock?: OnBlock) {
    this.#interpreter = interpreter;
    this.#request = request;
    this.#onBlock = onBlock;
  }

  /** Runs the program. Its frames, or those that were not given away, are the tracer's. */
  end(): Ending {
    const { tracer, world } = this.#interpreter;
    tracer.begin(this.#request.budget, new Map(), new Map());
    const outcome = this.#outcome();
    return {
      outcome,
      stdout: this.#stdout ?? world.streams.stdout,
      ...(this.#request.stderr === true && { stderr: world.streams.stderr }),
      steps: tracer.steps,
      platform: platformUse(this.#request.program.source),
      ...(this.#session !== undefined && { session: this.#session.session }),
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
    this.#interpreter.files.write(this.#request.program.world.files);
    if (this.#request.shifted === true) python.shiftAllocations();
    const prepared = prepare(this.#interpreter, this.#request);
    if (prepared === null) return { ...this.#exception(), atImport: true };
    const { codes, namespace, module, kind } = prepared;
    this.#codes = codes;
    const names = new Map(this.#interpreter.reader.entries(namespace));
    const { budget, forced } = this.#request;
    const observer = forced === undefined ? undefined : new ForcedRun(this.#interpreter, forced).observe;
    tracer.begin(budget, codes, names, { observer, onBlock: this.#onBlock });
    if (this.#request.untraced !== true) api.PyEval_SetTrace(pointers.traceFunction, 0);
    watch.active = true;
    if (kind === 'script') this.#record();
    const body = api.PyEval_EvalCode(module, namespace, namespace);
    if (body === 0) return { ...this.#exception(), ...(kind !== 'script' && { atImport: true }) };
    if (this.#request.calls !== undefined) return this.#converse(prepared);
    if (kind === 'script') return this.#returned(body);
    return this.#enter(prepared);
  }

  #converse({ calls, namespace }: Prepared): Outcome {
    this.#session = new CallSession(this.#interpreter, this.#request.program.world.files);
    this.#session.run(calls, namespace);
    this.#stopTracing();
    return { kind: 'returned', value: 'None' };
  }

  #enter({ kind, entry, input, namespace }: Prepared): Outcome {
    const { python } = this.#interpreter;
    const { api } = python;
    if (kind === 'expression') {
      this.#record();
      return this.#returned(api.PyEval_EvalCode(entry, namespace, namespace));
    }
    let callee: Pointer;
    let args: Pointer;
    let kwargs = 0;
    if (kind === 'main') {
      const name = python.readText(entry);
      callee = api.PyDict_GetItemString(namespace, python.cString(name));
      if (callee === 0) return { kind: 'raised', type: 'NameError', message: `name '${name}' is not defined` };
      const bound = python.call(this.#interpreter.pointers.bindInput, callee, input);
      if (bound === 0) return this.#exception();
      args = api.PyTuple_GetItem(bound, 0);
      kwargs = api.PyTuple_GetItem(bound, 1);
    } else {
      const pair = api.PyEval_EvalCode(entry, namespace, namespace);
      if (pair === 0) return this.#exception();
      callee = api.PyTuple_GetItem(pair, 0);
      args = api.PyTuple_GetItem(pair, 1);
      if (kind === 'call') {
        kwargs = api.PyTuple_GetItem(args, 1);
        args = api.PyTuple_GetItem(args, 0);
      }
    }
    this.#record();
    return this.#returned(api.PyObject_Call(callee, args, kwargs));
  }

  #record(): void {
    if (this.#request.unrecorded !== true) this.#interpreter.tracer.record();
  }

  #returned(value: Pointer): Outcome {
    if (value === 0) return this.#exception();
    this.#stopTracing();
    return { kind: 'returned', value: this.#interpreter.encoder.repr(value) };
  }

  /** The program is over: what it still does while its end is described does not count. */
  #stopTracing(): void {
    this.#stdout = this.#interpreter.world.streams.stdout;
    this.#interpreter.watch.active = false;
    this.#interpreter.python.api.PyEval_SetTrace(0, 0);
  }

  #exception(): Raised {
    this.#stopTracing();
    return this.#interpreter.exceptions.take((code) => this.#codes.has(code));
  }
}
