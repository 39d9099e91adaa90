import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../../../src/receipts/strict-json.ts';

describe('strict JSON', () => {
  it('reads what has each name once as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'medium' }), (text) => {
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
        expect(parseStrictJson(JSON.stringify(JSON.parse(text), null, 2))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses a name that stands twice in one object, however it is written', () => {
    for (const text of [
      '{"a":1,"a":1}',
      '{"a":1,"\\u0061":1}',
      '[0,{"x":{"b":[{}],"c":"}","b":2}}]',
      '{"a":{"a":1},"b":[],"a":{}}',
      '{"":1,"":2}',
      '{"a\\"":1,"a\\"":2}',
      '{"__proto__":1,"__proto__":2}',
    ]) {
      expect(() => parseStrictJson(text), text).toThrow(SyntaxError);
    }
  });

  it('takes one name in several objects, and texts that look like names', () => {
    for (const text of ['[{"a":1},{"a":1}]', '{"a":{"a":{"a":1}}}', '["a","a"]', '{"a":"a","b":["a","a"]}']) {
      expect(parseStrictJson(text)).toEqual(JSON.parse(text));
    }
  });

  it('comes to an end with what is deep', () => {
    const depth = 100_000;
    expect(() => parseStrictJson(`${'['.repeat(depth)}${']'.repeat(depth)}`)).not.toThrow();
  });
});
