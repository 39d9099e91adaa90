import { stringEnd, stringFence } from './logical-lines.ts';
import { PlaceScanner } from './places.ts';

/** Ends a line of a prompt, and an answer. */
export const END_BYTE = 10;

/** Numbers that stand for one byte: the byte, and its five places ({@link PlaceScanner}). */
export const FEATURES = 6;

const WORD = /\w+/y;
const NUMBER = /^\d+$/;

/**
 * Digits of numbers the other way round, lowest first, which is how sums are carried; those in names and strings stay.
 * Applied twice it gives the same text again.
 */
export function flipNumbers(text: string): string {
  return text.split('\n').map(flipLine).join('\n');
}

function flipLine(line: string): string {
  let flipped = '';
  for (let at = 0; at < line.length; ) {
    const fence = stringFence(line, at);
    if (fence !== undefined) {
      const end = stringEnd(line, at, fence.charAt(0));
      flipped += line.slice(at, end);
      at = end;
      continue;
    }
    WORD.lastIndex = at;
    const word = WORD.exec(line)?.[0] ?? line.charAt(at);
    flipped += NUMBER.test(word) ? [...word].reverse().join('') : word;
    at += word.length;
  }
  return flipped;
}

/** A prompt as the model reads it: {@link FEATURES} numbers a byte. */
export function encodePrompt(text: string): Uint8Array {
  return encode(text, true);
}

/** An answer as the model reads it while it writes it; places that depend on what comes are not known. */
export function encodeAnswer(text: string): Uint8Array {
  return encode(text, false);
}

function encode(text: string, whole: boolean): Uint8Array {
  const bytes = new TextEncoder().encode(flipNumbers(text));
  const encoded = new Uint8Array(bytes.length * FEATURES);
  const scanner = new PlaceScanner();
  for (const [index, byte] of bytes.entries()) encoded.set([byte, ...scanner.next(byte), 0, 0], index * FEATURES);
  if (whole) {
    const numbers = scanner.numbers();
    for (const [index, place] of scanner.fromEnd().entries()) {
      encoded.set([place, numbers[index] ?? 0], index * FEATURES + FEATURES - 2);
    }
  }
  return encoded;
}

/** The answer behind the bytes that the model wrote. */
export function decodeAnswer(bytes: Uint8Array): string {
  return flipNumbers(new TextDecoder().decode(bytes));
}
