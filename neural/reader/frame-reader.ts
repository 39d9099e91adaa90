import { skipSpace } from '../formats/cwm/json-scan.ts';
import type { Piece } from '../predictor.ts';
import { brokenReading, cutReading, Patience, type Reading, type Spelling } from './reading.ts';
import { StrippedSpelling } from './stripped.ts';
import { TaggedSpelling } from './tagged.ts';
import { TokenSpelling } from './tokens.ts';

/** Characters that one frame may have. */
export const MAX_FRAME_CHARACTERS = 1 << 20;

/**
 * Cuts what a model writes into frames while it is being written, whether its special tokens come as ids, as tags or not
 * at all: the first characters tell. Holds one or two frames at a time, and looks at each character a bounded number of
 * times.
 */
export class FrameReader {
  readonly #lines: readonly string[];
  #spelling: Spelling | undefined;
  /** Text that does not tell the spelling yet. */
  #undecided = '';
  readonly #patience = new Patience();
  #over = false;

  /** @param lines physical lines of the program, with the entry mark */
  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  /** Takes a piece, and gives what it completes. */
  push({ content }: Pick<Piece, 'content'>): Reading[] {
    if (this.#over) return [];
    const spelling = this.#spelling ?? this.#decide(content);
    if (spelling === undefined) return [];
    const readings = spelling.push(this.#spelling === undefined ? this.#undecided || content : content);
    this.#spelling = spelling;
    const last = readings.at(-1);
    if (last !== undefined && last.kind !== 'frame') {
      this.#over = true;
    } else if (spelling.size > MAX_FRAME_CHARACTERS) {
      this.#over = true;
      readings.push(brokenReading(`a frame has more than ${MAX_FRAME_CHARACTERS} characters`, ''));
    }
    return readings;
  }

  /** What is left where the stream ends. */
  finish(): Reading[] {
    if (this.#over) return [];
    this.#over = true;
    return this.#spelling?.finish() ?? cutReading(this.#undecided);
  }

  #decide(content: string | number): Spelling | undefined {
    if (typeof content === 'number') {
      const tokens = new TokenSpelling(this.#lines);
      if (this.#undecided.trim() !== '') tokens.push(this.#undecided);
      this.#undecided = '';
      return tokens;
    }
    this.#undecided += content;
    if (!this.#patience.allows(this.#undecided.length)) return undefined;
    const start = skipSpace(this.#undecided, 0);
    const begun = this.#undecided.slice(start, start + 2);
    if (begun.length < 2 && '<|'.startsWith(begun) && this.#undecided.length < MAX_FRAME_CHARACTERS) {
      if (begun === '') this.#patience.failedAt(this.#undecided.length);
      return undefined;
    }
    return begun === '<|' ? new TaggedSpelling(this.#lines) : new StrippedSpelling(this.#lines);
  }
}
