import { skipPromptTokens } from '../formats/cwm/frame-grammar.ts';
import { indexProgramLines, type ProgramLines } from '../formats/cwm/program-lines.ts';
import { openText } from '../formats/cwm/tagged.ts';
import { tagOf } from '../formats/cwm/tokens.ts';
import { cutReading, Patience, type Reading, readAtCursor, type Spelling } from './reading.ts';

const SEPARATORS = [tagOf('frame_sep'), tagOf('end_of_text')] as const;
const LONGEST_SEPARATOR = Math.max(...SEPARATORS.map((tag) => tag.length));

/** Special tokens as tags. Tags within a value, or within a line of the program, are text. */
export class TaggedSpelling implements Spelling {
  readonly #lines: ProgramLines;
  /** A separator may stand within a line of the program: only what follows tells whether it ends a frame. */
  readonly #ambiguous: boolean;
  readonly #patience = new Patience();
  #held = '';
  /** The end of what is held, where a separator may have begun. */
  #tail = '';
  /** Whether a separator may stand in what is held: it is searched only then, since that takes it apart. */
  #separated = false;
  /** Up to here, every separator was found not to end a frame. */
  #searched = 0;
  #first = true;

  constructor(lines: readonly string[]) {
    this.#lines = indexProgramLines(lines);
    this.#ambiguous = lines.some((line) => SEPARATORS.some((tag) => line.includes(tag)));
  }

  get size(): number {
    return this.#held.length;
  }

  push(content: string | number): Reading[] {
    this.#hold(String(content));
    const readings: Reading[] = [];
    while (this.#separated && this.#patience.allows(this.size)) {
      const end = this.#separatorEnd();
      this.#separated = end > 0;
      if (end === 0) break;
      const reading = this.#ambiguous ? this.#read(this.size, true) : this.#read(end, false);
      if (reading === undefined) {
        this.#searched = this.#ambiguous ? 0 : end;
        this.#patience.failedAt(this.size);
        break;
      }
      readings.push(reading);
      if (reading.kind !== 'frame') break;
    }
    return readings;
  }

  #hold(text: string): void {
    this.#held += text;
    const recent = this.#tail + text;
    this.#separated ||= SEPARATORS.some((tag) => recent.includes(tag));
    this.#tail = recent.slice(1 - LONGEST_SEPARATOR);
  }

  finish(): Reading[] {
    const readings: Reading[] = [];
    for (;;) {
      const reading = this.#read(this.size, false);
      if (reading === undefined) return [...readings, ...cutReading(this.#held)];
      readings.push(reading);
      if (reading.kind !== 'frame') return readings;
    }
  }

  /**
   * Reads what stands at the start of what is held, and lets go of it.
   *
   * @param more only a frame counts that nothing behind it can change any more
   */
  #read(end: number, more: boolean): Reading | undefined {
    const text = this.#held.slice(0, end);
    const cursor = openText(text, 0);
    if (this.#first) skipPromptTokens(cursor);
    const reading = readAtCursor(cursor, this.#lines, () => text.slice(0, cursor.position));
    if (reading === undefined || (more && !isPlain(text, cursor.position))) return undefined;
    this.#first = false;
    this.#held = this.#held.slice(cursor.position);
    this.#searched = 0;
    this.#separated = true;
    this.#patience.reset();
    return reading;
  }

  /** Offset behind the next separator that was not looked at, or 0. */
  #separatorEnd(): number {
    const ends = SEPARATORS.flatMap((tag) => {
      const at = this.#held.indexOf(tag, this.#searched);
      return at < 0 ? [] : [at + tag.length];
    });
    return ends.length === 0 ? 0 : Math.min(...ends);
  }
}

/** A frame with its separator, and behind it a newline: then the line that the separator could be part of is known. */
function isPlain(text: string, end: number): boolean {
  return text.slice(0, end).trimEnd().endsWith(SEPARATORS[0]) && text.includes('\n', end);
}
