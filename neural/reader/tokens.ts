import { skipPromptTokens } from '../formats/cwm/frame-grammar.ts';
import { openTokens } from '../formats/cwm/ids.ts';
import { indexProgramLines, type ProgramLines } from '../formats/cwm/program-lines.ts';
import { TOKEN_IDS, tagOf, tokenOfId } from '../formats/cwm/tokens.ts';
import { cutReading, type Reading, readAtCursor, type Spelling } from './reading.ts';

/** Special tokens as ids: a frame ends with its token, whatever its text holds. */
export class TokenSpelling implements Spelling {
  readonly #lines: ProgramLines;
  #held: (number | string)[] = [];
  #first = true;
  size = 0;

  constructor(lines: readonly string[]) {
    this.#lines = indexProgramLines(lines);
  }

  push(content: string | number): Reading[] {
    this.#held.push(content);
    this.size += typeof content === 'string' ? content.length : 1;
    const ordinary = typeof content === 'string' || (tokenOfId(content) !== undefined && !endsFrame(content));
    return ordinary ? [] : this.#read();
  }

  finish(): Reading[] {
    const readings = this.#read();
    return readings.length > 0 && readings.at(-1)?.kind !== 'frame'
      ? readings
      : [...readings, ...cutReading(this.#text())];
  }

  #read(): Reading[] {
    const cursor = openTokens(this.#held);
    if (this.#first) skipPromptTokens(cursor);
    const readings: Reading[] = [];
    for (;;) {
      const reading = readAtCursor(cursor, this.#lines, () => this.#text());
      if (reading !== undefined) {
        readings.push(reading);
        this.#first = false;
      }
      if (reading?.kind === 'frame') continue;
      // Only a whole frame, or nothing, leaves the cursor at the end of what is held.
      if (reading !== undefined || cursor.atEnd()) this.#clear();
      return readings;
    }
  }

  #clear(): void {
    this.#held = [];
    this.size = 0;
  }

  #text(): string {
    const tokens = this.#held.at(-1) === TOKEN_IDS.end_of_text ? this.#held.slice(0, -1) : this.#held;
    return tokens.map((token) => (typeof token === 'string' ? token : tagOfId(token))).join('');
  }
}

function endsFrame(id: number): boolean {
  return id === TOKEN_IDS.frame_sep || id === TOKEN_IDS.end_of_text;
}

function tagOfId(id: number): string {
  const name = tokenOfId(id);
  return name === undefined ? `<${id}>` : tagOf(name);
}
