import { describe, expect, it } from 'vitest';
import { driveModule } from '../../../src/check/driver.ts';
import type { PatchRequest, PatchResponse } from '../../../src/check/patch-request.ts';
import { useEngine } from '../verify/engine.ts';

const told = ({ findings }: PatchResponse) =>
  findings.map(({ code, function: name, line }) => [code, name ?? '', line ?? ''].join(' ').trim());

describe('checking a patch', () => {
  const engine = useEngine({ python: ['3.14'] });
  const patch = (base: Record<string, string>, head: Record<string, string>, more: Partial<PatchRequest> = {}) =>
    engine.assay.patch({ base: { files: base }, head: { files: head }, ...more });

  it('follows packages and relative imports, each version with its own', async () => {
    const files = {
      'src/shop/__init__.py': '',
      'src/shop/rates.py': 'from .deep.base import ONE\nRATE = ONE * 2\n',
      'src/shop/deep/__init__.py': '',
      'src/shop/deep/base.py': 'ONE = 1\n',
      'src/shop/price.py': 'from shop.rates import RATE\n\n\ndef price(x: int) -> int:\n    return x * RATE\n',
    };
    const changed = files['src/shop/price.py'].replace('x * RATE', 'RATE * x + 0');
    const { functions } = await patch(files, { ...files, 'src/shop/price.py': changed });
    expect(functions).toMatchObject([{ name: 'price', behaviour: 'unknown', reason: 'no-difference-found' }]);
    const other = await patch(files, { ...files, 'src/shop/price.py': changed, 'src/shop/deep/base.py': 'ONE = 3\n' });
    expect(other.functions).toMatchObject([{ name: 'price', behaviour: 'differs' }]);
  });

  it('finds imports of several lines', async () => {
    const files = {
      'shop/__init__.py': '',
      'shop/one.py': 'ONE = 1\n',
      'shop/two.py': 'TWO = 2\n',
      'shop/sum.py':
        'from . import (  # both\n    one,\n    two,\n)\n\n\ndef add(x: int) -> int:\n    return x + one.ONE + two.TWO\n',
    };
    const changed = files['shop/sum.py'].replace('+ two', '- two');
    const { functions } = await patch(files, { ...files, 'shop/sum.py': changed });
    expect(functions).toMatchObject([{ name: 'add', witness: { base: { ends: 'returns 3' } } }]);
  });

  it('says that a package is installed where it asks for its version', () => {
    const text = "from importlib.metadata import version\n__version__ = version('shop')\n";
    const { files } = driveModule('src/shop/a.py', { 'src/shop/__init__.py': text, 'src/shop/a.py': '' });
    expect(files['src/shop-0.dist-info/METADATA']).toMatch(/^Name: shop\nVersion: 0$/m);
    expect(Object.keys(driveModule('src/shop/a.py', { 'src/shop/a.py': '' }).files)).toEqual(['src/shop/a.py']);
  });

  it('names the import that is not there, and checks the rest', async () => {
    const { findings, functions } = await patch(
      { 'a.py': 'import numpy\ndef f(x: int):\n    return 1\n', 'b.py': 'def g(x: int):\n    return 1\n' },
      { 'a.py': 'import numpy\ndef f(x: int):\n    return 2\n', 'b.py': 'def g(x: int):\n    return 2\n' },
    );
    expect(findings.find(({ code }) => code === 'AS312')?.message).toContain('numpy');
    expect(functions).toMatchObject([
      { name: 'f', behaviour: 'unknown', reason: 'unsupported' },
      { name: 'g', behaviour: 'differs' },
    ]);
  });

  it('tests claims and examples, with the true result', async () => {
    const head =
      'def f(x):\n    """Next.\n\n    >>> f(1)\n    2\n    >>> f(2)\n    4\n    >>> y = 5\n    >>> f(y)\n    6\n    """\n    return x + 1\n';
    const response = await patch(
      { 'a.py': 'def f(x):\n    return x + 1\n' },
      { 'a.py': head },
      {
        claims: [
          { file: 'a.py', call: 'f(3)', returns: '4' },
          { file: 'a.py', call: 'f(3)', returns: '5', source: 'said.jsonl', line: 7 },
          { file: 'a.py', call: "f('')", raises: 'TypeError' },
          { file: 'gone.py', call: 'f(3)', returns: '4' },
          { file: 'a.py', call: 'f(3', returns: '4' },
        ],
      },
    );
    expect(response.summary).toMatchObject({ claims: 8, claims_refuted: 2, inconclusive: 2 });
    expect(told(response)).toEqual(['AS302  6', 'AS302  7', 'AS318', 'AS318']);
    expect(response.findings[1]?.message).toContain('f(3) returns 4');
  });

  it('runs the examples before an example, whatever they raise and print', async () => {
    const head = `\
def numbers():
    """Numbers.

    >>> it = numbers()
    >>> next(it)
    1
    >>> int('')
    Traceback (most recent call last):
        ...
    ValueError: invalid literal for int() with base 10: ''
    >>> print('text')
    text
    >>> next(it)
    2
    >>> print('first') or [
    ...     3]
    first
    [3]
    >>> print('first') or 4
    first
    4
    >>> next(it)
    9
    """
    yield 1
    yield 2
    yield 3
`;
    const response = await patch({ 'a.py': 'def numbers():\n    yield 1\n' }, { 'a.py': head });
    expect(response.summary).toMatchObject({ claims: 5, claims_refuted: 1 });
    expect(response.findings.find(({ code }) => code === 'AS302')?.message).toContain('next(it) returns 3');
  });

  it('tells signatures, defaults, raises and removed functions', async () => {
    const base =
      'def a(x, y=1):\n    return x\n\n\ndef b(x):\n    return x\n\n\ndef c(x):\n    return x\n\n\ndef _d(x):\n    return x\n';
    const head =
      'def a(x, y=2):\n    return x\n\n\ndef b(y, z):\n    if y is None:\n        raise ValueError(y)\n    return y\n';
    const response = await patch({ 'a.py': base }, { 'a.py': head });
    expect(told(response)).toEqual(expect.arrayContaining(['AS310 a 1', 'AS309 b 5', 'AS309 c', 'AS313 b 7']));
    expect(told(response).filter((text) => text.includes('_d'))).toEqual([]);
    const moved = 'import sys\nif sys.maxsize:\n    def c(x):\n        return x\n\n\nb = a = c\n';
    expect(told(await patch({ 'a.py': base }, { 'a.py': moved }))).toEqual([]);
  });

  it('tells what the tests need, and what they do not', async () => {
    const base =
      'def total(xs):\n    return sum(xs[1:])\n\n\ndef other(x: int):\n    return x\n\n\ndef third(x: int):\n    return x\n';
    const head = base
      .replace('xs[1:]', 'xs')
      .replace('def other(x: int):\n    return x\n', 'def other(x: int):\n    return -x\n');
    const test =
      'import pytest\nfrom a import other, total\n\n\n@pytest.mark.parametrize("n", [1, 2])\ndef test_total(n):\n    assert total([n, 1]) == n + 1\n\n\ndef test_zero():\n    assert other(0) == 0\n';
    const files = { 'test_a.py': test };
    const response = await patch({ 'a.py': base }, { 'a.py': head, ...files }, { tests: [{ file: 'test_a.py' }] });
    expect(response.summary).toMatchObject({ tests: 3, tests_failed: 0 });
    expect(told(response)).toEqual(['AS306 other 5', 'AS301 total 1', 'AS305  6', 'AS304']);
    const broken = await patch(
      { 'a.py': base },
      { 'a.py': base.replace('[1:]', '[2:]'), ...files },
      { tests: [{ file: 'test_a.py', only: 'test_total' }] },
    );
    expect(broken.summary).toMatchObject({ tests: 2, tests_failed: 2 });
    const call = await patch({ 'a.py': base }, { 'a.py': head }, { tests: [{ module: 'a.py', call: 'third(1)' }] });
    expect(told(call)).toContain('AS304');
  });

  it('takes many modules and claims, one after the other, says how far it is, and ends when its time is over', async () => {
    const modules = (body: string) =>
      Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [`m${index}.py`, `def f(x: int):\n    return ${body}\n`]),
      );
    const claims = Array.from({ length: 60 }, (_, index) => ({
      file: `m${index % 40}.py`,
      call: 'f(1)',
      returns: '2',
    }));
    const seen: string[] = [];
    const { summary, functions, findings } = await engine.assay.patch(
      { base: { files: modules('x + 1') }, head: { files: modules('1 + x') }, claims, options: { ms: 0 } },
      { onProgress: (done, all) => seen.push(`${done}/${all}`) },
    );
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => `${index + 1}/40`));
    expect(summary).toMatchObject({ files: 40, unknown: 40, claims: 60, claims_refuted: 0, inconclusive: 40 });
    expect(functions[0]).toMatchObject({ behaviour: 'unknown', reason: 'budget', message: 'the time was used up' });
    expect(findings[0]?.code).toBe('AS314');
  });

  it('keeps to comments that say nothing', async () => {
    const response = await patch(
      { 'a.py': 'def f(x: int):\n    return x\n' },
      { 'a.py': '# assay: ignore AS301\ndef f(x: int):  # noqa: AS301\n    return x + 1  # type: ignore\n' },
    );
    expect(told(response)).toEqual(['AS301 f 2']);
  });

  it('calls methods, class methods, properties, generators and coroutines', async () => {
    const base = `\
class Counter:
    def __init__(self, start: int):
        self.value = start
    @property
    def twice(self) -> int:
        return self.value * 2
    @classmethod
    def of(cls, text: str) -> 'Counter':
        return cls(len(text))
    @staticmethod
    def half(x: int) -> int:
        return x // 2
def walk(n: int):
    for k in range(min(n, 50)):
        yield k
async def wait(n: int) -> int:
    return n
def keyword(*, size: int, deep: bool = False) -> int:
    return size
`;
    const head = base
      .replace('* 2', '* 3')
      .replace('len(text)', 'len(text) + 1')
      .replace('x // 2', 'x >> 2')
      .replace('yield k', 'yield k + 1')
      .replace('return n\n', 'return n + 1\n')
      .replace('return size', 'return size + deep');
    const { functions } = await patch({ 'a.py': base }, { 'a.py': head });
    expect(functions.map(({ name, behaviour }) => `${name} ${behaviour}`)).toEqual([
      'Counter.twice differs',
      'Counter.of differs',
      'Counter.half differs',
      'walk differs',
      'wait differs',
      'keyword differs',
    ]);
  });

  it('a deleted module, a new one, and one that does not compile or import', async () => {
    const text = 'def f(x):\n    return x\n';
    expect(told(await patch({ 'a.py': text }, {}))).toEqual(['AS309 f']);
    expect((await patch({}, { 'a.py': text })).functions).toMatchObject([{ name: 'f', behaviour: 'added' }]);
    expect(told(await patch({ 'a.py': text }, { 'a.py': 'def f(:\n' }))).toEqual(['AS315  1']);
    expect(told(await patch({ 'a.py': text }, { 'a.py': `${text}f(\n1, 2)\n` }))).toContain('AS316');
    expect(
      await patch({ 'a.py': text }, { 'b.py': `# moved\n${text}` }, { renames: { 'b.py': 'a.py' } }),
    ).toMatchObject({
      functions: [],
      findings: [],
    });
  });
});
