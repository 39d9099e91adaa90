import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../core/program.ts';
import { CPYTHON_VERSIONS, findCPython, whyWithoutCPython } from './interpreters.ts';
import { type ReferenceFrame, type ReferenceTrace, ReferenceTracer } from './reference.ts';

/** One line a frame: event, line, function, then the locals or the value. */
function summary({ event, line, function: name, locals, arg }: ReferenceFrame): string {
  const state = locals === undefined ? arg : [...locals].map(([local, repr]) => `${local}=${repr}`).join(' ');
  return `${event} ${line} ${name} ${state}`.trimEnd();
}

const summaries = (trace: ReferenceTrace): string[] => trace.frames.map(summary);

for (const version of CPYTHON_VERSIONS) {
  const python = findCPython(version);
  if (python === null) {
    it(`reference tracer in CPython ${version}`, ({ skip }) => skip(whyWithoutCPython(version)));
    continue;
  }
  describe(`reference tracer in CPython ${version}`, () => {
    let tracer: ReferenceTracer;
    beforeAll(() => {
      tracer = new ReferenceTracer(python, { seconds: 1 });
    });
    afterAll(() => tracer.close());

    const run = (source: string, entry: Entry, stdin = '') => tracer.trace({ source, entry, stdin });

    it('starts with the call frame of the called function', async () => {
      const source = 'def f(x):\n    y = x + 1\n    return y\n\nz = f(10)\n';
      const trace = await run(source, { call: 'f(f(1) + 1)' });
      expect(summaries(trace)).toEqual(['call 1 f x=3', 'line 2 f x=3', 'line 3 f x=3 y=4', 'return 3 f 4']);
      expect(trace.outcome).toEqual({ kind: 'returned', value: '4' });
    });

    it('passes starred and keyword arguments on', async () => {
      const source = 'def f(*args, k=0, **rest):\n    return args, k, rest\n';
      const trace = await run(source, { call: "f(1, *[2, 3], k=4, **{'z': 5})" });
      expect(summaries(trace)[0]).toBe("call 1 f k=4 args=(1, 2, 3) rest={'z': 5}");
      expect(trace.outcome).toEqual({ kind: 'returned', value: "((1, 2, 3), 4, {'z': 5})" });
    });

    it('runs the marked function', async () => {
      const source = 'def g():\n    return 1\n\ndef main():  # << START_OF_TRACE\n    return g()\n';
      const trace = await run(source, { main: true });
      expect(summaries(trace)).toEqual([
        'call 4 main',
        'line 5 main',
        'call 1 g',
        'line 2 g',
        'return 2 g 1',
        'return 5 main 1',
      ]);
    });

    it('traces a script with only the names that the program binds', async () => {
      const source = 'n = int(input())\nprint(n * 2)\n__name__ = "other"\npass\n';
      const trace = await run(source, { script: true }, '21\n');
      expect(summaries(trace)).toEqual([
        'call 1 <module>',
        'line 1 <module>',
        'line 2 <module> n=21',
        'line 3 <module> n=21',
        "line 4 <module> __name__='other' n=21",
        'return 4 <module> None',
      ]);
      expect(trace.stdout).toBe('42\n');
      expect(trace.outcome).toEqual({ kind: 'returned', value: 'None' });
    });

    it('reports an exception in each scope that it leaves', async () => {
      const source = "def g(d):\n    return d['x']\n\ndef f():\n    return g({})\n";
      const trace = await run(source, { call: 'f()' });
      const tuple = "(<class 'KeyError'>, KeyError('x'), <traceback object>)";
      expect(summaries(trace)).toEqual([
        'call 4 f',
        'line 5 f',
        'call 1 g d={}',
        'line 2 g d={}',
        `exception 2 g ${tuple}`,
        'return 2 g None',
        `exception 5 f ${tuple}`,
        'return 5 f None',
      ]);
      expect(trace.outcome).toEqual({ kind: 'raised', type: 'KeyError', message: "'x'", line: 2 });
    });

    it('reports a generator with a frame for each resume and each yield', async () => {
      const source =
        'def g():\n    yield 1\n    return 2\n\ndef f():\n    it = g()\n    next(it)\n    return next(it, 0)\n';
      const trace = await run(source, { call: 'f()' });
      expect(summaries(trace)).toEqual([
        'call 5 f',
        'line 6 f',
        'line 7 f it=<generator object g>',
        'call 1 g',
        'line 2 g',
        'return 2 g 1',
        'line 8 f it=<generator object g>',
        'call 2 g',
        'line 3 g',
        'return 3 g 2',
        'return 8 f 0',
      ]);
    });

    it('follows only code of the program, also where a library calls it', async () => {
      const source =
        'import re\n\ndef up(m):\n    return m[0].upper()\n\ndef f(s):\n    exec("a = 1\\nb = 2")\n    return re.sub("b", up, s)\n';
      const trace = await run(source, { call: "f('abc')" });
      expect(new Set(trace.frames.map((frame) => frame.function))).toEqual(new Set(['f', 'up']));
      expect(trace.outcome).toEqual({ kind: 'returned', value: "'aBc'" });
    });

    it('drops addresses and names what a repr raises', async () => {
      const source =
        'class C:\n    def __repr__(self):\n        raise LookupError(1)\n\ndef f():\n    a, b = object(), C()\n    return b\n';
      const trace = await run(source, { call: 'f()' });
      expect(summaries(trace).slice(-2)).toEqual([
        'line 7 f a=<object object> b=<repr raised LookupError>',
        'return 7 f <repr raised LookupError>',
      ]);
    });

    it('keeps locals with the names of JavaScript built-ins', async () => {
      const trace = await run('def f():\n    __proto__ = 1\n    constructor = 2\n    return 3\n', { call: 'f()' });
      expect(trace.frames[3]?.locals).toEqual(
        new Map([
          ['__proto__', '1'],
          ['constructor', '2'],
        ]),
      );
    });

    it('tells an exception of the module from one of the entry', async () => {
      const atImport = await run('1 / 0\n', { call: 'f()' });
      expect(atImport.frames).toEqual([]);
      expect(atImport.outcome).toEqual({
        kind: 'raised',
        type: 'ZeroDivisionError',
        message: 'division by zero',
        line: 1,
        atImport: true,
      });
      const missing = await run('x = 1\n', { call: 'f()' });
      expect(missing.outcome).toEqual({ kind: 'raised', type: 'NameError', message: "name 'f' is not defined" });
      const broken = await run('x = 1\ndef f(:\n', { call: 'f()' });
      expect(broken.outcome).toMatchObject({ kind: 'raised', type: 'SyntaxError', line: 2, atImport: true });
    });

    it('qualifies the type of an exception as a traceback does', async () => {
      const library = await run("import json\njson.loads('')\n", { script: true });
      expect(library.outcome).toMatchObject({ kind: 'raised', type: 'json.decoder.JSONDecodeError', line: 2 });
      const own = await run('class A:\n    class B(Exception):\n        pass\nraise A.B(7)\n', { script: true });
      expect(own.outcome).toMatchObject({ kind: 'raised', type: 'A.B', message: '7', line: 4 });
    });

    it('lets no program change the next one', async () => {
      const spoil = 'import builtins, json, random\nbuiltins.len = json.dumps = None\nrandom.seed(99)\n';
      await run(spoil, { script: true });
      const draw = 'import random\n\ndef f():\n    return len([random.random()]), random.random()\n';
      const [first, second] = [await run(draw, { call: 'f()' }), await run(draw, { call: 'f()' })];
      expect(first.outcome.kind).toBe('returned');
      expect(second).toEqual(first);
    });

    it('stops an endless run and goes on with the next', async () => {
      const [endless, next] = await Promise.all([
        run('def f():\n    x = 10 ** 10 ** 8\n', { call: 'f()' }),
        run('def f():\n    return 1\n', { call: 'f()' }),
      ]);
      expect(endless.outcome).toMatchObject({ kind: 'halted', reason: 'time' });
      expect(next.outcome).toEqual({ kind: 'returned', value: '1' });
    });

    it('rejects what it cannot run, and goes on', async () => {
      await expect(run('import os\nos._exit(3)\n', { script: true })).rejects.toThrow('ended by itself');
      await expect(run('def main():\n    return 1\n', { main: true })).resolves.toMatchObject({
        outcome: { kind: 'raised', type: 'LookupError' },
      });
      expect((await run('def f():\n    return 1\n', { call: 'f()' })).outcome.kind).toBe('returned');
    });
  });
}

describe('reference tracer process', () => {
  it('takes no requests after it was closed', async ({ skip }) => {
    const python = findCPython('3.10');
    if (python === null) return skip(whyWithoutCPython('3.10'));
    const tracer = new ReferenceTracer(python);
    const last = tracer.trace({ source: 'x = 1\n', entry: { script: true } });
    await tracer.close();
    expect((await last).outcome.kind).toBe('returned');
    await expect(tracer.trace({ source: '', entry: { script: true } })).rejects.toThrow('ended');
  });

  it('rejects when the interpreter does not exist', async () => {
    await using tracer = new ReferenceTracer('/nonexistent/python');
    await expect(tracer.trace({ source: '', entry: { script: true } })).rejects.toThrow('ENOENT');
  });
});
