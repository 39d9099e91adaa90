import { skipSpace } from '../formats/cwm/json-scan.ts';
import { parseStripped } from '../formats/cwm/stripped.ts';
import { END_MARKS, tagOf } from '../formats/cwm/tokens.ts';
import { brokenReading, cutReading, frameReading, Patience, type Reading, type Spelling } from './reading.ts';

const ENDS: readonly string[] = [...END_MARKS, tagOf('end_of_text')];

/** No special tokens at all: a frame is known to be whole only when the next one has been read. */
export class StrippedSpelling implements Spelling {
  readonly #lines: readonly string[];
  readonly #patience = new Patience();
  #held = '';

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  get size(): number {
    return this.#held.length;
  }

  push(content: string | number): Reading[] {
    this.#held += String(content);
    if (!this.#patience.allows(this.size)) return [];
    const readings = this.#take(1);
    if (readings.length > 0) this.#patience.reset();
    else this.#patience.failedAt(this.size);
    return readings;
  }

  finish(): Reading[] {
    const readings = this.#take(0);
    const last = readings.at(-1);
    return last !== undefined && last.kind !== 'frame' ? readings : [...readings, ...cutReading(this.#held)];
  }

  /** @param keep frames at the end that are not given yet */
  #take(keep: number): Reading[] {
    const { frames, fault } = parseStripped(this.#held, { lines: this.#lines });
    const rest = skipSpace(this.#held, frames.at(-1)?.span?.end ?? 0);
    const ended = ENDS.some((mark) => this.#held.startsWith(mark, rest));
    const whole = ended ? frames : frames.slice(0, frames.length - keep);
    const readings = whole.map((frame) => frameReading(frame, this.#held.slice(frame.span?.start, frame.span?.end)));
    if (ended) readings.push({ kind: 'ended' });
    const broken = keep === 0 && fault !== undefined && this.#held.trim() !== '';
    if (broken && !ended) readings.push(brokenReading(fault.message, this.#held));
    this.#held = this.#held.slice(whole.at(-1)?.span?.end ?? 0);
    return readings;
  }
}
