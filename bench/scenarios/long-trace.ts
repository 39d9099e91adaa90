import { z } from 'zod';
import { VerifyRequest } from '../../core/verdict.ts';
import type { CPython } from '../cpython.ts';
import { Daemon } from '../daemon.ts';
import { LineProcess } from '../line-process.ts';
import { memoryMb } from '../proc.ts';
import type { Scenario } from '../scenario.ts';
import { PYTHON } from '../workload.ts';

/** Two line events each. */
const ITERATIONS = 500_000;
const SOURCE = `def f(n):
    total = 0
    for i in range(n):
        total = (total * 31 + i) % 1000003
    return total
`;
const CALL = `f(${ITERATIONS})`;
const BUDGET = { steps: 2 * ITERATIONS + 10, ms: 120_000, trace_mb: 1024 };

/** How the run begins, with a wrong `total` in the last frame. */
const WRONG_FRAMES = [
  { event: 'call', line: 1, locals: { n: String(ITERATIONS) } },
  { event: 'line', line: 2, locals: { n: String(ITERATIONS) } },
  { event: 'line', line: 3, locals: { n: String(ITERATIONS), total: '1' } },
];

const CPythonAnswer = z.object({
  frames: z.int(),
  returns: z.string(),
  seconds: z.number(),
  peak_mb: z.number(),
});

/** A run of 10^6 steps, each with its values: a fresh daemon verifies what it returns. */
export const longTrace: Scenario = {
  name: 'long-trace',
  about:
    'steps a second of a run of a million steps with all values, and peak memory of a fresh daemon; the same run ended where a claim is wrong at its first steps',
  units: { rate: 'steps/s', peak: 'MB', stopped: 'ms' },
  linux: true,
  open() {
    const returns = String(expected());
    const program = { source: SOURCE, entry: { call: CALL }, python: PYTHON } as const;
    const claim = { kind: 'output', returns };
    const request = VerifyRequest.parse({ program, claim, options: { budget: BUDGET } });
    const body = JSON.stringify(request);
    const wrong = JSON.stringify({
      program,
      claim: { kind: 'trace', format: 'json', frames: WRONG_FRAMES },
      options: { budget: BUDGET, correction: false, stop_at_divergence: true },
    });
    return {
      async round() {
        await using daemon = await Daemon.start({ python: PYTHON, workers: 1 });
        const start = performance.now();
        await daemon.verifyAll([body]);
        const seconds = (performance.now() - start) / 1000;
        const peak = memoryMb(daemon.pid, 'VmHWM');
        const again = performance.now();
        await daemon.refuteAll([wrong]);
        return { rate: (2 * ITERATIONS) / seconds, peak, stopped: performance.now() - again };
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};

/** The same run under CPython's own tracer, which keeps every frame and compares nothing. */
export const longTraceCPython: Scenario = {
  name: 'long-trace-cpython',
  about: 'the same by a fresh python3 in its own process, not isolated, not compared',
  units: { rate: 'steps/s', peak: 'MB' },
  cpython: true,
  open({ cpython }) {
    return {
      round: () => traceWith(cpython),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};

async function traceWith(cpython: CPython | null) {
  if (cpython === null) throw new Error('there is no CPython');
  await using tracer = new LineProcess(cpython, 'long_trace.py');
  const [line = ''] = await tracer.ask([JSON.stringify({ source: SOURCE, call: CALL })]);
  const { frames, returns, seconds, peak_mb: peak } = CPythonAnswer.parse(JSON.parse(line));
  if (returns !== String(expected())) throw new Error(`CPython says that ${CALL} is ${returns}`);
  // A call and a return besides.
  return { rate: (frames - 2) / seconds, peak };
}

/** What the program returns. */
function expected(): number {
  let total = 0;
  for (let i = 0; i < ITERATIONS; i++) total = (total * 31 + i) % 1_000_003;
  return total;
}
