import type { Budget } from '../../core/budget.ts';
import type { Event, Frame } from '../../core/frame.ts';
import { MEBIBYTE } from '../../core/units.ts';

import type { CPython, Pointer } from './cpython.ts';
import type { ReprEncoder } from './encoder.ts';
import { FrameWriter, type OnBlock } from './frame-writer.ts';
import type { CodeInfo, FrameReader } from './frames.ts';
import { RunHalted } from './halt.ts';
import type { HostWorld } from './world.ts';

/** `PyTrace_CALL` … of `Include/cpython/pystate.h`. */
const CALL = 0;
const EXCEPTION = 1;
const LINE = 2;
const RETURN = 3;

const EVENT_NAMES: Readonly<Record<number, Event>> = {
  [CALL]: 'call',
  [EXCEPTION]: 'exception',
  [LINE]: 'line',
  [RETURN]: 'return',
};

const OUT_OF_MEMORY = "(<class 'MemoryError'>";
/** What CPython says where a number does not fit the machine's words. */
const WORD_OVERFLOW = /^\(<class 'OverflowError'>, OverflowError\(['"][^'"]*(?:C ssize_t|C long|index-sized integer)/;

/**
 * The interpreter is a 32-bit machine with little memory: what does not fit there may fit where the program is meant to
 * run, so that such an exception shows nothing.
 */
function refuseMachineError(exception: string): void {
  if (exception.startsWith(OUT_OF_MEMORY)) throw new RunHalted('memory', 'the program ran out of memory');
  if (WORD_OVERFLOW.test(exception)) {
    throw new RunHalted('platform', 'the program uses a number that does not fit the 32-bit platform of the replay');
  }
}

/** What a frame costs of the trace budget besides its reprs, in characters. */
const FRAME_COST = 256;
/** Steps between two looks at the wall clock. */
const CLOCK_MASK = 0xff;

/** Sees each frame as it is recorded, with the live frame object. Recording ends when it returns false. */
export type FrameObserver = (frame: Frame, live: Pointer, info: CodeInfo) => boolean;

export interface TraceOptions {
  readonly observer?: FrameObserver | undefined;
  /** Takes the frames of a long run while it goes on. */
  readonly onBlock?: OnBlock | undefined;
}

/**
 * The host's trace function. CPython calls it for each event of each Python function, as it would call the one behind
 * `sys.settrace`; but it lives outside the interpreter, so that a program can neither find it nor what it recorded.
 */
export class Tracer {
  readonly #python: CPython;
  readonly #reader: FrameReader;
  readonly #encoder: ReprEncoder;
  readonly #world: HostWorld;
  #codes: ReadonlyMap<Pointer, CodeInfo> = new Map();
  #frames = new FrameWriter();
  #recording = false;
  #steps = 0;
  #maxSteps = 0;
  #characters = 0;
  #maxCharacters = 0;
  #scopes: number[] = [];
  #nextScope = 0;
  /** Last line by scope. */
  #lines = new Map<number, number>();
  #generators = new Map<Pointer, number>();
  #firstInstruction = new Map<Pointer, number>();
  #moduleNames: ReadonlyMap<string, Pointer> = new Map();
  #observer: FrameObserver | undefined;

  constructor(python: CPython, reader: FrameReader, encoder: ReprEncoder, world: HostWorld) {
    this.#python = python;
    this.#reader = reader;
    this.#encoder = encoder;
    this.#world = world;
  }

  /**
   * Starts counting for a run.
   *
   * @param codes the program's code objects by address: only their frames are recorded
   * @param moduleNames what stands in the module's namespace before the program runs
   */
  begin(
    budget: Budget,
    codes: ReadonlyMap<Pointer, CodeInfo>,
    moduleNames: ReadonlyMap<string, Pointer>,
    { observer, onBlock }: TraceOptions = {},
  ): void {
    this.#codes = codes;
    this.#moduleNames = moduleNames;
    this.#frames = new FrameWriter(onBlock);
    this.#recording = false;
    this.#steps = 0;
    this.#maxSteps = budget.steps;
    this.#characters = 0;
    this.#maxCharacters = budget.trace_mb * MEBIBYTE;
    this.#scopes = [];
    this.#nextScope = 0;
    this.#lines = new Map();
    this.#generators = new Map();
    this.#firstInstruction = new Map();
    this.#observer = observer;
  }

  /** Frames are recorded from now on. Before, steps are counted only. */
  record(): void {
    this.#recording = true;
  }

  get frames(): FrameWriter {
    return this.#frames;
  }

  get steps(): number {
    return this.#steps;
  }

  /** The `Py_tracefunc`. Returns 0: it never raises into the program, it may end the run by throwing. */
  readonly onEvent = (_object: Pointer, frame: Pointer, what: number, argument: Pointer): number => {
    if (what === LINE) this.#step();
    if (!this.#recording || what > RETURN) return 0;
    const code = this.#reader.code(frame);
    const info = this.#codes.get(code);
    if (info === undefined) return 0;
    this.#python.refresh();
    const scope = what === CALL ? this.#enter(frame, code, info) : (this.#scopes.at(-1) ?? 0);
    const { marks } = this.#python;
    const calls = marks.pythonCalls;
    const recorded: Frame = {
      event: EVENT_NAMES[what] as Event,
      line: this.#line(frame, scope),
      function: info.name,
      scope,
      depth: Math.max(0, this.#scopes.length - 1),
      ...(what === CALL || what === LINE
        ? { locals: this.#locals(frame, info) }
        : { arg: argument === 0 ? 'None' : this.#repr(argument) }),
      // Evaluated last: whether any repr ran code in Python.
      ...(marks.pythonCalls !== calls && { opaque: true }),
    };
    if (what === RETURN) this.#scopes.pop();
    else if (what === EXCEPTION) refuseMachineError(recorded.arg ?? '');
    this.#charge(FRAME_COST);
    this.#frames.add(recorded);
    if (this.#observer?.(recorded, frame, info) === false)
      throw new RunHalted('frames', 'nothing more is asked of this run');
    return 0;
  };

  #step(): void {
    this.#steps++;
    this.#world.clock.stepped();
    if (this.#steps > this.#maxSteps) throw new RunHalted('steps', `the run takes more than ${this.#maxSteps} steps`);
    if ((this.#steps & CLOCK_MASK) === 0) this.#world.checkDeadline();
  }

  #enter(frame: Pointer, code: Pointer, info: CodeInfo): number {
    let scope: number | undefined;
    if (info.resumable) {
      const instruction = this.#reader.lastInstruction(frame);
      const first = this.#firstInstruction.get(code) ?? instruction;
      this.#firstInstruction.set(code, first);
      // A frame object's address may serve again once its generator is gone: a first entry is a new activation.
      if (instruction !== first) scope = this.#generators.get(frame);
      scope ??= this.#nextScope++;
      this.#generators.set(frame, scope);
    } else {
      scope = this.#nextScope++;
    }
    this.#scopes.push(scope);
    return scope;
  }

  /** Some instructions that the compiler made have no line: they count to the last one of their scope. */
  #line(frame: Pointer, scope: number): number {
    const line = this.#python.api.PyFrame_GetLineNumber(frame);
    if (line > 0) this.#lines.set(scope, line);
    return line > 0 ? line : (this.#lines.get(scope) ?? 1);
  }

  #locals(frame: Pointer, info: CodeInfo): Map<string, string> {
    const locals = new Map<string, string>();
    for (const [name, value] of this.#reader.fastLocals(frame, info)) locals.set(name, this.#repr(value));
    if (!info.optimized) this.#addDictLocals(frame, info, locals);
    return locals;
  }

  #addDictLocals(frame: Pointer, info: CodeInfo, locals: Map<string, string>): void {
    const dict = this.#reader.localsDict(frame);
    if (dict === 0) return;
    for (const [name, value] of this.#reader.entries(dict)) {
      if (info.isModule && this.#moduleNames.get(name) === value) continue;
      locals.set(name, this.#repr(value));
    }
  }

  #repr(object: Pointer): string {
    const repr = this.#encoder.repr(object);
    this.#charge(repr.length);
    return repr;
  }

  #charge(characters: number): void {
    this.#characters += characters;
    if (this.#characters > this.#maxCharacters) throw new RunHalted('trace', 'the trace is larger than its budget');
  }
}
