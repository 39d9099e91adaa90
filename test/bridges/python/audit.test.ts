import { describe, expect, it } from 'vitest';
import { PYTHON_VERSIONS } from '../../../core/program.ts';
import { useReplays } from './replays.ts';

const TAMPERING: readonly (readonly [string, string])[] = [
  ['sys.settrace', 'import sys\nsys.settrace(None)\n'],
  ['sys.setprofile', 'import sys\nsys.setprofile(None)\n'],
  ['f_trace_lines', 'import sys\nsys._getframe().f_trace_lines = False\n'],
  ['f_trace_lines by setattr', "import sys\nsetattr(sys._getframe(), 'f_trace_lines', False)\n"],
  ['code.replace', 'def f(): pass\nf.__code__.replace(co_name="g")\n'],
  ['__code__', 'def f(): pass\ndef g(): pass\nf.__code__ = g.__code__\n'],
  [
    'settrace inside a repr',
    "import sys\nclass C:\n    def __repr__(self):\n        sys.settrace(None)\n        return ''\nc = C()\nx = 1\n",
  ],
  ['settrace in a finally', 'import sys\ntry:\n    1 / 0\nfinally:\n    sys.settrace(None)\n'],
];
const UNSUPPORTED: readonly (readonly [string, string])[] = [
  ['ctypes', 'import ctypes\n'],
  ['socket', 'import socket\n'],
  ['subprocess', 'import subprocess\n'],
  ['a module by its function', "__import__('_socket')\n"],
  ['a thread', 'import _thread\n_thread.start_new_thread(print, ())\n'],
  ['a process', "import os\nos.system('true')\n"],
  ['the end of the process', 'import os\nos._exit(0)\n'],
];

describe.each(PYTHON_VERSIONS)('the audit hook under Python %s', (python) => {
  const replays = useReplays(python);
  const outcomeOf = async (source: string) => (await replays.replay({ source, entry: { script: true } })).outcome;

  it.each(TAMPERING)('ends a run that uses %s', async (_, source) => {
    expect(await outcomeOf(source)).toMatchObject({ kind: 'halted', reason: 'tampered' });
  });

  it.each(UNSUPPORTED)('ends a run that needs %s', async (_, source) => {
    expect(await outcomeOf(source)).toMatchObject({ kind: 'halted', reason: 'unsupported' });
  });

  it('cannot be held by the program', async () => {
    const source =
      'import sys\ntry:\n    sys.settrace(None)\nexcept BaseException:\n    pass\nfinally:\n    print(1)\n';
    const { outcome, stdout } = await replays.replay({ source, entry: { script: true } });
    expect(outcome).toMatchObject({ kind: 'halted', reason: 'tampered' });
    expect(stdout).toBe('');
  });

  it('cannot be raised from before the program runs', async () => {
    expect(await outcomeOf("x = 1\ncompile('1', 'x', 'eval')\nexec('y = 2')\n")).toMatchObject({ kind: 'returned' });
  });

  it('lets a program have hooks of its own', async () => {
    const source =
      'import sys\nseen = []\nsys.addaudithook(lambda name, args: seen.append(name))\nopen("/dev/null").close()\nprint("open" in seen)\n';
    const { stdout } = await replays.replay({ source, entry: { script: true } });
    expect(stdout).toBe('True\n');
  });
});
