import type { Pointer } from './cpython.ts';
import type { CodeInfo } from './frames.ts';
import type { Interpreter } from './interpreter.ts';
import { plainCall } from './plain-call.ts';
import type { ReplayRequest } from './run.ts';

type EntryKind = 'script' | 'main' | 'call' | 'plain call' | 'expression';

/** Of the largest seed. */
const SEED_DIGITS = 10;

/** A program and its entry as objects of the interpreter. */
export interface Prepared {
  readonly codes: ReadonlyMap<Pointer, CodeInfo>;
  readonly namespace: Pointer;
  readonly module: Pointer;
  readonly kind: EntryKind;
  /** As `prepare` in `prepare.py` says; of a plain call, code for `(callee, args)`. */
  readonly entry: Pointer;
  /** What `bind_input` takes. */
  readonly input: Pointer;
  /** Tuple of what `CallSession` takes. */
  readonly calls: Pointer;
}

/** Compiles a program and its entry. Returns null, with an exception set in Python, where that fails. */
export function prepare(interpreter: Interpreter, request: ReplayRequest): Prepared | null {
  const { python, codeTable } = interpreter;
  const result = prepareCall(interpreter, request) ?? prepareAny(interpreter, request);
  if (result === 0) return null;
  const item = (index: number): Pointer => python.api.PyTuple_GetItem(result, index);
  const module = item(1);
  return {
    codes: codeTable.read(module),
    namespace: item(0),
    module,
    kind: python.readText(item(2)) as EntryKind,
    entry: item(3),
    input: item(4),
    calls: item(5),
  };
}

/** The usual case, in less time; undefined where it is another one. */
function prepareCall({ python, pointers }: Interpreter, { program, input, calls }: ReplayRequest): Pointer | undefined {
  const { source, entry, world } = program;
  if (!('call' in entry) || input !== undefined || calls !== undefined) return undefined;
  const call = plainCall(entry.call);
  // Bytes of the request are UTF-8, which has no lone surrogates.
  if (call === undefined || !source.isWellFormed() || !entry.call.isWellFormed()) return undefined;
  const args = call.args.trim() === '' ? '()' : `(${call.args},)`;
  const pair = python.bytes(`(${call.callee}, ${args})`);
  // As long for every seed: what a program's objects get for addresses must not depend on it.
  const seed = python.bytes(String(world.seed).padStart(SEED_DIGITS, '0'));
  const result = python.call(pointers.prepareCall, python.bytes(source), pair, seed);
  return result !== 0 && python.api.PyTuple_Size(result) === 0 ? undefined : result;
}

function prepareAny({ python, pointers }: Interpreter, { program, input = {}, calls = [] }: ReplayRequest): Pointer {
  const { source, entry, world } = program;
  return python.call(pointers.prepare, python.bytes(JSON.stringify({ source, entry, seed: world.seed, input, calls })));
}
