/** Places are capped at this; the model's tables have one row more. */
export const LAST_PLACE = 31;

/** Numbers of more digits are beyond the last place. */
const PLAIN_DIGITS = 3;

const QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LINE_END = 0x0a;
const OPENING: ReadonlySet<number> = new Set([0x28, 0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x29, 0x5d, 0x7d]);

/** A string literal or a bracket, and how many characters or elements it holds in the end. */
interface Container {
  size: number;
}

/** A byte's container, and its place in it from 0. */
interface Seat {
  readonly container: Container;
  readonly index: number;
}

/** Elements of the outermost bracket so far, of the innermost one below it, and characters of the string, number or name. */
export type Places = readonly [outer: number, inner: number, offset: number];

function cap(place: number): number {
  return Math.min(place, LAST_PLACE);
}

function isWordByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f
  );
}

/**
 * Tells each byte of a text its places, so that the model finds the third element or character by looking for a 3, not
 * by counting. All count from 1, with 0 for none; a line starts anew.
 */
export class PlaceScanner {
  readonly #brackets: Container[] = [];
  readonly #seats: (Seat | undefined)[] = [];
  #string: Container | undefined;
  #quote = 0;
  #escaped = false;
  #word = 0;
  /** For each byte its number's place: the number and one, or 0 outside of numbers. */
  readonly #numbers: number[] = [];
  /** Digits of the word under way, lowest first; undefined where it holds anything else. */
  #digits: string | undefined = '';

  /** Takes the next byte. */
  next(byte: number): Places {
    if (byte === LINE_END) this.#endLine();
    if (this.#string !== undefined) return this.#inString(this.#string, byte);
    if (CLOSING.has(byte)) this.#brackets.pop();
    const places = this.#outside(byte);
    if (byte === QUOTE || byte === DOUBLE_QUOTE) {
      this.#string = { size: 0 };
      this.#quote = byte;
    } else if (OPENING.has(byte)) this.#brackets.push({ size: 1 });
    else if (byte === COMMA) {
      const bracket = this.#brackets.at(-1);
      if (bracket !== undefined) bracket.size += 1;
    }
    return places;
  }

  #endLine(): void {
    this.#brackets.length = 0;
    this.#string = undefined;
    this.#escaped = false;
    this.#word = 0;
  }

  #outside(byte: number): Places {
    this.#word = isWordByte(byte) ? this.#word + 1 : 0;
    this.#readNumber(byte);
    const bracket = this.#brackets.at(-1);
    this.#seats.push(bracket && { container: bracket, index: bracket.size - 1 });
    return this.#placed(this.#word);
  }

  #readNumber(byte: number): void {
    this.#numbers.push(0);
    if (this.#word === 0) {
      this.#digits = '';
      return;
    }
    if (this.#digits === undefined) return;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    this.#digits = isDigit ? (String.fromCharCode(byte) + this.#digits).slice(0, PLAIN_DIGITS) : undefined;
    const place = this.#word > PLAIN_DIGITS ? LAST_PLACE : cap(Number(this.#digits) + 1);
    // A longer number has the last place from here on, so that only a short one is gone back over.
    const changed = isDigit && this.#word > PLAIN_DIGITS + 1 ? 1 : this.#word;
    this.#numbers.fill(isDigit ? place : 0, this.#numbers.length - changed);
  }

  #inString(string: Container, byte: number): Places {
    if (byte === this.#quote && !this.#escaped) {
      this.#string = undefined;
      return this.#outside(byte);
    }
    this.#escaped = byte === BACKSLASH && !this.#escaped;
    // The later bytes of a character of several have the place of its first.
    if ((byte & 0xc0) !== 0x80) string.size += 1;
    this.#seats.push({ container: string, index: string.size - 1 });
    this.#numbers.push(0);
    this.#digits = '';
    return this.#placed(string.size);
  }

  #placed(offset: number): Places {
    const outer = this.#brackets[0]?.size ?? 0;
    const inner = this.#brackets.length > 1 ? (this.#brackets.at(-1)?.size ?? 0) : 0;
    return [cap(outer), cap(inner), cap(offset)];
  }

  /** Each byte's number as a place, counted from 0, so that the index 2 has the place of the third element. */
  numbers(): readonly number[] {
    return this.#numbers;
  }

  /** Each byte's place from the end of its string or innermost bracket, once the text is whole. */
  fromEnd(): number[] {
    return this.#seats.map((seat) => (seat === undefined ? 0 : cap(seat.container.size - seat.index)));
  }
}
