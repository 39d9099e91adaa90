import fc from 'fast-check';
import { type ClaimedFrame, EVENTS, type Event, type Frame, UNCHANGED } from '../../../core/frame.ts';
import { ENTRY_MARK } from '../../../core/program.ts';
import { stripSource } from '../../../neural/formats/source-line.ts';

/** A program's lines and a well-formed run over them. */
export interface GeneratedTrace {
  readonly lines: readonly string[];
  readonly frames: readonly Frame[];
}

const TRICKY_TEXT = fc.constantFrom(
  '<|frame_sep|>',
  '<|arg_sep|>',
  '<|end_of_text|>',
  '<|line_sep|>{}<|action_sep|>',
  '{"a": "1"}',
  '"text"',
  "'\\\\n'",
  '\u0441\u{1f600}',
  '# << START',
  '[/ANSWER]',
  ' = ',
);
const STATEMENT = fc
  .tuple(
    fc.constantFrom('', '    ', '\t', '        '),
    fc.constantFrom('x', 'return y', 'def f(a):', 'for', 'é'),
    fc.array(fc.oneof(TRICKY_TEXT, fc.stringMatching(/^[ -~]{0,8}$/)), { maxLength: 4 }).map((parts) => parts.join('')),
    fc.constantFrom('', '  ', `  ${ENTRY_MARK}`, ENTRY_MARK),
  )
  .map((parts) => parts.join(''));

const REPR = fc
  .oneof(
    TRICKY_TEXT,
    fc.string(),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom("'\ud800'", '\udc00x', '"', '\\', '\n\t\0\x7f', '{"', '__proto__'),
  )
  .filter((repr) => repr !== UNCHANGED);
const NAME = fc.oneof(
  fc.constantFrom('a', 'b', '.0', '__proto__', 'constructor', 'µ'),
  fc.stringMatching(/^[a-z_]{1,5}$/),
);
const LOCALS = fc.array(fc.tuple(NAME, REPR), { maxLength: 4 }).map((entries) => new Map(entries));

const STEP = fc.record({
  event: fc.constantFrom(...EVENTS),
  line: fc.nat(),
  locals: LOCALS,
  keep: fc.boolean(),
  arg: REPR,
});

/** Runs of nested scopes: calls and returns balance, an entry left by an exception has no `return`. */
export const generatedTrace: fc.Arbitrary<GeneratedTrace> = fc
  .tuple(
    fc.uniqueArray(STATEMENT, { minLength: 1, maxLength: 8, selector: stripSource }),
    fc.array(STEP, { maxLength: 25 }),
  )
  .map(([lines, steps]) => ({ lines, frames: walk(lines, steps) }));

interface Step {
  readonly event: Event;
  readonly line: number;
  readonly locals: ReadonlyMap<string, string>;
  readonly keep: boolean;
  readonly arg: string;
}

interface Activation {
  readonly scope: number;
  locals: ReadonlyMap<string, string>;
}

function walk(lines: readonly string[], steps: readonly Step[]): Frame[] {
  const frames: Frame[] = [];
  const stack: Activation[] = [];
  let scopes = 0;
  const closing = { line: 0, locals: new Map(), keep: false, arg: 'None' } as const;
  const emit = (step: Omit<Step, 'event'>, event: Event) => {
    if (event === 'call') stack.push({ scope: scopes++, locals: new Map() });
    const top = stack.at(-1)!;
    if (!step.keep) top.locals = new Map([...top.locals, ...step.locals]);
    const shown = event === 'call' || event === 'line' ? { locals: top.locals } : { arg: step.arg };
    const place = { line: (step.line % lines.length) + 1, function: `f${top.scope}` };
    frames.push({ event, ...place, ...shown, scope: top.scope, depth: stack.length - 1 });
    if (event === 'return') stack.pop();
  };
  for (const step of steps) {
    const leavesEntry = step.event === 'return' && stack.length === 1;
    emit(step, stack.length === 0 ? 'call' : leavesEntry ? 'line' : step.event);
  }
  if (stack.length === 0) emit(closing, 'call');
  while (stack.length > 0) emit(closing, 'return');
  return frames;
}

/** A frame with everything that any format tells about it. */
export interface ReadFrame {
  readonly events: readonly Event[];
  readonly locals: [string, string][] | undefined;
  readonly arg: string | undefined;
  readonly source: string | undefined;
}

/** What a reader must find: the true frames, locals in full. */
export function expectedFrames({ lines, frames }: GeneratedTrace): ReadFrame[] {
  return frames.map(({ event, line, locals, arg }) => ({
    events: [event],
    locals: locals && [...locals],
    arg,
    source: stripSource(lines[line - 1] ?? ''),
  }));
}

/** What a reader found, with `..` replaced by what it refers to: the frame before, forgotten at calls and returns. */
export function expandFrames(frames: readonly ClaimedFrame[]): ReadFrame[] {
  let before: ReadonlyMap<string, string> | undefined;
  return frames.map(({ events, locals, arg, source }) => {
    const full =
      locals && new Map(Array.from(locals, ([name, repr]) => [name, repr === UNCHANGED ? recall(before, name) : repr]));
    if (full) before = full;
    else if (events[0] === 'return') before = undefined;
    return { events, locals: full && [...full], arg, source };
  });
}

function recall(before: ReadonlyMap<string, string> | undefined, name: string): string {
  const repr = before?.get(name);
  if (repr === undefined) throw new Error(`\`..\` of ${JSON.stringify(name)} refers to nothing`);
  return repr;
}
