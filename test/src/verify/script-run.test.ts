import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { useEngine } from './engine.ts';

const engine = useEngine({ workers: 1, python: ['3.14'] });

const CPYTHON = spawnSync('python3', ['--version']).status === 0;

/** Scripts that every Python runs alike. */
const SCRIPTS = [
  '',
  'print("a", 1)\nprint("b", end="")',
  'import sys\nprint("out")\nprint("err", file=sys.stderr)\nsys.stderr.write("more")',
  'import sys\nprint(sys.stdin.read().upper())',
  'print(sum(map(int, input().split())))',
  'import sys\nsys.exit()',
  'import sys\nsys.exit(3)',
  'import sys\nsys.exit(-1)',
  'import sys\nsys.exit(257)',
  'import sys\nsys.exit(None)',
  'import sys\nsys.exit("why")',
  'raise SystemExit(0)',
  'raise SystemExit("")',
  'raise SystemExit(True)',
  'raise SystemExit("0")',
  'class Stop(SystemExit):\n    pass\nraise Stop(4)',
  'class SystemExit(Exception):\n    code = 0\nraise SystemExit(0)',
  'print(1)\nraise ValueError("no")',
  'def f(:\n',
  'assert 1 == 2, "not so"',
  'raise KeyError("k")',
  'import not_a_module_of_this_world',
  'if __name__ == "__main__":\n    print("main")',
  'print("é ☃ U0001F600")',
];

describe('a script', () => {
  it.for(SCRIPTS)('%j prints and exits as in CPython', async (source, context) => {
    context.skip(!CPYTHON, 'python3 is not on this machine');
    const input = '3 4\nmore\n';
    const real = spawnSync('python3', ['-X', 'utf8', '-'], {
      input: `import sys, io\nsys.stdin = io.StringIO(${JSON.stringify(input)})\nexec(compile(${JSON.stringify(source)}, "program.py", "exec"))`,
      encoding: 'utf8',
    });
    const run = await engine.assay.run({ source, world: { stdin: input } });
    expect([run.status, run.exitCode, run.stdout]).toEqual(['finished', real.status, real.stdout]);
    if (real.stderr.startsWith('Traceback')) {
      // `str()` of a syntax error names the place as well.
      const last = run.stderr.trimEnd().split('\n').at(-1)?.replace(' (program.py, line 1)', '');
      expect(real.stderr.trimEnd().split('\n').at(-1)?.replace('__main__.', '')).toBe(last);
    } else expect(run.stderr).toBe(real.stderr);
  });

  it.each([
    ['time', 'while True:\n    pass', { ms: 500 }],
    ['time', 'while sum(range(10**6)):\n    pass', { ms: 300 }],
    ['resources', 'print("x" * 10**7)', {}],
    ['resources', 'x = bytearray(10**9)\nprint("got it")', { memory_mb: 64 }],
    ['refused', 'import threading\nthreading.Thread(target=print).start()', {}],
    ['refused', 'import subprocess\nsubprocess.run(["ls"])', {}],
  ] as const)('that cannot end by itself is told: %s', async (status, source, budget) => {
    const run = await engine.assay.run({ source: `print("begun")\n${source}`, budget });
    if (run.status === 'finished')
      expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining('MemoryError')]);
    else expect(run).toMatchObject({ status, exitCode: null, stderr: expect.stringMatching(/\S\n$/) });
  });

  it('leaves nothing behind for the next', async () => {
    const leave =
      'import sys, builtins\nbuiltins.left = 1\nopen("left", "w").write("x")\nprint("err", file=sys.stderr)';
    await engine.assay.run({ source: leave });
    const look = 'import os, builtins\nprint(os.path.exists("left"), hasattr(builtins, "left"))';
    expect(await engine.assay.run({ source: look })).toMatchObject({ stdout: 'False False\n', stderr: '' });
  });
});
