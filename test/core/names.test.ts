import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SparseClaim } from '../../core/claim.ts';
import { byName } from '../../core/names.ts';
import { World } from '../../core/program.ts';

describe('objects by name', () => {
  it('keeps names that JavaScript objects have of themselves', () => {
    const value: unknown = JSON.parse('{"__proto__": "1", "constructor": "2", "toString": "3", "": "4"}');
    expect(Object.entries(byName().parse(value))).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
      ['toString', '3'],
      ['', '4'],
    ]);
  });

  it('keeps them in a claim, and does not take them for the object’s own', () => {
    const claim = SparseClaim.parse(
      JSON.parse('{"kind": "sparse", "states": [{"line": 1, "locals": {"__proto__": "1"}}]}'),
    );
    const locals = claim.states[0]?.locals ?? {};
    expect(Object.entries(locals)).toEqual([['__proto__', '1']]);
    expect(Object.getPrototypeOf(locals)).toBe(Object.prototype);
  });

  it('names the entry that does not fit', () => {
    const paths = (value: unknown) =>
      byName()
        .safeParse(value)
        .error?.issues.map(({ path }) => path);
    expect(paths({ a: '1', b: 2, c: null })).toEqual([['b'], ['c']]);
    expect(paths([])).toEqual([[]]);
    expect(paths(null)).toEqual([[]]);
    expect(paths('a')).toEqual([[]]);
  });

  it('checks the names', () => {
    expect(World.safeParse({ files: { '../etc/passwd': '' } }).error?.issues[0]?.path).toEqual([
      'files',
      '../etc/passwd',
    ]);
    expect(World.safeParse({ files: { 'data.txt': '' } }).success).toBe(true);
  });

  it('is an object of strings in JSON Schema', () => {
    expect(z.toJSONSchema(byName())).toMatchObject({ type: 'object', additionalProperties: { type: 'string' } });
  });
});
