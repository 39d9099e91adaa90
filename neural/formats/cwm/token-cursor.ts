import type { Scanned, Scanner } from './json-scan.ts';
import type { ProgramLines } from './program-lines.ts';
import type { TokenName } from './tokens.ts';

/** A claim as a stream of special tokens and ordinary text between them, read from left to right. */
export interface TokenCursor {
  /** Offset into the ordinary text that spans are given in. */
  readonly position: number;
  /** Why the stream stops before its end; undefined where it is read to its end. */
  readonly breakage?: string;
  /** Whether nothing is left. */
  atEnd(): boolean;
  /** The special token at the cursor. */
  peek(): TokenName | undefined;
  /** Goes past the special token at the cursor. */
  take(): void;
  /** Goes past white space. */
  skipSpace(): void;
  /** Whether ordinary text at the cursor starts so. */
  startsWith(text: string): boolean;
  /** Reads ordinary text, and goes past it where it is right. */
  scan<T>(scanner: Scanner<T>): Scanned<T>;
  /** Takes a source line, up to the special token that ends it: one of `closing` where the source contains tags. */
  takeSource(lines: ProgramLines, closing: readonly TokenName[]): string;
  /** What stands at the cursor, for a message. */
  describe(): string;
}
