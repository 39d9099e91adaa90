import { describe, expect, it } from 'vitest';
import type { PythonVersion } from '../../../core/program.ts';
import { VerifyOptions, type VerifyRequest } from '../../../core/verdict.ts';
import { createAssay } from '../../../src/verify/assay.ts';
import { loadCases } from '../../cases/cases.ts';
import { useEngine, withoutTimings } from './engine.ts';

const engine = useEngine({ python: ['3.10', '3.14'] });

/** Programs whose runs could differ if anything from outside, or from another run, came in. */
const MOODY = `import random, time, os, uuid, datetime, sys, tempfile, threading

class Thing:
    pass

def f():
    seen = set('the quick brown fox jumps over the lazy dog'.split())
    words = list(seen)
    number = random.random(), os.urandom(4), uuid.uuid4().hex, random.SystemRandom().random()
    moment = time.time(), time.perf_counter(), time.monotonic(), datetime.datetime.now().isoformat()
    address = id(Thing()) == id(Thing()), hash('text'), repr(Thing())
    place = tempfile.gettempdir(), os.getpid(), os.getcwd(), sys.argv, threading.get_ident()
    time.sleep(0.25)
    later = time.time()
    return words, number, moment, address, place, later
`;

function moody(python: PythonVersion): VerifyRequest {
  return {
    program: { source: MOODY, entry: { call: 'f()' }, python },
    claim: { kind: 'trace', format: 'json', frames: [{ event: 'call', line: 6, function: 'f', locals: {} }] },
  };
}

/** A program that leaves as much behind as it can. */
const SPOILING = `import builtins, random, sys, os, time, json

def f():
    random.seed(99)
    builtins.len = lambda x: 7
    json.dumps = None
    sys.modules['math'] = None
    sys.path.clear()
    os.environ['X'] = '1'
    os.chdir('/tmp')
    open('left.txt', 'w').write('x')
    time.time = lambda: 0
    sys.setrecursionlimit(50)
    return 1
`;

function spoiling(python: PythonVersion): VerifyRequest {
  return {
    program: { source: SPOILING, entry: { call: 'f()' }, python },
    claim: { kind: 'output', returns: '1' },
  };
}

/** Ends its thread from inside one C call, which nothing but the thread's end can stop. */
function crashing(python: PythonVersion): VerifyRequest {
  return {
    program: { source: 'def f():\n    return sum(range(10 ** 12))\n', entry: { call: 'f()' }, python },
    claim: { kind: 'output', returns: '0' },
    options: VerifyOptions.parse({ budget: { ms: 200 } }),
  };
}

/** The answer to a request as bytes, but for the time that it took. */
async function bytes(request: VerifyRequest, assay = engine.assay): Promise<string> {
  return JSON.stringify(withoutTimings(await assay.verify(request)));
}

describe.each(['3.10', '3.14'] as const)('the same request under %s gets the same answer', (python) => {
  it('again and again, on every worker', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => bytes(moody(python))));
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({
      status: 'incomplete',
      output: { returns: expect.anything() },
    });
  });

  it('after programs that leave something behind', async () => {
    const before = await bytes(moody(python));
    const spoiled = await Promise.all(Array.from({ length: 8 }, () => engine.assay.verify(spoiling(python))));
    expect(spoiled.map(({ status }) => status)).toEqual(Array(8).fill('verified'));
    expect(new Set(await Promise.all(Array.from({ length: 4 }, () => bytes(moody(python)))))).toEqual(
      new Set([before]),
    );
  });

  it('after a worker was lost, and on another engine', async () => {
    const before = await bytes(moody(python));
    const lost = await Promise.all([crashing(python), crashing(python)].map((request) => engine.assay.verify(request)));
    expect(lost.map(({ reason }) => reason)).toEqual(['budget', 'budget']);
    expect(new Set(await Promise.all(Array.from({ length: 4 }, () => bytes(moody(python)))))).toEqual(
      new Set([before]),
    );
    const other = createAssay({ workers: 1 });
    try {
      expect(await bytes(moody(python), other)).toBe(before);
    } finally {
      await other.close();
    }
  });

  it('in any order of requests', { timeout: 60_000 }, async () => {
    const requests = loadCases()
      .filter((one) => one.python.includes(python))
      .map(
        ({ source, entry, stdin, returns = 'None' }): VerifyRequest => ({
          program: { source, entry, python, world: { stdin } },
          claim: { kind: 'output', returns },
        }),
      );
    const forward = await Promise.all(requests.map((request) => bytes(request)));
    const backward = await Promise.all(requests.toReversed().map((request) => bytes(request)));
    expect(backward.toReversed()).toEqual(forward);
  });
});
