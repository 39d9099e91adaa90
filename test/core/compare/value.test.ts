import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalRepr, sameRepr, typeOfRepr } from '../../../core/compare/value.ts';

const SAME: readonly (readonly [string, string])[] = [
  ['[1,2]', '[1, 2]'],
  ['[1, 2,]', '[1, 2]'],
  [' 1 ', '1'],
  ['(1)', '1'],
  ['+1', '1'],
  ['-0', '0'],
  ['nan', 'nan'],
  ['[nan, -inf]', '[nan,-inf]'],
  ['1e20', '1e+20'],
  ['100000000000000000000.0', '1e+20'],
  ['.5', '0.5'],
  ['1.', '1.0'],
  ['1+2j', '(1+2j)'],
  ['(nan+infj)', '(nan+infj)'],
  ['"a"', "'a'"],
  ["'\\x41\\u0042\\103'", "'ABC'"],
  ["'\\U0001f600'", "'😀'"],
  ["'\\d'", "'\\\\d'"],
  ["'\\x5c'", "'\\\\'"],
  ["'\\ud83d'", "'\\uD83D'"],
  ['b"a"', "b'\\x61'"],
  ["b'\\u0041'", "b'\\\\u0041'"],
  ['{1, 2}', '{2, 1}'],
  ["frozenset({'b', 'a'})", "frozenset({'a', 'b'})"],
  ['[{(1, 2), (3, 4)}]', '[{(3, 4), (1, 2)}]'],
  ["{'k': {1, 2}}", "{'k': {2, 1}}"],
  ['Counter({frozenset({1, 2}): 3})', 'Counter({frozenset({2, 1}): 3})'],
  ["defaultdict(<class 'set'>, {'a': {1, 2}})", "defaultdict(<class 'set'>, {'a': {2, 1}})"],
  ['P(x={1, 2}, y=3)', 'P(x={2, 1}, y=3)'],
  ['f.<locals>.P(x={1, 2})', 'f.<locals>.P(x={2, 1})'],
  ['<__main__.C object at 0x7f00>', '<__main__.C object>'],
  ['[<function f.<locals>.g at 0x10>]', '[<function f.<locals>.g at 0x20>]'],
  ["'<C object at 0x10>'", "'<C object at 0x20>'"],
  ['node at 0x10', 'node at 0x20'],
  ['<str_ascii_iterator object at 0x10>', '<str_iterator object>'],
  ["<module 'math' from '/lib/math.so'>", "<module 'math' (built-in)>"],
  [
    "(<class 'KeyError'>, KeyError('x'), <traceback object at 0x10>)",
    "(<class 'KeyError'>, KeyError('x'), <traceback object>)",
  ],
  ["re.compile('a', re.IGNORECASE|re.DOTALL)", "re.compile('a',re.IGNORECASE|re.DOTALL)"],
];

const DIFFERENT: readonly (readonly [string, string])[] = [
  ['1', 'True'],
  ['1', '1.0'],
  ['0', 'False'],
  ['0.0', '-0.0'],
  ['1e20', '100000000000000000000'],
  ['9007199254740993', '9007199254740992'],
  ['2j', '(-0+2j)'],
  ['2j', '2.0'],
  ["'1'", '1'],
  ["b'a'", "'a'"],
  ["'\\ud83d\\ude00'", "'😀'"],
  ["'a\n'", "'a\\n'"],
  ['(1,)', '1'],
  ['(1,)', '[1]'],
  ['()', '[]'],
  ['{}', 'set()'],
  ['{1}', 'frozenset({1})'],
  ['{1, 2}', '{1, 2, 3}'],
  ['{1, 1}', '{1}'],
  ['{1}', '{True}'],
  ['{1: 2, 3: 4}', '{3: 4, 1: 2}'],
  ['{1: 2}', '{1, 2}'],
  ['[1, 2]', '[2, 1]'],
  ['[12]', '[1, 2]'],
  ["['a, b']", "['a', 'b']"],
  ['[...]', '[Ellipsis]'],
  ['range(0, 3)', 'range(0, 3, 2)'],
  ['deque([1], maxlen=2)', 'deque([1])'],
  ['P(x=1)', 'P(y=1)'],
  ['P(1)', 'P(x=1)'],
  ["'meet at 0x10'", "'meet at 0x20'"],
  ['007', '7'],
  ['[1', '[1]'],
  ['[1]]', '[1]'],
  ['', '0'],
  ['None', "'None'"],
];

describe('sameRepr', () => {
  it.each(SAME)('%s is %s', (one, other) => {
    expect(sameRepr(one, other)).toBe(true);
    expect(sameRepr(other, one)).toBe(true);
    expect(canonicalRepr(one)).toBe(canonicalRepr(other));
  });

  it.each(DIFFERENT)('%s is not %s', (one, other) => {
    expect(sameRepr(one, other)).toBe(false);
    expect(sameRepr(other, one)).toBe(false);
  });

  it('compares text that is no repr as text', () => {
    expect(sameRepr('Node 5 -> {1, 2}', 'Node 5 -> {1, 2}')).toBe(true);
    expect(sameRepr('Node 5 -> {1, 2}', 'Node 5 -> {2, 1}')).toBe(false);
    expect(sameRepr("'\\N{BULLET}'", "'•'")).toBe(false);
  });

  const texts = fc.oneof(
    fc.constantFrom(...[...SAME, ...DIFFERENT].flat()),
    fc.string({ unit: fc.constantFrom(...'[](){}<>\'",:=\\x1.e+-j bTN\ud83d') }),
  );

  it('is an equivalence relation, the one of canonicalRepr', () =>
    fc.assert(
      fc.property(texts, texts, texts, (a, b, c) => {
        expect(sameRepr(a, a)).toBe(true);
        expect(sameRepr(a, b)).toBe(sameRepr(b, a));
        expect(sameRepr(a, b)).toBe(canonicalRepr(a) === canonicalRepr(b));
        if (sameRepr(a, b) && sameRepr(b, c)) expect(sameRepr(a, c)).toBe(true);
      }),
      { numRuns: 2000 },
    ));
});

describe('typeOfRepr', () => {
  it.each([
    ['1', 'int'],
    ['-1.5', 'float'],
    ['inf', 'float'],
    ['(1+2j)', 'complex'],
    ["'a'", 'str'],
    ["b'a'", 'bytes'],
    ['True', 'bool'],
    ['None', 'NoneType'],
    ['Ellipsis', 'ellipsis'],
    ['[]', 'list'],
    ['()', 'tuple'],
    ['{}', 'dict'],
    ['{1}', 'set'],
    ['frozenset()', 'frozenset'],
    ['range(0, 3)', 'range'],
    ['datetime.date(2020, 1, 1)', 'datetime.date'],
  ])('of %s is %s', (repr, type) => {
    expect(typeOfRepr(repr)).toBe(type);
  });

  it.each(['<__main__.C object>', 'no repr at all', ''])('of %j is not known', (repr) => {
    expect(typeOfRepr(repr)).toBeNull();
  });
});
