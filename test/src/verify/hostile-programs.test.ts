import { describe, expect, it } from 'vitest';
import type { PythonVersion } from '../../../core/program.ts';
import { VerifyOptions, type VerifyRequest, type VerifyResponse } from '../../../core/verdict.ts';
import { useEngine, verdictOf } from './engine.ts';

const PYTHONS = ['3.10', '3.14'] as const;
const engine = useEngine({ python: PYTHONS });

const BUDGET_MS = 700;
/** What a run may outlast its budget by; generous, since other tests keep the machine busy. */
const GRACE_MS = 2000;
const OPTIONS = VerifyOptions.parse({ budget: { ms: BUDGET_MS, memory_mb: 96, steps: 100_000_000, trace_mb: 1024 } });

/** A program that is put to the test: the body of `f`, which a claim says to return 1. */
function hostile(body: string, python: PythonVersion): VerifyRequest {
  const source = `import sys, os, gc\n\ndef f():\n${body.replace(/^/gm, '    ')}\n    return 1\n`;
  return {
    program: { source, entry: { call: 'f()' }, python },
    claim: { kind: 'output', returns: '1' },
    options: OPTIONS,
  };
}

/** A claim that is right for an even number and wrong for an odd one. */
function honest(number: number, python: PythonVersion): VerifyRequest {
  const source = 'def f(n):\n    words = [str(i) for i in range(n)]\n    return len(words), sum(map(int, words))\n';
  const total = (number * (number - 1)) / 2 + (number % 2);
  return {
    program: { source, entry: { call: `f(${number})` }, python },
    claim: { kind: 'output', returns: `(${number}, ${total})` },
  };
}

const NUMBERS = Array.from({ length: 20 }, (_, index) => index);
const HONEST_VERDICTS = NUMBERS.map((number) => (number % 2 === 0 ? 'verified' : 'refuted'));

async function honestVerdicts(python: PythonVersion): Promise<string[]> {
  const answers = await Promise.all(NUMBERS.map((number) => engine.assay.verify(honest(number, python))));
  return answers.map(({ status }) => status);
}

/** The answer about a hostile program, while honest claims are asked about beside it and after it. */
async function survive(body: string, python: PythonVersion): Promise<VerifyResponse> {
  const start = performance.now();
  const answered = engine.assay.verify(hostile(body, python)).then((answer) => {
    expect(performance.now() - start - answer.timings_ms.queue).toBeLessThan(BUDGET_MS + GRACE_MS);
    return answer;
  });
  const [answer, beside] = await Promise.all([answered, honestVerdicts(python)]);
  expect(beside).toEqual(HONEST_VERDICTS);
  expect(await honestVerdicts(python)).toEqual(HONEST_VERDICTS);
  expect(answer.status).not.toBe('verified');
  return answer;
}

/** What a verdict may be: `budget` and the like for an inconclusive one, or the exception that the run really ends with. */
function summary(answer: VerifyResponse): string {
  const { status, reason } = verdictOf(answer);
  return reason ?? (status === 'refuted' ? (answer.output?.raises ?? 'refuted') : status);
}

const BUDGET = ['budget'];
const MEMORY = ['memory', 'budget'];
const SEALED = ['unsupported', 'tampered'];

const PROGRAMS: readonly (readonly [name: string, body: string, verdicts: readonly string[]])[] = [
  ['loops for ever', 'while True:\n    pass', BUDGET],
  [
    'catches all that could stop it',
    'while 1:\n    try:\n        while 1:\n            pass\n    except BaseException:\n        pass',
    BUDGET,
  ],
  ['stays in one C call', 'sum(range(10 ** 12))', BUDGET],
  ['makes a number of a billion bits', 'x = 7 ** 10 ** 9', MEMORY],
  [
    'sorts with an endless comparison',
    'class K:\n    def __lt__(self, other):\n        while 1: pass\nsorted([K(), K()])',
    BUDGET,
  ],
  ['has a repr that never ends', 'class K:\n    def __repr__(self):\n        while 1: pass\nk = K()', BUDGET],
  [
    'has a destructor that never ends',
    'class K:\n    def __del__(self):\n        while 1: pass\nk = K()\ndel k',
    BUDGET,
  ],
  ['backtracks for ever', "import re\nre.match('(a+)+$', 'a' * 40 + 'b')", BUDGET],
  ['prints for ever', "while 1:\n    print('x' * 1000)", BUDGET],
  ['fills its memory in small pieces', "x = []\nwhile 1:\n    x.append('a' * 10_000)", MEMORY],
  ['has a string of a gigabyte', "x = 'a' * 10 ** 9", MEMORY],
  ['has a list of a billion', 'x = [0] * 10 ** 9', MEMORY],
  ['has a set that doubles', 'x = {0}\nwhile 1:\n    x |= {n + len(x) for n in x}', MEMORY],
  ['nests a list until it overflows', 'x = []\nfor _ in range(10 ** 6): x = [x]', [...MEMORY, 'refuted']],
  ['recurses without end', 'def g(n):\n    return g(n + 1)\ng(0)', ['RecursionError']],
  [
    'recurses with another limit',
    'sys.setrecursionlimit(10 ** 9)\ndef g(n):\n    return g(n + 1)\ng(0)',
    [...MEMORY, 'RecursionError', ...SEALED],
  ],
  ['exits', 'sys.exit(3)', ['SystemExit']],
  ['exits at once', 'os._exit(0)', SEALED],
  ['aborts', 'os.abort()', SEALED],
  ['kills itself', 'import signal\nos.kill(os.getpid(), 9)', SEALED],
  ['puts another trace function', 'sys.settrace(lambda *a: None)', SEALED],
  ['puts no trace function', 'sys.settrace(None)', SEALED],
  ['puts a profile function', 'sys.setprofile(lambda *a: None)', SEALED],
  ['silences lines', 'sys._getframe().f_trace_lines = False', SEALED],
  ['starts a thread', 'import threading\nthreading.Thread(target=print).start()', SEALED],
  ['starts a process', "import subprocess\nsubprocess.run(['true'])", SEALED],
  ['forks', 'os.fork()', SEALED],
  ['opens a socket', 'import socket\nsocket.create_connection(("127.0.0.1", 80))', SEALED],
  ['reaches for the host', 'import js\njs.process', SEALED],
  ['reaches for memory', 'import ctypes\nctypes.string_at(0)', SEALED],
];

for (const python of PYTHONS) {
  describe(`a program under ${python} that`, () => {
    it.each(PROGRAMS)('%s is not verified and harms no other', async (_, body, verdicts) => {
      expect(verdicts).toContain(summary(await survive(body, python)));
    });

    it('takes more steps than it may is stopped at the step', async () => {
      const request = hostile('while True:\n    pass', python);
      const options = VerifyOptions.parse({ budget: { steps: 5000 } });
      const [one, other] = await Promise.all([1, 2].map(() => engine.assay.verify({ ...request, options })));
      expect(one && verdictOf(one)).toEqual({ status: 'inconclusive', reason: 'budget' });
      expect(one?.frames.true).toBeGreaterThan(4900);
      expect(other?.frames.true).toBe(one?.frames.true);
    });

    it('has a repr that raises is as undisturbed by it as in a real machine', async () => {
      const request = hostile('class K:\n    def __repr__(self):\n        return repr(self)\nk = K()', python);
      expect(verdictOf(await engine.assay.verify(request))).toEqual({ status: 'verified' });
    });

    it('is over its memory never has a MemoryError that its real machine would not give', async () => {
      const request = hostile("x = 'a' * 10 ** 9", python);
      const answer = await engine.assay.verify({ ...request, claim: { kind: 'output', raises: 'MemoryError' } });
      expect(verdictOf(answer)).toMatchObject({ status: 'inconclusive', reason: 'memory' });
    });

    it('catches its MemoryError is not taken at its word', async () => {
      const answer = await survive("try:\n    x = 'a' * 10 ** 9\nexcept MemoryError:\n    pass", python);
      expect(summary(answer)).toBe('memory');
    });
  });
}
