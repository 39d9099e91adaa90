import { describe, expect, it } from 'vitest';
import { plainCall } from '../../../bridges/python/plain-call.ts';
import { PYTHON_VERSIONS } from '../../../core/program.ts';
import { useReplays } from './replays.ts';

const PLAIN: Readonly<Record<string, string>> = {
  'f()': '',
  'f(1, -2.5, 0x1F)': '1, -2.5, 0x1F',
  "f(['a', \"b\"], {'k': (1, 2)}, None)": "['a', \"b\"], {'k': (1, 2)}, None",
  "f('(', \")\", b'\\'')": "'(', \")\", b'\\''",
  'f(g(1)[0], x.y if z else not 3)': 'g(1)[0], x.y if z else not 3',
  "f('#', 'a=b*c', 'for')": "'#', 'a=b*c', 'for'",
  'f(1,\n  2)': '1,\n  2',
  "f('ü')": "'ü'",
};

const OTHER = [
  'f',
  ' f()',
  'f() ',
  'a.f()',
  'f(1)(2)',
  'f(1) + g(2)',
  '(f)(1)',
  'f(x=1)',
  'f(*x)',
  'f(**x)',
  'f(y := 1)',
  'f(x for x in y)',
  'f(lambda: 0)',
  'f((yield))',
  "f(f'{1}')",
  "f(rb'a')",
  "f('''a''')",
  'f(1 # )\n)',
  'f(1 \\\n)',
  "f('a",
  'f(]',
  'f(1))',
  'f(1))((2)',
  'f(größe)',
];

/** Calls whose way through the parser, the compiler or the evaluation is an unusual one. */
const CALLS = [
  ...Object.keys(PLAIN),
  ...OTHER,
  'f(1,)',
  'f(,)',
  'f(1 2)',
  'f(1; 2)',
  'f(1 is 1)',
  'f([1, 2)',
  'f(undefined)',
  'undefined(1)',
  'None(1)',
  'not(1)',
  'lambda(1)',
  'sorted([3, 1])',
  'f(1 / 0)',
  "f('\\d', '\\ud800')",
  "f('\ud800')",
  'f("\u2028")',
  'f(00)',
  'f(1_000, 1e5, 2j)',
  `f(${'['.repeat(98)}${']'.repeat(98)})`,
  `f(${'['.repeat(250)}${']'.repeat(250)})`,
  'f("a" "b")',
  'f(1, print)',
  'f(\u00a01)',
];

const SOURCE = `def g(*a):
    return [list(a)]

def f(*args, **named):
    a = list(args)
    a.append(len(named))
    return a, [k for k in named]
`;

describe('a plain call', () => {
  it.each(Object.entries(PLAIN))('is read: %j', (call, args) => {
    expect(plainCall(call)).toEqual({ callee: 'f', args });
  });

  it.each(OTHER)('is not %j', (call) => {
    expect(plainCall(call)).toBeUndefined();
  });
});

describe.each(PYTHON_VERSIONS)('a call under Python %s', (python) => {
  const replays = useReplays(python);

  it.each(CALLS)('does the same, read by the host or by Python: %j', async (call) => {
    const program = { source: SOURCE, entry: { call } };
    // The line of what collects the arguments is a step.
    const { steps: _, ...read } = await replays.replay(program);
    // With an input, Python reads the entry.
    expect(await replays.replay(program, {}, { input: {} })).toMatchObject(read);
  });

  it.each(['f(1)', 'f(1 2)'])('brings out the errors of the program before those of its call: %j', async (call) => {
    for (const source of ['def f(:\n', 'x = 1\n  y = 2\n', '\0', '\ud800']) {
      const program = { source, entry: { call } };
      const { outcome } = await replays.replay(program);
      expect(outcome).toEqual((await replays.replay(program, {}, { input: {} })).outcome);
      expect(outcome).toMatchObject({ kind: 'raised', atImport: true });
    }
  });
});
