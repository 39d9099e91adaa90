import { describe, expect, it } from 'vitest';
import { parseParameterType, TypeTextError } from '../../../symbolic/inputs/parameter-type.ts';

describe('parameter types', () => {
  it.each([
    ['int', { kind: 'int' }],
    [' str ', { kind: 'str' }],
    ['list[int]', { kind: 'list', item: { kind: 'int' } }],
    ['List[ str ]', { kind: 'list', item: { kind: 'str' } }],
    ['typing.List[int]', { kind: 'list', item: { kind: 'int' } }],
    ['tuple[int, str]', { kind: 'tuple', items: [{ kind: 'int' }, { kind: 'str' }], rest: false }],
    ['tuple[int, ...]', { kind: 'tuple', items: [{ kind: 'int' }], rest: true }],
    ['dict[str, list[int]]', { kind: 'dict', key: { kind: 'str' }, value: { kind: 'list', item: { kind: 'int' } } }],
    ['Optional[int]', { kind: 'optional', item: { kind: 'int' } }],
    ['int | None', { kind: 'optional', item: { kind: 'int' } }],
    ['None | set[bool]', { kind: 'optional', item: { kind: 'set', item: { kind: 'bool' } } }],
  ])('reads %s', (text, type) => {
    expect(parseParameterType(text)).toEqual(type);
  });

  it.each([
    '',
    'integer',
    'list',
    'list[]',
    'list[int',
    'list[int]]',
    'dict[int]',
    'int | str',
    'tuple[int, str, ...]',
    '(',
    '€',
    `${'list['.repeat(40)}int${']'.repeat(40)}`,
  ])('refuses %j and says what it expected', (text) => {
    expect(() => parseParameterType(text)).toThrow(TypeTextError);
    expect(() => parseParameterType(text)).toThrow(/expected/);
  });
});
