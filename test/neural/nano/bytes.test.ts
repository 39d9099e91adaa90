import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAnswer, encodeAnswer, encodePrompt, FEATURES, flipNumbers } from '../../../neural/nano/bytes.ts';
import { LAST_PLACE } from '../../../neural/nano/places.ts';

const TEXT = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('12', '-3', "'a1'", '"2\\"', '[', ']', ', ', 'x1', '10.25', '\n', ' ', '\\', "'"), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
);

/** Rows of an encoded text, by character. */
function rows(encoded: Uint8Array): [string, ...number[]][] {
  return Array.from({ length: encoded.length / FEATURES }, (_, index) => {
    const [byte = 0, ...places] = encoded.subarray(index * FEATURES, (index + 1) * FEATURES);
    return [String.fromCharCode(byte), ...places];
  });
}

describe('flipNumbers', () => {
  it('turns digits of numbers, and leaves those of names and strings', () => {
    expect(flipNumbers("x12 = [120, -45, 'a12', 3.25] + y[10]")).toBe("x12 = [021, -54, 'a12', 3.52] + y[01]");
  });

  it('applied twice gives the same text', () => {
    fc.assert(fc.property(TEXT, (text) => flipNumbers(flipNumbers(text)) === text));
  });
});

describe('encodePrompt', () => {
  it('counts elements and characters from both ends', () => {
    expect(rows(encodePrompt("[7, 'ab']"))).toEqual([
      ['[', 0, 0, 0, 0, 0],
      ['7', 1, 0, 1, 2, 8],
      [',', 1, 0, 0, 2, 0],
      [' ', 2, 0, 0, 1, 0],
      ["'", 2, 0, 0, 1, 0],
      ['a', 2, 0, 1, 2, 0],
      ['b', 2, 0, 2, 1, 0],
      ["'", 2, 0, 0, 1, 0],
      [']', 0, 0, 0, 0, 0],
    ]);
  });

  it('tells numbers outside of strings as places, lowest digit first', () => {
    const numbers = rows(encodePrompt("x1 = 20 - 7 + 4096 + 1e5 + '30'")).map(([char, ...places]) => [
      char,
      places.at(-1),
    ]);
    expect(numbers.filter(([, place]) => place !== 0)).toEqual([
      ['0', 21],
      ['2', 21],
      ['7', 8],
      ['6', 31],
      ['9', 31],
      ['0', 31],
      ['4', 31],
    ]);
  });

  it('takes time in proportion to its text', () => {
    expect(encodePrompt('9'.repeat(1_000_000)).at(-1)).toBe(LAST_PLACE);
  });

  it('starts anew on each line, and keeps places within the tables', () => {
    const [last] = rows(encodePrompt("x = ['\na")).slice(-1);
    expect(last).toEqual(['a', 0, 0, 1, 0, 0]);
    fc.assert(
      fc.property(TEXT, (text) => {
        for (const [, ...places] of rows(encodePrompt(text.repeat(20)))) {
          for (const place of places) expect(place).toBeLessThanOrEqual(LAST_PLACE);
        }
      }),
    );
  });
});

describe('encodeAnswer', () => {
  it('tells a byte the same whatever comes behind it', () => {
    fc.assert(
      fc.property(TEXT, TEXT, (text, behind) => {
        fc.pre(!/\d$/.test(text));
        const whole = encodeAnswer(`${text} ${behind}`);
        const part = encodeAnswer(`${text} `);
        // What is a string is known only from its end on; a flip within it cannot be told before.
        fc.pre(flipNumbers(`${text} ${behind}`).startsWith(flipNumbers(`${text} `)));
        expect(whole.subarray(0, part.length)).toEqual(part);
      }),
    );
  });

  it('is read back', () => {
    const text = "nx=[120, 'é1'];";
    const bytes = encodeAnswer(text).filter((_, index) => index % FEATURES === 0);
    expect(decodeAnswer(bytes)).toBe(text);
  });
});
