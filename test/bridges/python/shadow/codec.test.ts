import { describe, expect, it } from 'vitest';
import { decodeShadowRun, haltedRun } from '../../../../bridges/python/shadow-codec.ts';

const RUN = {
  ...haltedRun({ kind: 'returned', value: { t: 'bool', v: true, term: 2 }, repr: 'True' }),
  variables: [{ name: 'n', sort: 'int', value: '4', least: null, greatest: '9' }],
  terms: [
    ['var', 'n'],
    ['const', '3'],
    ['lt', 1, 0],
  ],
  conditions: [{ kind: 'branch', line: 1, column: 1, text: 'n > 3', taken: true, term: 2, at: 0 }],
};

describe('what comes out of an interpreter', () => {
  it('is read where it is what it should be', () => {
    expect(decodeShadowRun(JSON.stringify(RUN))).toEqual(RUN);
  });

  it.each([
    ['no JSON', undefined],
    ['a term that names itself', { terms: [['neg', 0]] }],
    [
      'a term that names a later one',
      {
        terms: [
          ['neg', 1],
          ['const', '1'],
        ],
      },
    ],
    [
      'a term that names no row',
      {
        terms: [
          ['const', '1'],
          ['neg', -1],
        ],
      },
    ],
    ['operands of the wrong sort', { terms: [['true'], ['neg', 0]] }],
    [
      'too few operands',
      {
        terms: [
          ['const', '1'],
          ['add', 0],
        ],
      },
    ],
    [
      'an operator of a prototype',
      {
        terms: [
          ['const', '1'],
          ['constructor', 0],
        ],
      },
    ],
    ['a variable that was not named', { terms: [['var', 'm']] }],
    ['a number that is none', { terms: [['const', '1e9']] }],
    ['two variables of one name', { variables: [...RUN.variables, ...RUN.variables] }],
    ['a condition that is no bool', { conditions: [{ ...RUN.conditions[0], term: 0 }] }],
    ['a value with another’s term', { outcome: { kind: 'returned', value: { t: 'int', v: '1', term: 2 }, repr: '1' } }],
    ['characters of another length', { stdout: { t: 'str', v: 'ab', chars: [0] } }],
    ['an unknown outcome', { outcome: { kind: 'fine' } }],
  ])('is refused with %s', (_, change) => {
    const text = change === undefined ? '{' : JSON.stringify({ ...RUN, ...change });
    expect(decodeShadowRun(text).outcome).toMatchObject({ kind: 'halted', reason: 'engine' });
  });

  it('is refused where values are nested without end', () => {
    const deep = `${'{"t":"list","items":['.repeat(5000)}${']}'.repeat(5000)}`;
    const text = JSON.stringify({ ...RUN, ensured: 0 }).replace('"ensured":0', `"ensured":${deep}`);
    expect(decodeShadowRun(text).outcome).toMatchObject({ kind: 'halted', reason: 'engine' });
  });
});
