import { describe, expect, it } from 'vitest';
import { assignArguments, callText } from '../../../symbolic/inputs/assignment.ts';

describe('assignments', () => {
  it('puts each value where its name says', () => {
    const args = assignArguments(
      [
        { name: 'n', value: { t: 'int', v: '0' } },
        {
          name: 'xs',
          value: {
            t: 'list',
            items: [
              { t: 'int', v: '1' },
              { t: 'tuple', items: [{ t: 'bool', v: false }] },
            ],
          },
        },
        {
          name: 'd',
          value: {
            t: 'dict',
            items: [
              [
                { t: 'str', v: "k'" },
                { t: 'str', v: 'ab' },
              ],
            ],
          },
        },
      ],
      new Map<string, bigint | boolean>([
        ['n', 10n ** 30n],
        ['xs[0]', -5n],
        ['xs[1][0]', true],
        ["d['k\\''][1]", 0x1f600n],
      ]),
    );
    expect(callText('f', args)).toBe(`f(${10n ** 30n}, [-5, (True,)], {'k\\'': 'a\\U0001f600'})`);
  });

  it('keeps a character that would become half of a surrogate pair', () => {
    const args = assignArguments([{ name: 's', value: { t: 'str', v: 'a' } }], new Map([['s[0]', 0xd800n]]));
    expect(callText('f', args)).toBe("f('a')");
  });

  it('has no text for what has no literal', () => {
    expect(callText('f', [{ name: 'x', value: { t: 'opaque', type: 'C', v: '<C>' } }])).toBeUndefined();
  });
});
