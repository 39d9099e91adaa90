import { describe, expect, it } from 'vitest';
import { PYTHON_VERSIONS } from '../../../core/program.ts';
import { shorthand, useReplays } from './replays.ts';

describe.each(PYTHON_VERSIONS)('the tracer under Python %s', (python) => {
  const replays = useReplays(python);
  const call = async (source: string, expression: string) => {
    const trace = await replays.replay({ source, entry: { call: expression } });
    return { ...trace, frames: [...trace.frames] };
  };

  it('gives a resumed generator its own scope, and another activation another one', async () => {
    const source =
      'def g(n):\n    yield n\n    yield n + 1\ndef f():\n    a = g(1)\n    b = g(5)\n    return [next(a), next(b), next(a), next(b)]\n';
    const { frames, outcome } = await call(source, 'f()');
    expect(outcome).toEqual({ kind: 'returned', value: '[1, 5, 2, 6]' });
    const calls = frames
      .filter(({ event, function: name }) => event === 'call' && name === 'g')
      .map(({ scope }) => scope);
    const [a, b] = calls;
    expect(a).not.toBe(b);
    // What follows are the ends of both, when they are thrown away.
    expect(calls.slice(0, 4)).toEqual([a, b, a, b]);
  });

  it('gives a generator on a used address a new scope', async () => {
    const source = 'def g():\n    yield 1\ndef f():\n    for _ in range(5):\n        list(g())\n';
    const { frames } = await call(source, 'f()');
    const first = frames.filter(({ event, function: name, line }) => event === 'line' && name === 'g' && line === 2);
    expect(new Set(first.map(({ scope }) => scope)).size).toBe(5);
  });

  it('gives recursive calls scopes and depths', async () => {
    const { frames } = await call('def f(n):\n    return n and f(n - 1)\n', 'f(3)');
    const calls = frames.filter(({ event }) => event === 'call');
    expect(calls.map(({ depth }) => depth)).toEqual([0, 1, 2, 3]);
    expect(new Set(calls.map(({ scope }) => scope)).size).toBe(4);
    expect(frames.at(-1)).toMatchObject({ event: 'return', depth: 0, scope: calls[0]?.scope });
  });

  it('shows the names of a class body', async () => {
    const source = 'def f():\n    class C:\n        x = 1\n        y = x + 1\n    return C.y\n';
    const body = (await call(source, 'f()')).frames.filter(({ function: name }) => name === 'C');
    const last = body.filter(({ event }) => event === 'line').at(-1);
    expect(last?.locals?.get('x')).toBe('1');
    expect(last?.locals?.has('y')).toBe(false);
  });

  it('shows the names of a class body that a metaclass keeps elsewhere', async () => {
    const source =
      'class Names(dict): pass\nclass M(type):\n    @classmethod\n    def __prepare__(cls, *_): return Names()\ndef f():\n    class C(metaclass=M):\n        x = 1\n        y = 2\n    return C.x\n';
    const body = (await call(source, 'f()')).frames.filter(({ function: name }) => name === 'C');
    expect(
      body
        .filter(({ event }) => event === 'line')
        .at(-1)
        ?.locals?.get('x'),
    ).toBe('1');
  });

  it('shows of a script what the script itself has defined', async () => {
    const trace = await replays.replay({ source: "x = 1\n__name__ = 'y'\nz = x\n", entry: { script: true } });
    expect(Array.from(trace.frames, ({ event, line }) => `${event} ${line}`)).toEqual([
      'call 1',
      'line 1',
      'line 2',
      'line 3',
      'return 3',
    ]);
    expect(trace.frames.at(0)?.locals).toEqual(new Map());
    expect(trace.frames.at(3)?.locals).toEqual(
      new Map([
        ['__name__', "'y'"],
        ['x', '1'],
      ]),
    );
  });

  it('begins with the entry and counts the steps before it', async () => {
    const trace = await call('x = 1\ndef f():\n    return x\n', 'f()');
    expect(shorthand(trace)).toEqual(['call 2 f', 'line 3 f', 'return 3 f 1']);
    expect(trace.steps).toBeGreaterThan(2);
  });

  it('reads cells, and leaves names out that are not bound yet', async () => {
    const source =
      'def f(a):\n    def g():\n        nonlocal b\n        b += a\n        return b\n    b = 1\n    return g()\n';
    const { frames } = await call(source, 'f(2)');
    expect(frames[0]?.locals).toEqual(new Map([['a', '2']]));
    const inner = frames.find(({ line, event }) => event === 'line' && line === 5);
    expect(inner?.locals).toEqual(
      new Map([
        ['a', '2'],
        ['b', '3'],
      ]),
    );
  });

  it('reports an exception where it is raised, on the way, and as the returned None of frames that it leaves', async () => {
    const source =
      "def g():\n    raise KeyError('x')\ndef f():\n    try:\n        g()\n    except KeyError:\n        return 1\n";
    const events = (await call(source, 'f()')).frames.map(({ event, function: name }) => `${event} ${name}`);
    expect(events).toEqual([
      'call f',
      'line f',
      'line f',
      'call g',
      'line g',
      'exception g',
      'return g',
      'exception f',
      'line f',
      'line f',
      'return f',
    ]);
  });

  it('marks the frames whose reprs took code of the program, which is not traced', async () => {
    const source =
      'class P:\n    def __repr__(self):\n        return "P!"\ndef f(x):\n    p = P()\n    q = [{x: p}]\n    p = q = None\n    return P()\n';
    const { frames } = await call(source, 'f((1, "a", 2.5))');
    expect(frames.map(({ event, line, opaque = false }) => [event, line, opaque])).toEqual([
      ['call', 4, false],
      ['line', 5, false],
      ['line', 6, true],
      ['line', 7, true],
      ['line', 8, false],
      ['return', 8, true],
    ]);
    expect(frames.every(({ function: name }) => name === 'f')).toBe(true);
  });

  it('ends a run whose reprs take too long', async () => {
    const source = 'class P:\n    def __repr__(self):\n        while True: pass\ndef f():\n    p = P()\n    return 1\n';
    const { outcome, frames } = await replays.replay({ source, entry: { call: 'f()' } }, { ms: 300 });
    expect(outcome).toMatchObject({ kind: 'halted', reason: 'time' });
    expect(frames).toHaveLength(2);
  });

  it('leaves addresses out of reprs', async () => {
    const { outcome } = await call('def f():\n    return [f, object(), iter([])]\n', 'f()');
    expect(outcome).toEqual({ kind: 'returned', value: '[<function f>, <object object>, <list_iterator object>]' });
  });

  it('records frames of the program’s own code alone', async () => {
    const source = "import json\ndef f():\n    exec('def h():\\n    return 1\\nh()')\n    return json.loads('[1]')\n";
    const names = new Set((await call(source, 'f()')).frames.map(({ function: name }) => name));
    expect(names).toEqual(new Set(['f']));
  });
});
