import type { Budget } from '../../core/budget.ts';
import type { PythonVersion } from '../../core/program.ts';
import type { Trace } from '../../core/trace.ts';
import type { ReplayRequest } from './run.ts';

const SOURCE = `\
def outer(n, step):
    total = 0
    def inner(k):
        nonlocal total
        total += k * step
        if total > 3:
            raise ValueError(str(total))
        return total
    try:
        while True:
            inner(n)
    except ValueError as error:
        return {'total': total, 'error': error.args}
`;

/** The trace of {@link SOURCE} that each supported Python makes: `event line function state`. */
const EXPECTED = `\
call 1 outer n=2 step=1
line 2 outer n=2 step=1
line 3 outer n=2 step=1 total=0
line 9 outer inner=<function outer.<locals>.inner> n=2 step=1 total=0
line 10 outer inner=<function outer.<locals>.inner> n=2 step=1 total=0
line 11 outer inner=<function outer.<locals>.inner> n=2 step=1 total=0
call 3 inner k=2 step=1 total=0
line 5 inner k=2 step=1 total=0
line 6 inner k=2 step=1 total=2
line 8 inner k=2 step=1 total=2
return 8 inner 2`;

/** A run whose trace is known: it reads slots, cells and values the way the build's structure layout says. */
export function probeRequest(python: PythonVersion, budget: Budget): ReplayRequest {
  return {
    program: {
      source: SOURCE,
      entry: { call: 'outer(2, 1)' },
      python,
      world: { seed: 0, clock: '2026-01-01T00:00:00Z', stdin: '', files: {} },
    },
    budget,
  };
}

function stateOf(locals: ReadonlyMap<string, string>): string {
  return [...locals]
    .map(([name, repr]) => `${name}=${repr}`)
    .sort()
    .join(' ');
}

/** @throws Error where the interpreter's trace is not the known one: its structure layout is not the pinned one */
export function assertProbe(python: PythonVersion, { frames, outcome }: Trace): void {
  const shown = Array.from(frames, ({ event, line, function: name, locals, arg }) => {
    return `${event} ${line} ${name} ${locals === undefined ? arg : stateOf(locals)}`;
  }).join('\n');
  const value = outcome.kind === 'returned' ? outcome.value : JSON.stringify(outcome);
  if (!shown.startsWith(EXPECTED) || value !== "{'total': 4, 'error': ('4',)}") {
    throw new Error(`the interpreter for Python ${python} does not trace as it should:\n${shown}\n${value}`);
  }
}
