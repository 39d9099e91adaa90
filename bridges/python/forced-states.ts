import type { Event, Frame } from '../../core/frame.ts';
import type { Pointer } from './cpython.ts';
import type { CodeInfo } from './frames.ts';
import type { Interpreter } from './interpreter.ts';

/** Longer reprs are not made into values: reading a number of a million digits takes seconds. */
const MAX_REPR = 20_000;

/** What a claimed frame says, as far as a run that is led along the claim needs it. */
export interface ClaimedStep {
  readonly events: readonly Event[];
  readonly line: number | null;
  /** Text of the source line, without mark and trailing white space. */
  readonly source: string | null;
  /** Name → repr, with `..` resolved; null where the frame has a value or its state cannot be told. */
  readonly locals: readonly (readonly [string, string])[] | null;
}

/** Asks for a run that takes a claim's states for its own. */
export interface ForcedStates {
  /** Index of the true frame that the first of `steps` belongs to. */
  readonly from: number;
  readonly steps: readonly ClaimedStep[];
  /** Physical lines of the program, without mark and trailing white space. */
  readonly lines: readonly string[];
}

/**
 * Leads a run along a claim: from the frame where the claim goes wrong, each frame's locals are set to the claimed ones
 * before the program makes its next step. What the tracer records behind that frame is then, frame by frame, what the
 * program does from the state that the claim gives. It ends where the claim takes another line than the program would, or
 * where a claimed value cannot be made.
 */
export class ForcedRun {
  readonly #interpreter: Interpreter;
  readonly #states: ForcedStates;
  #frame = -1;
  #leads = true;

  constructor(interpreter: Interpreter, states: ForcedStates) {
    this.#interpreter = interpreter;
    this.#states = states;
  }

  /** The tracer's observer. */
  readonly observe = (frame: Frame, live: Pointer, info: CodeInfo): boolean => {
    this.#frame++;
    const index = this.#frame - this.#states.from;
    if (index < 0) return true;
    const step = this.#states.steps[index];
    this.#leads &&= step !== undefined && this.#sameControl(step, frame) && this.#force(step, frame, live, info);
    return this.#leads;
  };

  #sameControl(step: ClaimedStep, frame: Frame): boolean {
    if (!step.events.includes(frame.event)) return false;
    if (step.line !== null && step.line !== frame.line) return false;
    return step.source === null || step.source === this.#states.lines[frame.line - 1];
  }

  #force(step: ClaimedStep, frame: Frame, live: Pointer, info: CodeInfo): boolean {
    if (frame.locals === undefined) return true;
    if (step.locals === null) return false;
    return step.locals.every(([name, repr]) => frame.locals?.get(name) === repr || this.#set(live, info, name, repr));
  }

  #set(live: Pointer, info: CodeInfo, name: string, repr: string): boolean {
    const { python, reader, pointers } = this.#interpreter;
    const slot = info.names.indexOf(name);
    if (slot < 0 || repr.length > MAX_REPR) return false;
    const value = python.call(pointers.literal, python.bytes(repr));
    if (value === 0) {
      python.api.PyErr_Clear();
      return false;
    }
    reader.setFastLocal(live, slot, info, value);
    return true;
  }
}
