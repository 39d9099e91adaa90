import { LRUCache } from 'lru-cache';
import type { Frame } from '../../../core/frame.ts';
import { ENTRY_MARK, sourceLines } from '../../../core/program.ts';
import { renderIds } from '../../formats/cwm/render.ts';
import { TOKEN_IDS } from '../../formats/cwm/tokens.ts';
import { type PredictedFrame, readAnswer } from '../../nano/answer.ts';
import { decodeAnswer, END_BYTE, encodePrompt, FEATURES } from '../../nano/bytes.ts';
import { RunHistory } from '../../nano/history.ts';
import { type FunctionOutline, type Outline, outlineOf } from '../../nano/outline.ts';
import { PlaceScanner } from '../../nano/places.ts';
import { type StepPrompt, stepPrompt } from '../../nano/prompt.ts';
import { type Piece, type PredictionOptions, type PredictionTask, PredictorError } from '../../predictor.ts';
import type { Batcher } from './batcher.ts';
import type { Sequence } from './decoder.ts';

/** Longest question in bytes; the model learned from shorter ones. */
const MAX_PROMPT_BYTES = 1024;

/** Longest answer in bytes. */
const MAX_ANSWER_BYTES = 512;

/** A model that goes in circles is stopped here. */
const MAX_FRAMES = 20_000;

/** An answer, and the bytes that the model wrote for it. */
interface Answer {
  readonly text: string;
  readonly count: number;
}

/** Answers that were given of late; a question is short, and programs ask the same ones over and over. */
export class KnownAnswers {
  readonly #answers = new LRUCache<string, Answer>({ max: 4096 });

  /** The answer to a question, asked where it is not known or chance has a part in it. */
  async ask(batcher: Batcher, question: string, prompt: Uint8Array, options: PredictionOptions): Promise<Answer> {
    const known = options.temperature === 0 ? this.#answers.get(question) : undefined;
    if (known !== undefined) return known;
    const sequence = new AnswerSequence(prompt, options);
    await batcher.decode(sequence);
    const answer = { text: sequence.text, count: sequence.count };
    if (options.temperature === 0) this.#answers.set(question, answer);
    return answer;
  }
}

/** Writes a trace with the embedded model: one question a frame, which holds all that the model is told. */
export async function* predictWithNano(
  batcher: Batcher,
  known: KnownAnswers,
  task: PredictionTask,
  options: PredictionOptions,
): AsyncGenerator<Piece> {
  const run = new NanoRun(task);
  for (let given = 0; !run.over && given < Math.min(options.frames ?? MAX_FRAMES, MAX_FRAMES); given += 1) {
    options.signal.throwIfAborted();
    if (run.empty) {
      for (const content of run.begin()) yield { content, tokens: 0 };
      continue;
    }
    const question = run.question();
    if (question === undefined) return;
    const prompt = encodePrompt(question.text);
    if (prompt.length > MAX_PROMPT_BYTES * FEATURES) return;
    const answer = await known.ask(batcher, question.text, prompt, options);
    const pieces = run.take(answer.text, question);
    const [first, ...rest] = pieces;
    if (first !== undefined) yield { content: first, tokens: answer.count };
    for (const content of rest) yield { content, tokens: 0 };
    if (!run.sound) return;
  }
  if (run.over) yield { content: TOKEN_IDS.end_of_text, tokens: 0 };
}

/** One answer, decoded. */
class AnswerSequence implements Sequence {
  readonly prompt: readonly number[];
  readonly temperature: number;
  readonly signal: AbortSignal;
  readonly #bytes: number[] = [];
  readonly #places = new PlaceScanner();
  count = 0;

  constructor(prompt: Uint8Array, { temperature, signal }: PredictionOptions) {
    this.prompt = [...prompt];
    this.temperature = temperature;
    this.signal = signal;
  }

  take(token: number): readonly number[] | null {
    this.count += 1;
    if (token === END_BYTE) return null;
    this.#bytes.push(token);
    return this.#bytes.length < MAX_ANSWER_BYTES ? [token, ...this.#places.next(token), 0, 0] : null;
  }

  get text(): string {
    return decodeAnswer(Uint8Array.from(this.#bytes));
  }
}

/** Where a trace stands that is being written. */
class NanoRun {
  readonly #outline: Outline;
  readonly #history: RunHistory;
  readonly #lines: readonly string[];
  readonly #scopes: number[] = [];
  #frames = 0;
  #nextScope = 0;
  /** The frame that `..` refers to. */
  #known: Frame | undefined;
  /** The entry was left. */
  over = false;
  /** The last answer was a frame. */
  sound = true;

  constructor({ source, frames }: PredictionTask) {
    this.#outline = outlineOf(source);
    this.#history = new RunHistory(this.#outline);
    this.#lines = sourceLines(source);
    for (const frame of frames) {
      this.#nextScope = Math.max(this.#nextScope, frame.scope + 1);
      this.#push(frame);
    }
  }

  /** No frame was given or written. */
  get empty(): boolean {
    return this.#frames === 0;
  }

  /** The first frame, about which there is nothing to ask: the entry's call takes no arguments. */
  begin(): (number | string)[] {
    const { name, line } = this.#entry();
    const locals = new Map<string, string>();
    return this.#write({ event: 'call', line, function: name, locals, scope: this.#nextScope++, depth: 0 });
  }

  /** What the model is asked next, or undefined where the frames so far leave nothing to ask. */
  question(): StepPrompt | undefined {
    return stepPrompt(this.#outline, this.#history);
  }

  #entry(): FunctionOutline {
    const marked = this.#lines.findIndex((line) => line.trimEnd().endsWith(ENTRY_MARK)) + 1;
    const entry = [...this.#outline.functions.values()].find(({ line }) => line === marked);
    if (entry === undefined) throw new PredictorError('unsuited', 'the program has no function with the entry’s mark');
    if (!/\(\s*\)/.test(entry.header))
      throw new PredictorError('unsuited', 'the entry takes arguments, and none are given');
    return entry;
  }

  /** Reads the model's answer, and gives the frame as a trace has it; an answer that is none as it is. */
  take(answer: string, question: StepPrompt): (number | string)[] {
    const frame = this.#follow(answer, question);
    if (frame === undefined) {
      this.sound = false;
      return [TOKEN_IDS.line_sep, answer, TOKEN_IDS.frame_sep];
    }
    return this.#write(frame);
  }

  #write(frame: Frame): (number | string)[] {
    const before = this.#known === undefined ? [] : [this.#known];
    const content = renderIds([...before, frame], this.#lines, { from: before.length, end: false });
    this.#push(frame);
    return content;
  }

  #follow(answer: string, { statement }: StepPrompt): Frame | undefined {
    const { current } = this.#history;
    if (current === undefined) return undefined;
    const predicted = readAnswer(answer, { outline: this.#outline, activation: current, statement });
    return predicted && this.#placed(predicted);
  }

  #placed(predicted: PredictedFrame): Frame {
    const called = predicted.event === 'call';
    const depth = this.#scopes.length - (called ? 0 : 1);
    return { ...predicted, scope: called ? this.#nextScope++ : (this.#scopes.at(-1) ?? 0), depth };
  }

  #push(frame: Frame): void {
    this.#history.push(frame);
    this.#frames += 1;
    if (frame.event === 'call') this.#scopes.push(frame.scope);
    if (frame.event === 'return') {
      this.#scopes.pop();
      this.over = this.#scopes.length === 0;
    }
    if (frame.event === 'return') this.#known = undefined;
    else if (frame.event !== 'exception') this.#known = frame;
  }
}
