import { describe, expect, it } from 'vitest';
import type { PatchOptions } from '../../../src/check/patch-request.ts';
import { useEngine } from '../verify/engine.ts';

/** No inputs are drawn: what is found is found by the question itself. */
const PROOFS_ONLY: Partial<PatchOptions> = { inputs: 0, doctests: false };

describe('proofs that two versions behave the same', () => {
  const engine = useEngine({ python: ['3.14'] });

  async function compare(base: string, head: string, name = 'f', options = PROOFS_ONLY, around = {}) {
    const files = (text: string) => ({ files: { ...around, 'a.py': text } });
    const { functions } = await engine.assay.patch({ base: files(base), head: files(head), options });
    const found = functions.find((one) => one.name === name);
    if (found === undefined) throw new Error(`${name} is not listed`);
    return found;
  }

  it('say what they cover', async () => {
    const { behaviour, message, proof } = await compare(
      'def f(xs: list[int], ys: list[int], n: int = 1) -> int:\n    return len(xs) + len(ys) + n\n',
      'def f(xs: list[int], ys: list[int], n: int = 1) -> int:\n    return n + len(ys) + len(xs)\n',
    );
    expect(behaviour).toBe('same');
    expect(proof).toEqual({
      parameters: ['xs: list[int]', 'ys: list[int]', 'n: int'],
      bounds: ['len(xs) <= 3', 'len(ys) <= 3', 'no list passed twice'],
      paths: 16,
    });
    expect(message).toContain('within len(xs) <= 3, len(ys) <= 3, no list passed twice');
  });

  it('end in the input that shows a difference, made smaller and run on both sides', async () => {
    const { behaviour, witness, proof } = await compare(
      'def f(x: int, xs: list[int]) -> int:\n    return x\n',
      'def f(x: int, xs: list[int]) -> int:\n    return x if x * 7 != 86419753 * 7 else -x\n',
    );
    expect(behaviour).toBe('differs');
    expect(witness).toMatchObject({
      calls: ['f(86419753, [])'],
      base: { ends: 'returns 86419753' },
      head: { ends: 'returns -86419753' },
    });
    expect(proof).toBeNull();
  });

  it('are not tried where they are not wanted', async () => {
    const [base, head] = ['def f(x: int):\n    return x + x\n', 'def f(x: int):\n    return 2 * x\n'];
    expect((await compare(base, head)).behaviour).toBe('same');
    expect((await compare(base, head, 'f', { proofs: false })).behaviour).toBe('unknown');
  });

  /** Alike on every first call, or as far as a run with terms sees. */
  const UNLIKE: readonly (readonly [what: string, base: string, head: string])[] = [
    [
      'a cache of the module',
      'def f(x: int):\n    return 1\n',
      '_seen = {}\ndef f(x: int):\n    _seen[x] = True\n    return len(_seen)\n',
    ],
    [
      'a cache in a default',
      'def f(x: int, _seen: None = None):\n    return 1\n',
      'def f(x: int, _seen=[]):\n    _seen.append(x)\n    return len(_seen)\n',
    ],
    [
      'a counter',
      'n = 0\ndef f(x: int):\n    return 1\n',
      'n = 0\ndef f(x: int):\n    global n\n    n += 1\n    return n\n',
    ],
    [
      'an attribute of a function',
      'def g(): pass\ndef f(x: int):\n    return 1\n',
      'def g(): pass\ng.n = 0\ndef f(x: int):\n    g.n += 1\n    return g.n\n',
    ],
    [
      'a container that import changes',
      'T = {}\nT[1] = []\ndef f(x: int):\n    return 1\n',
      'T = {}\nT[1] = []\ndef f(x: int):\n    T[1].append(x)\n    return len(T[1])\n',
    ],
    ['an iterator', 'def f(x: int):\n    return 1\n', 'it = iter([1, 2])\ndef f(x: int):\n    return next(it)\n'],
    ['a message', "def f(x: int):\n    raise ValueError('a')\n", "def f(x: int):\n    raise ValueError('b')\n"],
    [
      'a message with a value in it',
      "def f(x: int):\n    raise ValueError(f'{x % 3}')\n",
      "def f(x: int):\n    raise ValueError(f'{x % 6}')\n",
    ],
    [
      'a copy in place of the argument',
      'def f(xs: list[int]):\n    return xs\n',
      'def f(xs: list[int]):\n    return xs[:]\n',
    ],
    [
      'rows that are one',
      'def f(n: bool):\n    return [[0], [0]]\n',
      'def f(n: bool):\n    row = [0]\n    return [row, row]\n',
    ],
    [
      'a default of another type',
      "def f(x: int = ''):\n    return x + x\n",
      "def f(x: int = ''):\n    return 2 * x if x != '' else 0\n",
    ],
    [
      'a default longer than what is looked at',
      "def f(x: str = 'abcdefghijkl'):\n    return len(x)\n",
      "def f(x: str = 'abcdefghijkl'):\n    return len(x) if len(x) < 12 else 0\n",
    ],
    ['another default', 'def f(x: int = 1):\n    return x + x\n', 'def f(x: int = 2):\n    return 2 * x\n'],
    [
      'the order of a set',
      "def f(x: int):\n    return [one for one in ('b', 'a')]\n",
      "def f(x: int):\n    return list({'a', 'b'})\n",
    ],
    [
      'keys that are only sampled',
      'def f(d: dict[str, int]):\n    return 0\n',
      "def f(d: dict[str, int]):\n    return int('admin' in d)\n",
    ],
    ['floats', 'def f(x: float):\n    return 0\n', 'def f(x: float):\n    return int(x == 0.75)\n'],
    ['a parameter without a type', 'def f(x):\n    return x + x\n', 'def f(x):\n    return 2 * x\n'],
    ['any number of arguments', 'def f(*x: int):\n    return 0\n', 'def f(*x: int):\n    return len(x)\n'],
    [
      'what a length bound leaves out',
      'def f(d: list[str], e: list[str]):\n    return 0\n',
      "def f(d: list[str], e: list[str]):\n    return d.count('administrator')\n",
    ],
    ['a generator', 'def f(x: int):\n    yield x\n', 'def f(x: int):\n    yield x\n    yield x\n'],
    ['standard input', "def f(x: int):\n    return ''\n", 'def f(x: int):\n    return input()\n'],
    [
      'a decorator that counts',
      'def f(x: int):\n    return x + 1\n',
      'def once(g):\n    calls = []\n    def h(x):\n        calls.append(x)\n        return g(x) if len(calls) < 2 else 0\n    return h\n@once\ndef f(x: int):\n    return x + 1\n',
    ],
    [
      'another module of the repository',
      'from b import ONE\ndef f(x: int):\n    return x + ONE\n',
      'from b import ONE\ndef f(x: int):\n    return ONE + x\n',
    ],
  ];

  it.each(UNLIKE)('nothing is proved of %s', async (_, base, head) => {
    const { behaviour } = await compare(base, head, 'f', PROOFS_ONLY, { 'b.py': 'ONE = 1\n' });
    expect(behaviour).not.toBe('same');
  });
});
