import { describe, expect, it } from 'vitest';
import { type Program, PYTHON_VERSIONS, type World } from '../../../core/program.ts';
import { useReplays } from './replays.ts';

describe.each(PYTHON_VERSIONS)('the world of Python %s', (python) => {
  const replays = useReplays(python);
  const printed = async (source: string, world: World = {}): Promise<string> => {
    const { outcome, stdout } = await replays.replay({ source, entry: { script: true }, world });
    expect(outcome).toEqual({ kind: 'returned', value: 'None' });
    return stdout;
  };

  it('has the clock of the request, which moves on with each look', async () => {
    const source =
      'import time, datetime\na = time.time()\nb = time.time()\nprint(datetime.datetime.now().isoformat()[:16], 0 < b - a < 1)\n';
    expect(await printed(source, { clock: '2031-05-06T07:08:00Z' })).toBe('2031-05-06T07:08 True\n');
  });

  it('sleeps without waiting', async () => {
    const start = performance.now();
    const source =
      'import time\na = time.monotonic()\ntime.sleep(86400)\nprint(86400 <= time.monotonic() - a < 86401)\n';
    expect(await printed(source)).toBe('True\n');
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('draws all entropy from the seed', async () => {
    const source =
      'import os, random, uuid, secrets\nprint(random.random(), os.urandom(4), uuid.uuid4(), secrets.token_hex(4), random.SystemRandom().random())\nprint(open("/dev/urandom", "rb").read(4), open("/dev/random", "rb").read(2))\n';
    const one = await printed(source, { seed: 1 });
    expect(await printed(source, { seed: 1 })).toBe(one);
    expect(await printed(source, { seed: 2 })).not.toBe(one);
  });

  it('seeds `random` with 0 unless told otherwise', async () => {
    const source = 'import random\nfirst = random.random()\nrandom.seed(0)\nprint(first == random.random())\n';
    expect(await printed(source)).toBe('True\n');
  });

  it('has the standard input of the request and none after its end', async () => {
    const source =
      'import sys\nprint(repr(input()), repr(sys.stdin.readline()), repr(sys.stdin.read()), repr(sys.stdin.read()))\n';
    expect(await printed(source, { stdin: 'één\ntwo\nthree\n' })).toBe("'één' 'two\\n' 'three\\n' ''\n");
  });

  it('raises EOFError at the end of the input', async () => {
    const { outcome } = await replays.replay({ source: 'input()\n', entry: { script: true } });
    expect(outcome).toMatchObject({ kind: 'raised', type: 'EOFError' });
  });

  it('keeps prompts and prints in their order, and standard error out of them', async () => {
    const source =
      "import os, sys\nprint('a', end='')\nx = input('b')\nos.write(1, b'c')\nsys.stdout.buffer.write(b'd')\nprint('e', file=sys.stderr)\nprint(x)\n";
    expect(await printed(source, { stdin: 'f\n' })).toBe('abcdf\n');
  });

  it('has the files of the request, and only these', async () => {
    const source =
      "import os\nprint(open('data.txt').read(), open('/tmp/deep/er/x').read(), sorted(os.listdir('.')), os.getcwd())\n";
    const files = { 'data.txt': 'ünï', '/tmp/deep/er/x': 'y' };
    expect(await printed(source, { files })).toBe("ünï y ['data.txt'] /home/user\n");
    expect(await printed("import os\nprint(os.listdir('.'), os.listdir('/tmp'))\n")).toBe('[] []\n');
  });

  it('is no terminal, and has a plain environment', async () => {
    const source = 'import os, sys\nprint([os.isatty(n) for n in range(3)], sys.argv, sorted(os.environ))\n';
    expect(await printed(source)).toBe(
      "[False, False, False] ['program.py'] ['HOME', 'LANG', 'PATH', 'PYTHONHASHSEED']\n",
    );
  });

  it('has the same hashes each time', async () => {
    expect(await printed("print(hash('x'))\n")).toBe(await printed("print(hash('x'))\n"));
  });

  it('bounds memory the same whatever ran before', async () => {
    const program: Program = { source: 'x = bytearray(55 * 2**20)\n', entry: { script: true } };
    const outcomeIn = async (memory_mb: number) => (await replays.replay(program, { memory_mb })).outcome;
    // The instance's memory stays as large as this makes it.
    expect(await outcomeIn(128)).toMatchObject({ kind: 'returned' });
    expect(await outcomeIn(64)).toMatchObject({ kind: 'halted', reason: 'memory' });
    expect(await outcomeIn(128)).toMatchObject({ kind: 'returned' });
  });

  it.each([
    ['output', "print('x' * 3000)", { output_kb: 1 }],
    ['files', "open('x', 'wb').write(bytes(2 * 2**20))", { files_mb: 1 }],
    ['memory', 'x = bytearray(200 * 2**20)', { memory_mb: 64 }],
    ['steps', 'while True:\n    pass', { steps: 1000 }],
    ['time', 'while True:\n    pass', { steps: 100_000_000, ms: 200 }],
    ['trace', "x = 'a' * 10**6\nfor _ in range(9):\n    pass", { trace_mb: 1 }],
  ] as const)('ends a run that is over its %s budget, and keeps its frames so far', async (reason, source, budget) => {
    const { outcome, frames } = await replays.replay({ source: `${source}\n`, entry: { script: true } }, budget);
    expect(outcome).toMatchObject({ kind: 'halted', reason });
    expect(frames.slice(0, 2).map(({ event, line }) => `${event} ${line}`)).toEqual(['call 1', 'line 1']);
  });
});
