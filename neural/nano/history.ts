import type { Frame } from '../../core/frame.ts';
import type { Outline, Statement } from './outline.ts';

/** A call that a statement made and that has come back. */
export interface FinishedCall {
  readonly name: string;
  /** Parameters that held a list or a dict and held another when it was left: the caller's may be changed with it. */
  readonly changed: ReadonlyMap<string, string>;
  /** Repr of what it returned, or undefined where it raised. */
  readonly value: string | undefined;
}

/** How often the header of a `for` loop ran since the loop was entered, and the locals at that time. */
export interface LoopVisit {
  readonly count: number;
  readonly entered: ReadonlyMap<string, string>;
}

/** One running function, as the frames so far show it. */
export interface Activation {
  readonly name: string;
  readonly scope: number;
  readonly depth: number;
  /** Its parameters and what they held at first. */
  readonly given: ReadonlyMap<string, string>;
  /** Line of its last frame. */
  line: number;
  locals: ReadonlyMap<string, string>;
  /** Calls of the statement at `line` that have come back. */
  readonly calls: FinishedCall[];
  /** By the line of the loop's header. */
  readonly loops: Map<number, LoopVisit>;
  /** Repr of the exception that was raised in it last, or null. */
  exception: string | null;
}

const NO_LOCALS: ReadonlyMap<string, string> = new Map();

/** Finished calls of one statement that are kept; a statement that makes more is a loop of its own. */
const MAX_CALLS = 16;

/** The exception's repr out of `(<class 'KeyError'>, KeyError('x'), <traceback object>)`. */
export function exceptionOf(arg: string): string {
  const start = arg.indexOf('>, ');
  const end = arg.lastIndexOf(', <traceback');
  return start >= 0 && end > start ? arg.slice(start + 3, end) : arg;
}

/** What the frames so far say about where the run stands. Fed frame by frame; a step costs the locals it changes. */
export class RunHistory {
  readonly #outline: Outline;
  readonly #stack: Activation[] = [];
  #last: Frame | undefined;

  constructor(outline: Outline) {
    this.#outline = outline;
  }

  /** The frame that was pushed last. */
  get last(): Frame | undefined {
    return this.#last;
  }

  /** The activation that runs now: after a return, the caller's. */
  get current(): Activation | undefined {
    return this.#stack.at(-1);
  }

  /** Takes in the next frame. Those of comprehensions and lambdas belong to the statement that runs them: they are skipped. */
  push(frame: Frame): void {
    if (isInner(frame)) return;
    if (frame.event === 'call') this.#call(frame);
    else if (frame.event === 'line') this.#line(frame);
    else if (frame.event === 'return') this.#return(frame);
    else this.#exception(frame);
    this.#last = frame;
  }

  #call(frame: Frame): void {
    const locals = frame.locals ?? NO_LOCALS;
    this.#stack.push({
      name: frame.function,
      scope: frame.scope,
      depth: frame.depth,
      given: locals,
      line: frame.line,
      locals,
      calls: [],
      loops: new Map(),
      exception: null,
    });
  }

  #line(frame: Frame): void {
    const activation = this.current;
    if (activation === undefined) return;
    const from = activation.line;
    activation.line = frame.line;
    activation.locals = frame.locals ?? NO_LOCALS;
    activation.calls.length = 0;
    const statement = this.#outline.statements.get(frame.line);
    if (statement?.keyword === 'for') visitLoop(activation, statement, from);
  }

  #return(frame: Frame): void {
    const left = this.#stack.pop();
    const caller = this.current;
    if (left === undefined || caller === undefined || caller.calls.length >= MAX_CALLS) return;
    const raised = this.#last?.event === 'exception' && this.#last.scope === left.scope;
    caller.calls.push({ name: left.name, changed: changedParameters(left), value: raised ? undefined : frame.arg });
    if (raised) caller.exception = left.exception;
  }

  #exception(frame: Frame): void {
    const activation = this.current;
    if (activation !== undefined) activation.exception = exceptionOf(frame.arg ?? '');
  }
}

/** Whether a frame belongs to a comprehension, a generator expression or a lambda. */
export function isInner(frame: Frame): boolean {
  return frame.function.startsWith('<') && frame.function !== '<module>';
}

function changedParameters({ given, locals }: Activation): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const [name, before] of given) {
    const after = locals.get(name);
    if (after !== undefined && after !== before && /^[[{]/.test(before)) changed.set(name, after);
  }
  return changed;
}

function visitLoop(activation: Activation, { line, lastLine }: Statement, from: number): void {
  const before = activation.loops.get(line);
  // Coming from within its block the loop goes on; coming from outside it starts anew.
  const goesOn = before !== undefined && from >= line && from <= lastLine;
  activation.loops.set(line, {
    count: goesOn ? before.count + 1 : 0,
    entered: goesOn ? before.entered : activation.locals,
  });
}
