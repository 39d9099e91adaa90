import * as fc from 'fast-check';
import type { ClaimedFrame, Event, Frame } from '../../../core/frame.ts';
import { UNCHANGED } from '../../../core/frame.ts';
import type { ClaimedTrace, Outcome, Trace } from '../../../core/trace.ts';

/** A run of a program that was never written: frames nested as a tracer gives them, and the lines they stand on. */
export interface Run {
  readonly truth: WrittenTrace;
  readonly lines: readonly string[];
}

const FUNCTIONS = 3;
const LINES_EACH = 5;

/** Every line has a text of its own, so that no two places of the program look alike. */
const LINES: readonly string[] = Array.from({ length: FUNCTIONS * LINES_EACH }, (_, index) => {
  const owner = Math.floor(index / LINES_EACH);
  return index % LINES_EACH === 0 ? `def f${owner}():` : `    step_${index + 1}()`;
});

const REPRS = [
  '0',
  '1',
  '-0.0',
  'True',
  'None',
  "'a'",
  "'..'",
  '[1, 2]',
  "{'a': 1}",
  "{'x', 'y'}",
  'nan',
  '<f object>',
];

type Step =
  | { readonly do: 'line'; readonly line: number; readonly name: string; readonly value: string }
  | { readonly do: 'call'; readonly owner: number }
  | { readonly do: 'return'; readonly value: string }
  | { readonly do: 'raise' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('line' as const),
      line: fc.integer({ min: 1, max: LINES_EACH - 1 }),
      name: fc.constantFrom('x', 'y', '__proto__', 'constructor'),
      value: fc.constantFrom(...REPRS),
    }),
    fc.record({ do: fc.constant('call' as const), owner: fc.integer({ min: 0, max: FUNCTIONS - 1 }) }),
    fc.record({ do: fc.constant('return' as const), value: fc.constantFrom(...REPRS) }),
    fc.record({ do: fc.constant('raise' as const) }),
  ),
  { maxLength: 40 },
);

/** Well-formed runs: nested calls, exceptions that a caller catches, and a return of the entry. */
export const runs: fc.Arbitrary<Run> = steps.map((script) => ({ truth: perform(script, false), lines: LINES }));

/** Runs in which no two call and line frames are alike, so that a claim can be lined up in one way only. */
export const distinctRuns: fc.Arbitrary<Run> = steps.map((script) => ({ truth: perform(script, true), lines: LINES }));

interface Activation {
  readonly scope: number;
  readonly owner: number;
  readonly locals: Map<string, string>;
  line: number;
}

const EXCEPTION = "(<class 'KeyError'>, KeyError('x'), <traceback object at 0x7f00>)";

function perform(script: readonly Step[], counted: boolean): WrittenTrace {
  const frames: Frame[] = [];
  const stack: Activation[] = [];
  let scopes = 0;
  const emit = (event: Event, arg?: string): void => {
    const top = stack.at(-1);
    if (top === undefined) return;
    if (counted) top.locals.set('tick', `${frames.length}`);
    const place = { event, line: top.line, function: `f${top.owner}`, scope: top.scope, depth: stack.length - 1 };
    frames.push(arg === undefined ? { ...place, locals: new Map(top.locals) } : { ...place, arg });
  };
  const enter = (owner: number): void => {
    stack.push({ scope: scopes, owner, locals: new Map(), line: owner * LINES_EACH + 1 });
    scopes += 1;
    emit('call');
  };
  const leave = (value: string): void => {
    emit('return', value);
    stack.pop();
  };
  enter(0);
  for (const step of script) {
    const top = stack.at(-1);
    if (top === undefined) break;
    if (step.do === 'line' || (step.do === 'call' && frames.at(-1)?.event !== 'line')) {
      top.line = top.owner * LINES_EACH + 1 + (step.do === 'line' ? step.line : 1);
      emit('line');
    }
    if (step.do === 'line') top.locals.set(step.name, step.value);
    if (step.do === 'call') enter(step.owner);
    if (step.do === 'return' && stack.length > 1) leave(step.value);
    if (step.do === 'raise' && stack.length > 1) {
      emit('exception', EXCEPTION);
      leave('None');
      emit('exception', EXCEPTION);
    }
  }
  while (stack.length > 0) leave('0');
  return traceOf(frames, { kind: 'returned', value: '0' });
}

/** A trace whose frames are there as objects. */
export type WrittenTrace = Trace & { readonly frames: readonly Frame[] };

export function traceOf(
  frames: readonly Frame[],
  outcome: Outcome = { kind: 'returned', value: 'None' },
): WrittenTrace {
  return { frames, outcome, stdout: '', steps: frames.length, platform: { sets: false, words: false } };
}

/** How a claim spells what it says. */
export interface Spelling {
  /** Write `..` for what did not change. */
  readonly unchanged?: boolean;
  /** Leave the events open, as decoders do that drop special tokens. */
  readonly stripped?: boolean;
}

/** The claim that says exactly what the true frames are. */
export function claimOf(frames: readonly Frame[], lines: readonly string[], spelling: Spelling = {}): ClaimedTrace {
  let memory: ReadonlyMap<string, string> | undefined;
  const claimed = frames.map((frame): ClaimedFrame => {
    const remembered = frame.event === 'line' && spelling.unchanged ? memory : undefined;
    if (frame.event === 'return') memory = undefined;
    if (frame.locals !== undefined) memory = frame.locals;
    return {
      events: spelling.stripped ? openEvents(frame.event) : [frame.event],
      source: lines[frame.line - 1] ?? '',
      ...(frame.arg !== undefined && { arg: frame.arg }),
      ...(frame.locals !== undefined && { locals: withUnchanged(frame.locals, remembered) }),
    };
  });
  return { frames: claimed, ended: true };
}

function openEvents(event: Event): readonly Event[] {
  return event === 'call' || event === 'line' ? ['call', 'line'] : ['return', 'exception'];
}

function withUnchanged(locals: ReadonlyMap<string, string>, before: ReadonlyMap<string, string> | undefined) {
  return new Map(Array.from(locals, ([name, value]) => [name, before?.get(name) === value ? UNCHANGED : value]));
}
