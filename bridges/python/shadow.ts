import type { ShadowOutcome, ShadowRequest } from '../../core/shadow.ts';
import { markedFunction } from '../../core/source-text.ts';
import { RunHalted } from './halt.ts';
import type { Interpreter } from './interpreter.ts';
import { haltedAnswer } from './shadow-codec.ts';

function halted(reason: string, detail: string): string {
  const outcome: ShadowOutcome = { kind: 'halted', reason, detail };
  return haltedAnswer(outcome);
}

/**
 * Runs a program with terms beside its values.
 *
 * @returns the run as JSON, which `decodeShadowRun` reads and does not trust
 */
export function runShadow(interpreter: Interpreter, request: ShadowRequest): string {
  try {
    return run(interpreter, request);
  } catch (error) {
    if (error instanceof RunHalted) return halted(error.reason, error.detail);
    // The engine ran out of stack, in V8's own or in the interpreter's memory.
    if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) {
      return halted('memory', `the interpreter broke down (${error.message})`);
    }
    throw error;
  }
}

function run({ python, pointers, watch, files, exceptions }: Interpreter, request: ShadowRequest): string {
  const { program, budget, ...asked } = request;
  files.write(program.world.files);
  const order = {
    ...asked,
    source: program.source,
    entry: program.entry,
    seed: program.world.seed,
    steps: budget.steps,
    ...('main' in program.entry && { marked: markedFunction(program.source) ?? '' }),
  };
  const bytes = python.bytes(JSON.stringify(order));
  watch.active = true;
  const answer = python.call(pointers.shadow, bytes);
  watch.active = false;
  if (answer !== 0) return python.readBytes(answer);
  const { type, message } = exceptions.take(() => false);
  return halted('engine', `${type}: ${message}`);
}
