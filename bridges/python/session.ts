import type { CallRecord, Session } from '../../core/call-record.ts';
import type { Pointer } from './cpython.ts';
import { RunHalted } from './halt.ts';
import type { Interpreter } from './interpreter.ts';

/** `im_self` of a bound method (`Include/cpython/classobject.h`). */
const METHOD_SELF = 12;

/** Makes calls one after the other in one interpreter, and describes what each did from outside. */
export class CallSession {
  readonly #interpreter: Interpreter;
  readonly #given: Readonly<Record<string, string>>;
  readonly #records: CallRecord[] = [];
  readonly #methodType: Pointer;

  /** @param given the world's files, beside which changed ones are named */
  constructor(interpreter: Interpreter, given: Readonly<Record<string, string>>) {
    this.#interpreter = interpreter;
    this.#given = given;
    this.#methodType = interpreter.python.address('PyMethod_Type');
  }

  /** What was seen so far. */
  get session(): Session {
    return { records: this.#records, files: this.#interpreter.files.changed(this.#given) };
  }

  /**
   * @param calls tuple of code objects that evaluate to `(callee, (args, kwargs))`
   * @throws RunHalted where a call ends the run; its record is the last one
   */
  run(calls: Pointer, namespace: Pointer): void {
    const { api } = this.#interpreter.python;
    const count = api.PyTuple_Size(calls);
    for (let index = 0; index < count; index++) this.#one(api.PyTuple_GetItem(calls, index), namespace);
  }

  #one(code: Pointer, namespace: Pointer): void {
    const { tracer, world } = this.#interpreter;
    const steps = tracer.steps;
    const { printed } = world.streams;
    const since = () => ({ stdout: world.streams.stdoutFrom(printed), steps: tracer.steps - steps });
    try {
      const seen = this.#call(code, namespace);
      this.#records.push({ ...seen, ...since() });
    } catch (error) {
      if (error instanceof RunHalted) {
        const { reason, detail } = error;
        this.#records.push({ outcome: { kind: 'halted', reason, detail }, after: [], shares: [], ...since() });
      }
      throw error;
    }
  }

  #call(code: Pointer, namespace: Pointer): Pick<CallRecord, 'outcome' | 'after' | 'shares'> {
    const { python, exceptions, objects } = this.#interpreter;
    const { api } = python;
    const pair = api.PyEval_EvalCode(code, namespace, namespace);
    python.refresh();
    if (pair === 0) return { outcome: exceptions.take(() => false), after: [], shares: [] };
    const callee = api.PyTuple_GetItem(pair, 0);
    const given = api.PyTuple_GetItem(pair, 1);
    const args = api.PyTuple_GetItem(given, 0);
    const kwargs = api.PyTuple_GetItem(given, 1);
    const result = api.PyObject_Call(callee, args, kwargs);
    python.refresh();
    const outcome = result === 0 ? exceptions.take(() => false) : undefined;
    const inputs: (readonly [string, Pointer])[] = [];
    if (python.typeOf(callee) === this.#methodType) inputs.push(['self', python.word(callee + METHOD_SELF)]);
    const count = api.PyTuple_Size(args);
    for (let index = 0; index < count; index++)
      inputs.push([`argument ${index + 1}`, api.PyTuple_GetItem(args, index)]);
    for (const [name, value] of this.#interpreter.reader.entries(kwargs)) inputs.push([name, value]);
    const seen = objects.describe(result === 0 ? undefined : result, inputs);
    if (result !== 0) api.Py_DecRef(result);
    api.Py_DecRef(pair);
    python.refresh();
    return {
      outcome: outcome ?? { kind: 'returned', value: seen.result ?? 'None' },
      after: seen.inputs,
      shares: seen.shares,
    };
  }
}
