import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldErrors, jsonPointer, misfit } from '../../core/field-errors.ts';
import { VerifyRequest } from '../../core/verdict.ts';

function errorsOf(schema: z.ZodType, value: unknown) {
  const checked = schema.safeParse(value);
  return checked.success ? [] : fieldErrors(checked.error);
}

function pathsOf(value: unknown) {
  return errorsOf(VerifyRequest, value).map(({ path }) => path);
}

describe('field errors', () => {
  it('names each fault, and an unknown field itself', () => {
    expect(
      pathsOf({ program: { source: 3, foo: 1, python: '2.7' }, claim: { kind: 'output', returns: '1' }, bar: 1 }),
    ).toEqual(expect.arrayContaining(['/program/source', '/program/foo', '/program/python', '/bar']));
  });

  it('reports the alternative of a union that fits best', () => {
    const claim = { kind: 'output', returns: '1' };
    expect(pathsOf({ program: { source: '', entry: { call: 3 } }, claim })).toEqual(['/program/entry/call']);
    expect(pathsOf({ program: { source: '', entry: { script: 1 } }, claim })).toEqual(['/program/entry/script']);
    expect(pathsOf({ claim: { kind: 'nope' } })).toEqual(['/claim/kind']);
    expect(pathsOf({ claim: { kind: 'trace', format: 'cwm' } })).toEqual(['/claim/text']);
    expect(pathsOf({ claim: { kind: 'sparse', states: [{ line: 0, locals: {} }] } })).toEqual(['/claim/states/0/line']);
  });

  it('says that a field is missing', () => {
    expect(errorsOf(VerifyRequest, {})).toEqual([{ path: '/claim', message: expect.stringMatching(/^missing/) }]);
  });

  it('escapes pointers by RFC 6901', () => {
    expect(jsonPointer(['a/b', 'm~n', 0, ''])).toBe('/a~1b/m~0n/0/');
    expect(errorsOf(z.strictObject({}), { 'a/b': 1 })).toEqual([{ path: '/a~1b', message: 'unknown field' }]);
  });

  it('stops after 100', () => {
    expect(
      errorsOf(
        z.array(z.string()),
        Array.from({ length: 1000 }, () => 1),
      ),
    ).toHaveLength(100);
  });

  it('makes a fault that names the first and counts the others', () => {
    const checked = z.strictObject({ a: z.string(), b: z.string() }).safeParse({ a: 1, b: 1 });
    if (checked.success) throw new Error('it fits');
    expect(misfit(checked.error)).toMatchObject({ code: 'invalid-request', errors: [{ path: '/a' }, { path: '/b' }] });
    expect(misfit(checked.error).message).toMatch(/\/a: .*and 1 more/);
  });
});
