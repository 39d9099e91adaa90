import { describe, expect, it } from 'vitest';
import { compareTraces } from '../../../core/compare/trace.ts';
import type { Frame } from '../../../core/frame.ts';
import type { PlatformUse } from '../../../core/trace.ts';
import { claimOf, traceOf } from './runs.ts';
import type { Locals } from './written-run.ts';
import { frame } from './written-run.ts';

/** The result for a claim that has `predicted` where the program, after running `line`, has `observed`. */
function resultAfter(
  line: string,
  before: Locals,
  observed: Locals,
  predicted: Locals,
  platform: PlatformUse = { sets: true, words: true },
) {
  const frames = [frame('call', 1, before), frame('line', 2, before), frame('line', 3, { ...before, ...observed })];
  return resultOf([...frames, frame('return', 3, '0')], 2, predicted, ['def f():', line, '    return 0'], platform);
}

function resultOf(
  frames: readonly Frame[],
  at: number,
  predicted: Locals,
  lines: readonly string[],
  platform: PlatformUse,
) {
  const { frames: claimed } = claimOf(frames, lines);
  const wrong = {
    ...claimed[at],
    events: claimed[at]?.events ?? [],
    locals: new Map([...(frames[at]?.locals ?? []), ...Object.entries(predicted)]),
  };
  const truth = { ...traceOf(frames, { kind: 'returned', value: '0' }), platform };
  return compareTraces({ frames: claimed.with(at, wrong), ended: true }, truth, lines).result;
}

const SET = { s: "{'a', 'b', 'c'}" };

describe('the order of a set', () => {
  it.each<[string, Locals, Locals, Locals]>([
    ['    r = list(s)', SET, { r: "['a', 'b', 'c']" }, { r: "['c', 'a', 'b']" }],
    ['    r = tuple(s)', SET, { r: "('a', 'b', 'c')" }, { r: "('c', 'a', 'b')" }],
    ["    r = ''.join(s)", SET, { r: "'abc'" }, { r: "'cab'" }],
    ['    r = dict.fromkeys(s, 0)', SET, { r: "{'a': 0, 'b': 0, 'c': 0}" }, { r: "{'b': 0, 'a': 0, 'c': 0}" }],
    ['    r = deque(s)', SET, { r: "deque(['a', 'b', 'c'])" }, { r: "deque(['c', 'b', 'a'])" }],
    ['    r = list(s | {1})', SET, { r: "['a', 'b', 'c', 1]" }, { r: "[1, 'c', 'a', 'b']" }],
    ['    for x in s:', SET, { x: "'a'" }, { x: "'b'" }],
    ['    for x in set(words):', { words: "['a', 'b', 'a']" }, { x: "'a'" }, { x: "'b'" }],
    ['    for x in set(text):', { text: "'ab\\\\'" }, { x: "'a'" }, { x: "'\\\\'" }],
    ['    x = next(iter(s))', SET, { x: "'a'" }, { x: "'c'" }],
    ['    x = s.pop()', SET, { x: "'a'", s: "{'b', 'c'}" }, { x: "'c'", s: "{'a', 'b'}" }],
    ['    r = list(s)', { s: '{2147483647, 1}' }, { r: '[2147483647, 1]' }, { r: '[1, 2147483647]' }],
    ['    r = list(s)', { s: 'frozenset({(1, 2), (3, 4)})' }, { r: '[(1, 2), (3, 4)]' }, { r: '[(3, 4), (1, 2)]' }],
  ])('explains another order after %j', (line, before, observed, predicted) => {
    expect(resultAfter(line, before, observed, predicted)).toBe('platform');
  });

  it.each<[string, string, Locals, Locals, Locals]>([
    [
      'the line goes through no set',
      '    r = t[::-1]',
      { ...SET, t: "['a', 'b']" },
      { r: "['b', 'a']" },
      { r: "['a', 'b']" },
    ],
    [
      'the line only looks into the set',
      '    r = [x for x in t if x in s]',
      { ...SET, t: "['a', 'b']" },
      { r: "['a', 'b']" },
      { r: "['b', 'a']" },
    ],
    [
      'the line only adds to the set',
      '    r = s.add(t) or u',
      { ...SET, u: "['a', 'b']" },
      { r: "['a', 'b']" },
      { r: "['b', 'a']" },
    ],
    [
      'the set is named in a text or a comment',
      "    r = t + 's'  # s",
      { ...SET, t: "['a']" },
      { r: "['a', 's']" },
      { r: "['s', 'a']" },
    ],
    [
      'small numbers have one order',
      '    r = list(s)',
      { s: '{3, 1, True, -5}' },
      { r: '[1, 3, -5]' },
      { r: '[3, 1, -5]' },
    ],
    [
      'one element has one order',
      '    x = s.pop()',
      { s: "{'a'}" },
      { x: "'a'", s: 'set()' },
      { x: "'b'", s: 'set()' },
    ],
    ['the line sorts', '    r = sorted(s)', SET, { r: "['a', 'b', 'c']" }, { r: "['c', 'a', 'b']" }],
    ['the line takes the largest', '    r = max(s)', SET, { r: "'c'" }, { r: "'a'" }],
    ['an element is missing', '    r = list(s)', SET, { r: "['a', 'b', 'c']" }, { r: "['a', 'b']" }],
    ['a type differs', '    r = list(s)', SET, { r: "['a', 'b', 'c']" }, { r: "('c', 'a', 'b')" }],
    ['the value is no element', '    for x in s:', SET, { x: "'a'" }, { x: "'d'" }],
    ['two elements are gone', '    x = s.pop()', SET, { x: "'a'", s: "{'b', 'c'}" }, { x: "'b'", s: "{'a'}" }],
    ['another name differs too', '    for x in s:', { ...SET, n: '1' }, { x: "'a'" }, { x: "'b'", n: '2' }],
    ['nothing changed for the claim', '    for x in s:', { ...SET, x: "'b'" }, { x: "'a'" }, { x: '..' }],
    ['the set itself is wrong', '    r = s | {1}', SET, { r: "{'a', 'b', 'c', 1}" }, { r: "{'a', 'b', 'c'}" }],
  ])('explains nothing where %s', (_, line, before, observed, predicted) => {
    expect(resultAfter(line, before, observed, predicted)).toBe('differs');
  });

  it('explains nothing in a program without sets of that kind', () => {
    const none = { sets: false, words: true };
    expect(resultAfter('    for x in s:', SET, { x: "'a'" }, { x: "'b'" }, none)).toBe('differs');
  });

  it.each([
    ['<set_iterator object at 0x7f>', 'platform'],
    ['<list_iterator object at 0x7f>', 'differs'],
  ])('is looked for in the caller of a comprehension over %s: %s', (iterator, result) => {
    const inner = { function: '<listcomp>', scope: 1, depth: 1 };
    const frames = [
      frame('call', 1, SET),
      frame('line', 2, SET),
      frame('call', 2, { '.0': iterator }, inner),
      frame('line', 2, { '.0': iterator }, inner),
      frame('line', 2, { '.0': iterator, x: "'a'" }, inner),
    ];
    const lines = ['def f(s):', '    return [x for x in s]'];
    expect(resultOf(frames, 4, { x: "'b'" }, lines, { sets: true, words: false })).toBe(result);
  });
});

describe('the width of a machine word', () => {
  it.each([
    ['    h = hash(t)', { h: '12' }, { h: '-7136' }],
    ['    h = id(t) % 7', { h: '1' }, { h: '2' }],
    ['    h = sys.maxsize', { h: '2147483647' }, { h: '9223372036854775807' }],
    ['    h = sys.hash_info.width', { h: '32' }, { h: '64' }],
  ])('explains %j', (line, observed, predicted) => {
    const before = { t: "'t'" };
    expect(resultAfter(line, before, observed, predicted)).toBe('platform');
    expect(resultAfter(line, before, observed, { ...predicted, t: "'u'" })).toBe('differs');
    expect(resultAfter(line, before, observed, predicted, { sets: true, words: false })).toBe('differs');
  });

  it.each([
    '    h = 1',
    "    h = 'hash(t)'",
    '    h = rehash(t)',
    '    h = grid(t)',
    '    h = self.id(t)',
    '    h = 1  # hash(t)',
  ])('does not explain %j', (line) => {
    expect(resultAfter(line, { t: "'t'" }, { h: '1' }, { h: '2' })).toBe('differs');
  });

  it.each([
    ["OverflowError('Python int too large to convert to C ssize_t')", 'platform'],
    ["OverflowError('math range error')", 'differs'],
  ])('explains %s: %s', (exception, result) => {
    const frames = [
      frame('call', 1, {}),
      frame('line', 2, {}),
      frame('exception', 2, `(<class 'OverflowError'>, ${exception}, <traceback object>)`),
    ];
    const lines = ['def f():', '    n = len(range(2**31))', '    return n'];
    const claimed = claimOf([...frames.slice(0, 2), frame('line', 3, { n: '2147483648' })], lines);
    const truth = traceOf(frames, { kind: 'raised', type: 'OverflowError', message: '' });
    expect(compareTraces(claimed, truth, lines).result).toBe(result);
  });
});
