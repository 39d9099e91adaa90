import type { Activation, FinishedCall, RunHistory } from './history.ts';
import type { FunctionOutline, Outline, Statement } from './outline.ts';
import { FOR_HEADER } from './targets.ts';

/** One question to the model: what happens next. */
export interface StepPrompt {
  /** Lines of text, the last one being the statement; see {@link stepPrompt}. */
  readonly text: string;
  /** The statement that runs, or undefined before the first line of a function and within an exception. */
  readonly statement: Statement | undefined;
}

const NAMES = /[A-Za-z_]\w*/g;

/** A statement that binds one name: `x = …`, but not `x += …` nor `x[0] = …`. */
const PLAIN_TARGET = /^([A-Za-z_]\w*)\s*=(?!=)/;

/** Finished calls that a prompt shows, the latest ones. */
const SHOWN_CALLS = 4;

/**
 * The question behind the frames so far, or undefined where there is none (nothing runs, or the line is no statement).
 *
 * It holds what the statement's text and the frames tell, and nothing that would have to be computed:
 *
 * ```text
 * def follow(n):            each function of the program that the statement names
 * n=10                      each local that it names, with its value, and each constant of the module
 * follow;xs=[]>5            each call of it that has come back: lists and dicts that it changed, value
 * !ValueError('x')          the exception that is being handled
 * #2                        the header of a loop: how often it ran before
 * -error                    the name that is unbound behind the statement
 * .                         behind the statement (or where its condition fails) the function ends
 * n = follow(n)             the statement
 * ```
 */
export function stepPrompt(outline: Outline, history: RunHistory): StepPrompt | undefined {
  const { current, last } = history;
  if (current === undefined || last === undefined) return undefined;
  const callee = outline.functions.get(current.name);
  if (last.event === 'call') {
    return callee && { text: `${callee.body === null ? '.\n' : ''}${callee.header}\n`, statement: undefined };
  }
  const statement = outline.statements.get(current.line);
  if (statement === undefined) return undefined;
  if (last.event === 'exception') {
    const handler = statement.handler === null ? '' : `${outline.statements.get(statement.handler)?.text ?? ''}\n`;
    return { text: `!${current.exception ?? ''}\n${handler}`, statement };
  }
  return { text: statementPrompt(outline, current, statement), statement };
}

function statementPrompt(outline: Outline, activation: Activation, statement: Statement): string {
  const { text, keyword, next, unbinds } = statement;
  const names = new Set(namesRead(statement));
  const visit = keyword === 'for' ? activation.loops.get(statement.line) : undefined;
  const values = visit !== undefined && !iteratesName(text) ? visit.entered : activation.locals;
  const lines: string[] = [];
  for (const name of names) {
    const callee = outline.functions.get(name);
    if (callee !== undefined && !values.has(name)) lines.push(callee.header);
  }
  for (const name of names) {
    const value = values.get(name) ?? (outline.functions.has(name) ? undefined : outline.constants.get(name));
    if (value !== undefined) lines.push(`${name}=${value}`);
  }
  for (const call of activation.calls.slice(-SHOWN_CALLS)) lines.push(callLine(call));
  if (activation.exception !== null && showsException(statement, activation)) lines.push(`!${activation.exception}`);
  if (visit !== undefined) lines.push(`#${visit.count}`);
  if (unbinds !== null) lines.push(`-${unbinds}`);
  if (next === null && keyword !== 'return' && keyword !== 'raise') lines.push('.');
  lines.push(text);
  return `${lines.join('\n')}\n`;
}

/** Names in the order in which the statement's text has them, without those that it only binds. */
function namesRead({ text, keyword }: Statement): string[] {
  const header = keyword === 'for' ? FOR_HEADER.exec(text) : null;
  if (header !== null) return header[2]?.match(NAMES) ?? [];
  const target = keyword === 'simple' ? PLAIN_TARGET.exec(text) : null;
  return text.slice(target?.[0].length ?? 0).match(NAMES) ?? [];
}

/** Whether a loop runs over a name alone: then it sees what its block does to that value. */
function iteratesName(text: string): boolean {
  return /^\w+$/.test(FOR_HEADER.exec(text)?.[2] ?? '');
}

/** The program's functions that a statement names, in the order of its text. */
export function calleesOf(outline: Outline, statement: Statement | undefined): FunctionOutline[] {
  const names = new Set(statement === undefined ? [] : namesRead(statement));
  return [...names].flatMap((name) => outline.functions.get(name) ?? []);
}

/** Whether the prompt shows the exception that is being handled. */
export function showsException({ keyword, text }: Statement, { calls }: Activation): boolean {
  const call = calls.at(-1);
  return keyword === 'except' || text === 'raise' || (call !== undefined && call.value === undefined);
}

function callLine({ name, changed, value }: FinishedCall): string {
  const left = Array.from(changed, ([parameter, repr]) => `;${parameter}=${repr}`).join('');
  return value === undefined ? `${name}${left}!` : `${name}${left}>${value}`;
}
