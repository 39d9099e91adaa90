import { describe, expect, it } from 'vitest';
import { disagreements, useShadowRuns } from './shadow-runs.ts';

describe('sources that are unknowns', () => {
  const runs = useShadowRuns('3.10');

  it('give chance its bounds', async () => {
    const source =
      'import random\ndef f(xs):\n    k = random.randint(1, 6)\n    random.shuffle(xs)\n' +
      "    return k > 3, random.choice('abc'), random.randrange(0, 10, 5), xs\n";
    const run = await runs.shadow({ source, entry: { call: 'f([1, 2])' } }, { unknown: ['random'] });
    expect(run.variables.slice(2).map(({ name, least, greatest }) => [name, least, greatest])).toEqual([
      ['random#0', '1', '6'],
      ['random#1', '0', '1'],
      ['random#2', '0', '2'],
      ['random#3', '0', '1'],
    ]);
    expect(run.concretised).toEqual([]);
    expect(disagreements(run)).toEqual([]);
  });

  it('take the values of the stated world', async () => {
    const source = 'import random\ndef f():\n    return [random.randint(1, 100) for _ in range(5)], input()\n';
    const program = { source, entry: { call: 'f()' }, world: { seed: 5, stdin: 'line\n' } };
    const { outcome } = await runs.replay(program);
    for (const unknown of [[], ['random', 'stdin']] as const) {
      const run = await runs.shadow(program, { unknown });
      expect(run.outcome).toMatchObject({ kind: 'returned', repr: outcome.kind === 'returned' && outcome.value });
    }
  });

  it('make a line of input code points without a line break', async () => {
    const source = "def f():\n    line = input('? ')\n    print(line)\n    return line == 'yes'\n";
    const program = { source, entry: { call: 'f()' }, world: { stdin: 'no\n' } };
    const run = await runs.shadow(program, { unknown: ['stdin'] });
    expect(run.variables.map(({ name }) => name)).toEqual(['input#0[0]', 'input#0[1]']);
    expect(run.conditions.map(({ kind, restriction }) => [kind, restriction])).toEqual([
      ['assumption', 'a line of 2 characters'],
      ['assumption', 'a line of 2 characters'],
    ]);
    expect(run.stdout).toMatchObject({ t: 'str', v: '? no\n' });
    expect(run.outcome).toMatchObject({ kind: 'returned', repr: 'False' });
  });

  it('note that a clock in floats has no terms', async () => {
    const source = 'import time\ndef f():\n    return time.time_ns() > 5, time.time() > 5\n';
    const run = await runs.shadow({ source, entry: { call: 'f()' } }, { unknown: ['clock'] });
    expect(run.variables.map(({ name }) => name)).toEqual(['clock#0']);
    expect(run.concretised).toMatchObject([{ construct: 'time.time' }]);
  });
});
