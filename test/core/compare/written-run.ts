import type { Event, Frame } from '../../../core/frame.ts';
import type { Outcome, Trace } from '../../../core/trace.ts';
import { traceOf } from './runs.ts';

/** Locals as a test writes them. */
export type Locals = Readonly<Record<string, string>>;

/** A frame as a test writes it: event, line, and locals or the value. The function is `f` and the scope 0 by default. */
export function frame(
  event: Event,
  line: number,
  state: Locals | string,
  where: { readonly function?: string; readonly scope?: number; readonly depth?: number } = {},
): Frame {
  const place = { event, line, function: where.function ?? 'f', scope: where.scope ?? 0, depth: where.depth ?? 0 };
  return typeof state === 'string' ? { ...place, arg: state } : { ...place, locals: new Map(Object.entries(state)) };
}

const inner = { function: 'g', scope: 1, depth: 1 };
const FRAMES: readonly Frame[] = [
  frame('call', 1, { n: '2' }),
  frame('line', 2, { n: '2' }),
  frame('call', 5, { x: '2' }, inner),
  frame('line', 6, { x: '2' }, inner),
  frame('return', 6, '4', inner),
  frame('line', 3, { n: '2', s: "['a', 'b']" }),
  frame('line', 2, { n: '3', s: "['a', 'b']" }),
  frame('line', 4, { n: '3', s: "['a', 'b']" }),
  frame('return', 4, '3'),
];
/** The end of a run that used up its steps. */
export const HALTED: Outcome = { kind: 'halted', reason: 'steps', detail: '9 steps' };

/** A run of two functions and a loop of two turns, which returns 3. */
export const shortRun = (change: Partial<Trace> = {}): Trace => ({
  ...traceOf(FRAMES, { kind: 'returned', value: '3' }),
  ...change,
});
