import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from '../../../src/mcp/cut.ts';

describe('short answers', () => {
  it('are what they were where that is short', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 3 })), (value) => {
        fc.pre(JSON.stringify(value).length < 4000);
        expect(shorten(value)).toEqual({ value, cut: [] });
      }),
    );
  });

  it('say what they leave out, and where', () => {
    const { value, cut } = shorten({
      text: 'x'.repeat(5000),
      items: Array.from({ length: 250 }, (_, index) => index),
      names: Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`v${index}`, 1])),
      digest: `sha256:${'a'.repeat(64)}`,
    });
    expect(value.text).toBe(`${'x'.repeat(4000)}…`);
    expect([value.items.length, Object.keys(value.names).length]).toEqual([100, 100]);
    expect(value.digest).toHaveLength(71);
    expect(cut).toEqual(['/text: 4000 of 5000 characters', '/items: 100 of 250 items', '/names: 100 of 150 names']);
  });

  it('stay short whatever they are made of, and keep what must be whole', () => {
    const frames = Array.from({ length: 100 }, () => ({ locals: { a: 'x'.repeat(3000), b: 'y'.repeat(3000) } }));
    const receipt = 'r'.repeat(100_000);
    const { value, cut } = shorten({ frames, receipt, last: 'z'.repeat(71) }, ['receipt']);
    expect(value.receipt).toBe(receipt);
    expect(value.last).toHaveLength(71);
    expect(JSON.stringify(value.frames).length).toBeLessThan(60_000);
    expect(cut.length).toBeLessThanOrEqual(20);
  });

  it('come to an end with what is deep, and split no character', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 5000; i++) deep = [deep];
    expect(JSON.stringify(shorten({ deep }).value)).toContain('…');
    const { value } = shorten({ text: `${'x'.repeat(3999)}😀😀` });
    expect(value.text).toBe(`${'x'.repeat(3999)}…`);
  });

  it('keep a name that is __proto__', () => {
    const value = JSON.parse('{"locals":{"__proto__":"1"}}');
    expect(JSON.stringify(shorten(value).value)).toBe('{"locals":{"__proto__":"1"}}');
  });
});
