import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET } from '../../../core/budget.ts';
import type { Session } from '../../../core/call-record.ts';
import { PYTHON_VERSIONS, type PythonVersion, resolveProgram } from '../../../core/program.ts';
import { ReplayPool } from '../../../workers/pool.ts';

const LIAR = `\
class Liar:
    def __init__(self, value):
        self.value = value
    def __repr__(self):
        raise SystemExit('asked for a repr')
    def __eq__(self, other):
        return True
    def __getattribute__(self, name):
        raise SystemExit('asked for ' + name)
    __hash__ = None
    @property
    def other(self):
        raise SystemExit('asked for a property')
`;

const VALUES = `\
import collections, dataclasses, decimal, enum, fractions
class Color(enum.Enum):
    RED = 1
@dataclasses.dataclass
class Point:
    y: list
    x: int
class Slots:
    __slots__ = ('b', 'a', 'unset')
    def __init__(self):
        self.a, self.b = 1, [2]
class Names(list):
    pass
ring = [1]
ring.append(ring)
def value(name):
    return {
        'nested': [1, 2.5, 'a', b'b', None, True, (1,), {'k': {3, 1, 2}}, frozenset()],
        'dataclass': Point([1], 2), 'slots': Slots(), 'subclass': Names([1]), 'enum': [Color.RED],
        'deque': collections.deque([1, [2]]), 'counter': collections.Counter('aab'),
        'decimal': decimal.Decimal('1.50'), 'fraction': fractions.Fraction(1, 2), 'error': KeyError('k', 1),
        'rows': [[0]] * 2, 'ring': ring, 'class': Point, 'function': value, 'range': range(3), 'surrogate': '\\ud800',
    }[name]
def ordered():
    order = collections.OrderedDict(a=1, b=2)
    order.move_to_end('a')
    return order
`;

const EXPECTED: Readonly<Record<string, string>> = {
  nested: "[1, 2.5, 'a', b'b', None, True, (1,), {'k': {1, 2, 3}}, frozenset()]",
  dataclass: 'Point(x=2, y=[1])',
  slots: 'Slots(a=1, b=[2])',
  subclass: 'Names([1])',
  enum: "[Color(_name_='RED', _value_=1)]",
  deque: 'deque([1, [2]])',
  counter: "Counter({'a': 2, 'b': 1})",
  decimal: "Decimal('1.50')",
  fraction: 'Fraction(_denominator=2, _numerator=1)',
  error: "KeyError('k', 1)",
  rows: '[[0], <same object as result[0]>]',
  ring: '[1, <cycle>]',
  class: '<class Point>',
  function: '<function>',
  range: 'range(0, 3)',
  surrogate: "'\\ud800'",
};

describe.each(PYTHON_VERSIONS)('a session of calls under Python %s', (python: PythonVersion) => {
  const pool = new ReplayPool({ python, threads: 1, queue: 100 });
  beforeAll(() => pool.start());
  afterAll(() => pool.close());

  async function session(source: string, calls: readonly string[], files: Record<string, string> = {}) {
    const program = resolveProgram({ source, entry: { script: true }, world: { files } }, python);
    const { trace } = await pool.replay({ program, budget: { ...DEFAULT_BUDGET, steps: 20_000 }, calls });
    return { ...(trace.session as Session), outcome: trace.outcome };
  }
  const returned = (value: string) => ({ kind: 'returned', value });

  it('describes values by their structure', async () => {
    const names = Object.keys(EXPECTED);
    const { records } = await session(
      VALUES,
      names.map((name) => `value('${name}')`),
    );
    expect(Object.fromEntries(records.map(({ outcome }, index) => [names[index], outcome]))).toEqual(
      Object.fromEntries(Object.entries(EXPECTED).map(([name, text]) => [name, returned(text)])),
    );
    expect((await session(VALUES, ['ordered()'])).records[0]?.outcome).toEqual(
      returned("OrderedDict({'b': 2, 'a': 1})"),
    );
  });

  it('runs no method of the program for it', async () => {
    const { records, outcome } = await session(LIAR, ['Liar([1])', 'Liar(2)']);
    expect(records.map((record) => record.outcome)).toEqual([returned('Liar(value=[1])'), returned('Liar(value=2)')]);
    expect(outcome).toEqual(returned('None'));
  });

  it('keeps the module between calls, and tells arguments, sharing, output and steps of each', async () => {
    const source = `\
def push(item, onto=[]):
    print('push', item)
    onto.append(item)
    return onto
def sort(items):
    items.sort()
    return items
class Stack:
    def __init__(self):
        self.items = []
    def push(self, item):
        self.items.append(item)
`;
    const calls = ['push(1)', 'push(item=2)', 'sort([2, 1])', '(s := Stack()).push(5)', 's.push(6)', 'sort(None)'];
    const { records } = await session(source, calls);
    expect(records.map(({ outcome }) => (outcome.kind === 'returned' ? outcome.value : outcome.kind))).toEqual([
      '[1]',
      '[1, 2]',
      '[1, 2]',
      'None',
      'None',
      'raised',
    ]);
    expect(records[1]).toMatchObject({ after: [['item', '2']], stdout: 'push 2\n', steps: 5 });
    expect(records[2]).toMatchObject({ after: [['argument 1', '[1, 2]']], shares: ['result is argument 1'] });
    expect(records[4]?.after).toEqual([
      ['self', 'Stack(items=[5, 6])'],
      ['argument 1', '6'],
    ]);
  });

  it('names files that were made or changed, and ends with the call that is stopped', async () => {
    const source = `\
from pkg.part import loop
def save():
    with open('out.txt', 'w') as file:
        file.write('x')
`;
    const part = 'def loop():\n    n = 0\n    while True:\n        n += 1\n';
    const files = { 'pkg/__init__.py': '', 'pkg/part.py': part };
    const found = await session(`import sys\nsys.path.insert(0, '/home/user')\n${source}`, ['save()', 'loop()'], files);
    expect(found.files).toEqual(['out.txt']);
    expect(found.records.map(({ outcome }) => outcome.kind)).toEqual(['returned', 'halted']);
    expect(found.outcome).toMatchObject({ kind: 'halted', reason: 'steps' });
  });

  it('shows what a finalizer prints once the result is dropped', async () => {
    const source = "class Late:\n    def __del__(self):\n        print('late')\n";
    expect((await session(source, ['Late()'])).records[0]?.stdout).toBe('late\n');
  });
});
