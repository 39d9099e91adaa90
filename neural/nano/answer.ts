import type { Frame } from '../../core/frame.ts';
import type { Activation } from './history.ts';
import { exceptionOf } from './history.ts';
import type { Outline, Statement } from './outline.ts';
import { calleesOf, showsException } from './prompt.ts';
import { argumentsOf, isName, literalRepr, parametersOf, passedOn, targetsOf } from './targets.ts';
import { extend, extension, findOutsideStrings } from './value-text.ts';

/**
 * What the model answers to a {@link stepPrompt}, one line:
 *
 * - `n`, `t`, `f`, `h` and locals: goes on; the condition holds or a loop runs again; it does not; to the handler
 * - `c`, a function's number among those that the statement names, `;` and its parameters: calls it
 * - `r` and a value: returns
 * - `e` and an exception's repr, or a pointer: raises
 *
 * Locals come one after the other, each ended by `;`. First those that the statement's text binds or changes, or the
 * parameters, in their order and without their names: nothing where one stays as it is, `=repr`, `^tail` (its own repr with
 * `tail` before the last character) or a pointer. Then others as `name=repr`, `name^tail` or `-name` (unbound), the last one
 * without the name where that is the prompt's. A value is `=repr` or a pointer: `$` (what the name in that place is), `>`
 * (what the last call returned), `!` (the exception that the prompt shows) or `@` (what the text has there: a literal).
 */
export type Outcome = 'n' | 't' | 'f' | 'h' | 'c' | 'r' | 'e';

/** A frame as the model tells it; scopes follow from its event. */
export type PredictedFrame = Pick<Frame, 'event' | 'line' | 'function' | 'locals' | 'arg'>;

const OUTCOMES: ReadonlySet<string> = new Set<Outcome>(['n', 't', 'f', 'h', 'c', 'r', 'e']);

function isOutcome(text: string): text is Outcome {
  return OUTCOMES.has(text);
}

type Way = 'n' | 't' | 'f' | 'h';

/** Where a statement goes on with each outcome, or null where it does not. */
function wayTo(statement: Statement, outcome: Way): number | null {
  if (outcome === 'h') return statement.handler;
  return outcome === 't' ? statement.body : statement.next;
}

/** What a frame's answer is read against. */
export interface AnswerContext {
  readonly outline: Outline;
  readonly activation: Activation;
  /** Undefined where the function was just called. */
  readonly statement: Statement | undefined;
}

/** Reads an answer, or undefined where it makes no sense here. */
export function readAnswer(answer: string, context: AnswerContext): PredictedFrame | undefined {
  const { activation } = context;
  const outcome = answer.charAt(0);
  if (!isOutcome(outcome)) return undefined;
  const rest = answer.slice(1);
  if (outcome === 'c') return readCall(rest, context);
  const place = { line: activation.line, function: activation.name };
  if (outcome === 'r') {
    const arg = readValue(rest, undefined, passedOn(context.statement), context);
    return arg === undefined ? undefined : { event: 'return', ...place, arg };
  }
  if (outcome === 'e') {
    const repr = isPointer(rest) ? follow(rest, passedOn(context.statement), context) : rest;
    return repr === undefined ? undefined : { event: 'exception', ...place, arg: raisedArg(repr) };
  }
  const line = goesTo(context, outcome);
  if (line === null) return undefined;
  const expression = passedOn(context.statement);
  const slots = targetsOf(context.statement, outcome).map(({ name }) => ({ name, expression }));
  const locals = readLocals(rest, slots, activation.locals, context);
  return locals && { event: 'line', line, function: activation.name, locals };
}

/** What the tracer shows for an exception whose repr is given. */
function raisedArg(repr: string): string {
  return `(<class '${/^[\w.]*/.exec(repr)?.[0] ?? ''}'>, ${repr}, <traceback object>)`;
}

function goesTo({ outline, activation, statement }: AnswerContext, outcome: Way): number | null {
  if (statement !== undefined) return wayTo(statement, outcome);
  return outcome === 'n' ? (outline.functions.get(activation.name)?.body ?? null) : null;
}

function readCall(text: string, context: AnswerContext): PredictedFrame | undefined {
  const { outline, statement } = context;
  const end = findOutsideStrings(text, ';', 0);
  const which = text.slice(0, end);
  const callee = /^\d$/.test(which) ? calleesOf(outline, statement)[Number(which)] : outline.functions.get(which);
  if (callee === undefined) return undefined;
  const given = argumentsOf(callee.name, statement?.text ?? '');
  const slots = parametersOf(callee.header).map((name, index) => ({ name, expression: given[index] }));
  const locals = readLocals(text.slice(end + 1), slots, new Map(), context);
  return locals && { event: 'call', line: callee.line, function: callee.name, locals };
}

/** A local that an answer tells by its place, and the text whose value it may be. */
interface Slot {
  readonly name: string;
  readonly expression: string | undefined;
}

function readLocals(
  text: string,
  slots: readonly Slot[],
  before: ReadonlyMap<string, string>,
  context: AnswerContext,
): ReadonlyMap<string, string> | undefined {
  const locals = new Map(before);
  for (let at = 0, index = 0; at < text.length; ) {
    const end = findOutsideStrings(text, ';', at);
    const entry = text.slice(at, end);
    at = end + 1;
    if (entry === '') {
      index += 1;
    } else if (entry.startsWith('-')) {
      if (!locals.delete(entry === '-' ? (context.statement?.unbinds ?? '') : entry.slice(1))) return undefined;
    } else {
      const own = /^[A-Za-z_]\w*/.exec(entry)?.[0];
      const slot: Slot | undefined = own === undefined ? slots[index++] : { name: own, expression: undefined };
      if (slot === undefined) return undefined;
      const change = entry.slice(own?.length ?? 0);
      const value = readValue(change, locals.get(slot.name), slot.expression, context);
      if (value === undefined) return undefined;
      locals.set(slot.name, value);
    }
  }
  return locals;
}

function readValue(
  text: string,
  before: string | undefined,
  expression: string | undefined,
  context: AnswerContext,
): string | undefined {
  if (text.startsWith('=')) return text.slice(1);
  if (text.startsWith('^')) return before === undefined ? undefined : extend(before, text.slice(1));
  return isPointer(text) ? follow(text, expression, context) : undefined;
}

type Pointer = '$' | '>' | '!' | '@';

const POINTERS: ReadonlySet<string> = new Set<Pointer>(['$', '>', '!', '@']);

function isPointer(text: string): text is Pointer {
  return POINTERS.has(text);
}

/** What a pointer points to. */
function follow(pointer: Pointer, expression: string | undefined, { activation }: AnswerContext): string | undefined {
  if (pointer === '>') return activation.calls.at(-1)?.value;
  if (pointer === '!') return activation.exception ?? undefined;
  if (expression === undefined) return undefined;
  return pointer === '@' ? literalRepr(expression) : activation.locals.get(expression);
}

/**
 * The answer that tells a true next frame, or undefined where no answer can: the line is none of those that the outline
 * gives, or the statement is not followed by this frame.
 */
export function writeAnswer(next: Frame, context: AnswerContext): string | undefined {
  if (next.event === 'return') return `r${writeValue(next.arg ?? '', passedOn(context.statement), context)}`;
  if (next.event === 'exception') return `e${writeRaised(exceptionOf(next.arg ?? ''), context)}`;
  if (next.event === 'call') return writeCall(next, context);
  for (const outcome of ['t', 'n', 'f', 'h'] as const) {
    if (!mayAnswer(outcome, context) || goesTo(context, outcome) !== next.line) continue;
    return outcome + writeLocals(next, outcome, context);
  }
  return undefined;
}

const CONDITIONAL: ReadonlySet<string> = new Set(['if', 'elif', 'while', 'for', 'except']);

/** Each way of going on has one name: a condition holds or fails, everything else just goes on. */
function mayAnswer(outcome: Way, { statement, activation }: AnswerContext): boolean {
  const conditional = CONDITIONAL.has(statement?.keyword ?? '');
  if (outcome === 'h') return activation.exception !== null;
  return outcome === 'n' ? !conditional : conditional;
}

function writeRaised(repr: string, context: AnswerContext): string {
  const { statement, activation } = context;
  if (statement !== undefined && activation.exception === repr && showsException(statement, activation)) return '!';
  return statement?.keyword === 'raise' && literalRepr(passedOn(statement) ?? '') === repr ? '@' : repr;
}

function writeCall(next: Frame, context: AnswerContext): string {
  const { outline, statement } = context;
  const callee = outline.functions.get(next.function);
  const place = calleesOf(outline, statement).findIndex(({ name }) => name === next.function);
  const given = argumentsOf(next.function, statement?.text ?? '');
  const parameters = parametersOf(callee?.header ?? '');
  const locals = next.locals ?? new Map<string, string>();
  const first = parameters.map((name, index) => {
    const repr = locals.get(name);
    return repr === undefined ? '' : writeValue(repr, given[index], context);
  });
  const others = Array.from(locals, ([name, repr]) => (parameters.includes(name) ? '' : `${name}=${repr};`));
  return `c${place < 0 || place > 9 ? next.function : place};${joined(first)}${others.join('')}`;
}

/** Entries without names; those at the end that say nothing are left out. */
function joined(entries: readonly string[]): string {
  const count = entries.findLastIndex((entry) => entry !== '') + 1;
  return entries
    .slice(0, count)
    .map((entry) => `${entry};`)
    .join('');
}

function writeValue(repr: string, expression: string | undefined, context: AnswerContext): string {
  return pointer(repr, expression, context) ?? `=${repr}`;
}

/** How a value is told that the statement only passes on: a name's, a call's, or a literal that is longer than a number. */
function pointer(repr: string, expression: string | undefined, context: AnswerContext): Pointer | undefined {
  const { locals, calls } = context.activation;
  if (expression === undefined) return undefined;
  if (/^[[{('"]/.test(repr) && literalRepr(expression) === repr) return '@';
  if (isName(expression) && locals.get(expression) === repr) return '$';
  const [call] = calls;
  const name = /^([A-Za-z_]\w*)\(.*\)$/.exec(expression)?.[1];
  return call !== undefined && calls.length === 1 && call.name === name && call.value === repr ? '>' : undefined;
}

function writeLocals(next: Frame, outcome: Way, context: AnswerContext): string {
  const { activation, statement } = context;
  const expression = passedOn(statement);
  const targets = targetsOf(statement, outcome);
  const after = next.locals ?? new Map<string, string>();
  const change = (name: string, shown: boolean, passed: string | undefined): string => {
    const repr = after.get(name) ?? '';
    const before = activation.locals.get(name);
    const tail = before === undefined || !shown ? undefined : extension(before, repr);
    return tail === undefined ? writeValue(repr, passed, context) : `^${tail}`;
  };
  const first = targets.map(({ name, binds, shown }) => {
    const stays = !binds && activation.locals.get(name) === after.get(name);
    if (!after.has(name) || stays) return '';
    const caught = statement?.keyword === 'except' && after.get(name) === activation.exception;
    return caught ? '!' : change(name, shown, expression);
  });
  let text = joined(first);
  for (const [name, repr] of after) {
    const told = targets.some((target) => target.name === name) || activation.locals.get(name) === repr;
    if (!told) text += `${name}${change(name, true, undefined)};`;
  }
  for (const name of activation.locals.keys()) {
    if (!after.has(name)) text += `-${name === statement?.unbinds ? '' : name};`;
  }
  return text;
}
