import { parseArgs } from 'node:util';
import { memoryMb } from '../bench/proc.ts';
import { loadPrograms } from '../bench/programs.ts';
import { slope } from '../bench/statistics.ts';
import { DEFAULT_BUDGET } from '../core/budget.ts';
import { PythonVersion, resolveProgram } from '../core/program.ts';
import { ReplayPool } from '../workers/pool.ts';

/**
 * Runs programs one after the other in a sandbox process with two threads, and watches the memory of this process and of
 * that one. Exits 1 where it grows on.
 */

/**
 * Runs between two looks at the memory. Between two collections of everything the memory rises for some ten thousand runs:
 * fewer runs in all would show that, and nothing else.
 */
const LOOK_EVERY = 250;
/** The first part of the looks is left out: what is made once, and the size that the heaps settle at. */
const SETTLES = 0.4;
/** The rest is looked at in so many parts. Of each counts the least: what lies above it is garbage that goes by itself. */
const PARTS = 6;
/** MB in a thousand runs that still count as none. */
const MOST_SLOPE = 1;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '120000' },
    python: { type: 'string', default: '3.10' },
  },
});
const runs = Number(values.runs);
const python = PythonVersion.parse(values.python);
const { programs } = loadPrograms();
const pool = new ReplayPool({ python, threads: 2, queue: 8, isolation: 'process' });
await pool.start();
const looks: { readonly thousands: number; readonly mb: number }[] = [];
let begun = 0;

async function runOn(): Promise<void> {
  while (begun < runs) {
    if (begun % LOOK_EVERY === 0) looks.push({ thousands: begun / 1000, mb: memoryMb(process.pid, 'VmRSS') });
    const { source, call } = programs[begun++ % programs.length] as (typeof programs)[number];
    const program = resolveProgram({ source, entry: { call }, python }, python);
    const { trace } = await pool.replay({ program, budget: DEFAULT_BUDGET });
    if (trace.outcome.kind === 'halted') throw new Error(`a run was halted: ${trace.outcome.detail}`);
  }
}

const start = performance.now();
await Promise.all(Array.from({ length: 4 }, runOn));
const seconds = (performance.now() - start) / 1000;
const settled = looks.slice(Math.floor(looks.length * SETTLES));
const part = Math.ceil(settled.length / PARTS);
const floors = Array.from({ length: Math.floor(settled.length / part) }, (_, index) =>
  settled.slice(index * part, (index + 1) * part).reduce((least, look) => (look.mb < least.mb ? look : least)),
);
const growth = slope(floors.map(({ thousands, mb }) => [thousands, mb]));
const sizes = settled.map(({ mb }) => mb);
console.log(
  `${runs} runs in ${seconds.toFixed(0)} s, ${pool.health.recycled} threads replaced; memory ${Math.min(...sizes).toFixed(0)} to ${Math.max(...sizes).toFixed(0)} MB, ${growth.toFixed(2)} MB more a thousand runs`,
);
await pool.close();
process.exitCode = growth <= MOST_SLOPE ? 0 : 1;
