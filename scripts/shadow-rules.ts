import { parseArgs } from 'node:util';
import { DEFAULT_BUDGET } from '../core/budget.ts';
import { PYTHON_VERSIONS, type PythonVersion, resolveProgram } from '../core/program.ts';
import { checkProgram, readCheck } from '../test/bridges/python/shadow/rules-check.ts';
import { ReplayPool } from '../workers/pool.ts';

/** Holds the rules of shadow runs against the plain operations, in our interpreters, on many arguments. */

const { values: options } = parseArgs({
  options: { python: { type: 'string' }, runs: { type: 'string', default: '1000' } },
});
const versions = PYTHON_VERSIONS.filter((version) => options.python === undefined || options.python === version);

async function check(python: PythonVersion): Promise<boolean> {
  const pool = new ReplayPool({ python, threads: 1, queue: 1 });
  const program = resolveProgram(checkProgram(Number(options.runs)), python);
  try {
    const { trace } = await pool.replay({ program, budget: { ...DEFAULT_BUDGET, ms: 3_600_000 }, untraced: true });
    const { faults, summary } = readCheck(trace.stdout);
    for (const fault of faults) console.log(fault);
    console.log(`Python ${python}: ${trace.outcome.kind === 'returned' ? summary : JSON.stringify(trace.outcome)}`);
    return trace.outcome.kind === 'returned' && faults.length === 0;
  } finally {
    await pool.close();
  }
}

for (const python of versions) {
  if (!(await check(python))) process.exitCode = 1;
}
