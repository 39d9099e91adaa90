import { describe, expect, it } from 'vitest';
import { MAX_REPR_DEPTH, MAX_REPR_VALUES, parseRepr } from '../../../core/compare/repr.ts';
import { sameRepr } from '../../../core/compare/value.ts';

const int = (text: string) => ({ kind: 'scalar', type: 'int', text });

describe('parseRepr', () => {
  it('keeps the order of a dict and the names of arguments', () => {
    expect(parseRepr('{2: 1, 1: 2}')).toEqual({
      kind: 'dict',
      keys: [int('2'), int('1')],
      values: [int('1'), int('2')],
    });
    expect(parseRepr('deque([1], maxlen=3)')).toEqual({
      kind: 'construction',
      callee: 'deque',
      args: [
        { name: null, value: { kind: 'sequence', type: 'list', items: [int('1')] } },
        { name: 'maxlen', value: int('3') },
      ],
    });
  });

  it('keeps all digits of an integer', () => {
    const digits = '9'.repeat(5_000);
    expect(parseRepr(`-${digits}`)).toEqual(int(`-${digits}`));
  });

  it('reads quotes inside angle brackets as text', () => {
    expect(parseRepr("[<re.Match object; span=(0, 1), match='>'>]")).toMatchObject({
      items: [{ kind: 'opaque', text: "<re.Match object; span=(0, 1), match='>'>" }],
    });
  });

  it.each([
    '[1 2]',
    '[1,,2]',
    '[,]',
    '(,)',
    '{1: }',
    '{1: 2, 3}',
    '{1, 2: 3}',
    '{:}',
    'f(1',
    'f(,)',
    'f(x=)',
    '1 2',
    '1_0x',
    "'a' 'b'",
    "'a",
    "'\\x4'",
    "'\\U00110000'",
    "b'é'",
    '<a',
    "<it's>",
    '- 1',
    '',
  ])('does not read %j', (text) => {
    expect(parseRepr(text)).toBeUndefined();
  });

  it('reads nesting up to its cap', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseRepr(nested(MAX_REPR_DEPTH))).toBeDefined();
    expect(parseRepr(nested(MAX_REPR_DEPTH + 1))).toBeUndefined();
    expect(sameRepr(nested(100_000), nested(100_000))).toBe(true);
    expect(sameRepr(nested(100_000), nested(100_001))).toBe(false);
  });

  it('reads as many values as its cap allows', () => {
    expect(parseRepr(`[${'0,'.repeat(MAX_REPR_VALUES - 1)}]`)).toBeDefined();
    expect(parseRepr(`[${'0,'.repeat(MAX_REPR_VALUES)}]`)).toBeUndefined();
  });

  const SIZE = 4 * 1024 * 1024;
  it.each([
    ['digits', '1'.repeat(SIZE), true],
    ['digits and a letter', `${'1'.repeat(SIZE)}a`, false],
    ['spaces', ' '.repeat(SIZE), false],
    ['a long name', 'a'.repeat(SIZE), false],
    ['a long dotted name', 'a.'.repeat(SIZE / 2), false],
    ['letters of two code units', '𝒜'.repeat(SIZE / 2), false],
    ['open angles', '<'.repeat(SIZE), false],
    ['open calls', 'f('.repeat(SIZE / 2), false],
    ['backslashes', `'${'\\'.repeat(SIZE)}'`, true],
    ['escapes', `'${'\\x00'.repeat(SIZE / 4)}'`, true],
    ['lone surrogates', `'${'\ud800'.repeat(SIZE)}'`, true],
    ['half a module', "<module 'x' from '".repeat(SIZE / 18), false],
    ['addresses', ' at 0x0'.repeat(SIZE / 7), false],
  ])('comes to an end with %s', (_, text, readable) => {
    expect(parseRepr(text) !== undefined).toBe(readable);
    expect(sameRepr(text, '1')).toBe(false);
  });

  it('compares large sets by their elements', () => {
    const elements = Array.from({ length: 100_000 }, (_, index) => `'k${index}'`);
    const set = `{${elements.join(', ')}}`;
    expect(sameRepr(set, `{${elements.toReversed().join(', ')}}`)).toBe(true);
    expect(sameRepr(set, `{${elements.with(5, "'other'").join(', ')}}`)).toBe(false);
  });
});
