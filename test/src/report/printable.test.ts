import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, printable, shorten, sourceText } from '../../../src/report/printable.ts';

const text = fc.string({ unit: 'binary' });

describe('printable text', () => {
  it('writes what does not show as Python would', () => {
    expect(printable('a\n\t\r\0\u001b[2J\u009b')).toBe('a\\n\\t\\r\\x00\\x1b[2J\\x9b');
    expect(printable('\u202e\u2028\ud800\u{e0001}')).toBe('\\u202e\\u2028\\ud800\\U000e0001');
    expect(printable('é 日本 🎉')).toBe('é 日本 🎉');
  });

  it('never holds a control, whatever comes in', () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const shown of [printable(given), shorten(given, 20), sourceText(given)]) {
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
      }),
    );
  });

  it('fits into the columns that it is given', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (given, width) => {
        const shown = shorten(given, width);
        expect(columns(shown)).toBeLessThanOrEqual(width);
        if (columns(printable(given)) <= width) expect(shown).toBe(printable(given));
      }),
    );
  });

  it('does not walk a text of 16 MB to show its beginning', () => {
    const began = performance.now();
    expect(shorten('é'.repeat(16_000_000), 10)).toBe(`${'é'.repeat(9)}…`);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('knows wide and combining characters', () => {
    expect(columns('日本')).toBe(4);
    expect(columns('e\u0301')).toBe(1);
  });
});
