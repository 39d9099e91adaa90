import type { Frame } from '../../core/frame.ts';
import { type AnswerContext, writeAnswer } from './answer.ts';
import { isInner, RunHistory } from './history.ts';
import { type Outline, outlineOf, type Statement } from './outline.ts';
import { stepPrompt } from './prompt.ts';

/** A question to the model and its true answer. */
export interface StepExample {
  /** What kind of step it is, such as `for`, `return` or `.append`; see {@link constructOf}. */
  readonly construct: string;
  readonly prompt: string;
  readonly answer: string;
}

/** The steps of a true run as the model is asked them, and how many it cannot be asked or cannot answer. */
export interface TraceExamples {
  readonly examples: readonly StepExample[];
  readonly inexpressible: number;
}

/** Turns a true run into questions and answers. */
export function examplesOf(source: string, frames: Iterable<Frame>): TraceExamples {
  const outline = outlineOf(source);
  const history = new RunHistory(outline);
  const examples: StepExample[] = [];
  let inexpressible = 0;
  for (const frame of frames) {
    if (isInner(frame)) continue;
    if (history.current !== undefined) {
      const example = exampleOf(outline, history, frame);
      if (example === undefined) inexpressible += 1;
      else examples.push(example);
    }
    history.push(frame);
  }
  return { examples, inexpressible };
}

function exampleOf(outline: Outline, history: RunHistory, next: Frame): StepExample | undefined {
  const { current: activation, last } = history;
  const prompt = stepPrompt(outline, history);
  if (prompt === undefined || activation === undefined || last === undefined) return undefined;
  const { statement } = prompt;
  const context: AnswerContext = { outline, activation, statement };
  const answer = writeAnswer(next, context);
  return answer === undefined ? undefined : { construct: constructOf(last, statement), prompt: prompt.text, answer };
}

/**
 * A step's construct: `call` and `exception` behind such frames, a keyword, or for a simple statement the method
 * (`.append`), built-in function (`len()`), comprehension or operator that its text shows first.
 */
export function constructOf(last: Frame, statement: Statement | undefined): string {
  if (statement === undefined || last.event === 'call') return 'call';
  if (last.event === 'exception') return 'exception';
  const { keyword, text } = statement;
  if (keyword !== 'simple' && keyword !== 'return') return keyword;
  const prefix = keyword === 'return' ? 'return ' : '';
  if (last.event === 'return') return `${prefix}after call`;
  return prefix + operationOf(text.replace(/^return\b/, ''));
}

function operationOf(text: string): string {
  if (/\bfor\b.+\bin\b/.test(text)) return 'comprehension';
  const method = /\.([A-Za-z]\w*)\(/.exec(text)?.[1];
  if (method !== undefined) return `.${method}`;
  const called = /\b([A-Za-z]\w*)\(/.exec(text)?.[1];
  if (called !== undefined) return BUILTINS.has(called) ? `${called}()` : 'call of a function';
  if (/\w\[[^\]]*:/.test(text)) return 'slice';
  if (/\w\[/.test(text)) return 'index';
  return (
    /(?<=\s)(?:\+=|-=|\*=|\/\/=|%=|\+|-|\*|\/\/|%|not in|in|and|or|not|==|<=|>=|<|>|!=)(?=\s)/.exec(text)?.[0] ??
    'value'
  );
}

const BUILTINS: ReadonlySet<string> = new Set([
  ...['len', 'sum', 'max', 'min', 'abs', 'int', 'str', 'list', 'dict', 'sorted', 'range', 'enumerate', 'zip', 'set'],
  ...['tuple', 'reversed', 'any', 'all', 'ord', 'chr', 'bool', 'round', 'isinstance', 'print', 'map', 'filter'],
]);
