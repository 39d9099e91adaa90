import type { ClaimedFrame } from '../../core/frame.ts';
import { type NextFrame, nextFrame } from '../formats/cwm/frame-grammar.ts';
import type { ProgramLines } from '../formats/cwm/program-lines.ts';
import type { TokenCursor } from '../formats/cwm/token-cursor.ts';

/** What a model has written comes to, one after the other. Nothing follows one that is not a frame. */
export type Reading =
  /** A whole frame; `text` is what the model wrote, special tokens as tags. */
  | { readonly kind: 'frame'; readonly frame: ClaimedFrame; readonly text: string }
  /** The model says that the trace is over. */
  | { readonly kind: 'ended' }
  /** What was written is no frame. */
  | { readonly kind: 'broken'; readonly message: string; readonly text: string }
  /** The stream stopped within a frame that was right so far. */
  | { readonly kind: 'cut'; readonly text: string };

/** One way in which a model's output spells its special tokens. */
export interface Spelling {
  /** Characters that are held because they are no whole frame yet. */
  readonly size: number;
  /** Takes what comes next, and gives what it completes. */
  push(content: string | number): Reading[];
  /** Gives what is left where the stream ends. */
  finish(): Reading[];
}

/** Characters of something broken that are shown. */
const SHOWN = 2_000;

export function frameReading({ span: _span, ...frame }: ClaimedFrame, text: string): Reading {
  // Offsets into a buffer that is gone would say nothing.
  return { kind: 'frame', frame, text: text.trim() };
}

export function brokenReading(message: string, text: string): Reading {
  return { kind: 'broken', message, text: text.slice(0, SHOWN) };
}

/** Text that is left at the end of a stream: nothing where it is blank. */
export function cutReading(text: string): Reading[] {
  return text.trim() === '' ? [] : [{ kind: 'cut', text: text.slice(0, SHOWN) }];
}

/** Reads what stands at the cursor; undefined where it is not whole. */
export function readAtCursor(cursor: TokenCursor, lines: ProgramLines, textOf: () => string): Reading | undefined {
  const next: NextFrame = nextFrame(cursor, lines);
  switch (next.kind) {
    case 'frame':
      return frameReading(next.frame, textOf());
    case 'ended':
      return { kind: 'ended' };
    case 'broken':
      return brokenReading(next.message, textOf());
    case 'cut':
    case 'stopped':
      return undefined;
  }
}

/**
 * Says when held text is worth another look. After a look that found no whole frame the next one comes only when an
 * eighth more is there, so that all looks together stay linear in the text.
 */
export class Patience {
  #next = 0;

  allows(size: number): boolean {
    return size >= this.#next;
  }

  failedAt(size: number): void {
    this.#next = size + Math.max(16, size >> 3);
  }

  reset(): void {
    this.#next = 0;
  }
}
