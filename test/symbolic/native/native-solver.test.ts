import { describe, expect, it } from 'vitest';
import { findZ3 } from '../../../symbolic/native/find.ts';
import { NativeSolver } from '../../../symbolic/native/native-solver.ts';
import { readSExprs, SExprError } from '../../../symbolic/native/sexpr.ts';
import { describeSolver } from '../solver/suite.ts';
import { MACHINE_Z3, NO_Z3 } from './machine-z3.ts';

if (MACHINE_Z3 === null) {
  describe('a native Z3', () => {
    it('answers as the suite asks', (context) => context.skip(true, NO_Z3));
  });
} else {
  const solver = new NativeSolver(MACHINE_Z3);
  describeSolver('a native Z3', () => solver);
}

describe('a solver’s process', () => {
  it('that prints no answer is unknown', async () => {
    const query = { terms: [], variables: [], assertions: [] };
    const mute = new NativeSolver('/bin/true');
    expect(await mute.check(query, { rlimit: 1, ms: 10_000 })).toMatchObject({ status: 'unknown', reason: 'crashed' });
  });

  it('is found by its path or name, where it can be executed', () => {
    expect(findZ3({ setting: '/bin/sh' })).toBe('/bin/sh');
    expect(findZ3({ setting: 'sh', searchPath: '/nowhere:/bin' })).toBe('/bin/sh');
    expect(findZ3({ setting: '/etc/passwd' })).toBeNull();
    expect(findZ3({ setting: '', searchPath: '.:/nowhere' })).toBeNull();
  });
});

describe('printed expressions', () => {
  it('are read', () => {
    expect(readSExprs('sat\n((|xs[2]| (- 5)) ($n 7)) ; so\n(error "a ""b"" (c")')).toEqual([
      'sat',
      [
        ['xs[2]', ['-', '5']],
        ['$n', '7'],
      ],
      ['error', '"a ""b"" (c"'],
    ]);
    expect(readSExprs(`${'('.repeat(100_000)}${')'.repeat(100_000)}`)).toHaveLength(1);
  });

  it.each(['(', ')', '|a', '"b'])('are not read from %s', (text) => {
    expect(() => readSExprs(text)).toThrow(SExprError);
  });
});
