import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DEFAULT_BUDGET } from '../core/budget.ts';
import { type Program, resolveProgram } from '../core/program.ts';
import { randomFrom } from '../test/bridges/python/shadow/mutated-inputs.ts';
import { checkPath, type PathReport } from '../test/bridges/python/shadow/path-exactness.ts';
import type { ShadowRuns } from '../test/bridges/python/shadow/shadow-runs.ts';
import { ReplayPool } from '../workers/pool.ts';

/** Measures path conditions on programs of CRUXEval: how many are exact, and whether any is wrong. */

const DATA = new URL('../../shared/data/cruxeval.jsonl', import.meta.url);
const PYTHON = '3.14';

const { values: options } = parseArgs({
  options: {
    mutations: { type: 'string', default: '50' },
    programs: { type: 'string', default: '800' },
    seed: { type: 'string', default: '1' },
  },
});

interface Row {
  readonly id: string;
  readonly code: string;
  readonly input: string;
}

const pool = new ReplayPool({ python: PYTHON, threads: 1, queue: 10 });
const times: { plain: number; shadow: number }[] = [];

const runs: ShadowRuns = {
  async shadow(program, asked = {}) {
    return (await pool.shadow({ ...asked, program: resolveProgram(program, PYTHON), budget: DEFAULT_BUDGET })).run;
  },
  async replay(program) {
    return (await pool.replay({ program: resolveProgram(program, PYTHON), budget: DEFAULT_BUDGET })).trace;
  },
};

async function measureTime(program: Program): Promise<void> {
  const request = { program: resolveProgram(program, PYTHON), budget: DEFAULT_BUDGET };
  const shadow = (await pool.shadow(request)).runMs;
  times.push({ plain: (await pool.replay(request)).replayMs, shadow });
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function printTimes(): void {
  const ratio = median(times.map(({ plain, shadow }) => shadow / plain));
  const [plain, shadow] = [median(times.map((one) => one.plain)), median(times.map((one) => one.shadow))];
  const figures = `${plain.toFixed(2)} ms plain, ${shadow.toFixed(2)} ms with terms`;
  console.log(`medians with the reset: ${figures}, ${ratio.toFixed(1)} times as long`);
}

function printReports(reports: readonly PathReport[]): void {
  for (const tag of ['exact', 'restricted', 'concretised', 'halted'] as const) {
    const count = reports.filter((report) => report.tag === tag).length;
    console.log(`${tag.padEnd(12)} ${String(count).padStart(4)}  ${((100 * count) / reports.length).toFixed(1)} %`);
  }
  const causes = Map.groupBy(
    reports.flatMap(({ causes }) => causes),
    (cause) => cause,
  );
  const ranked = [...causes].map(([cause, { length }]) => [cause, length] as const).sort((a, b) => b[1] - a[1]);
  console.log(`causes, by programs: ${ranked.map(([cause, count]) => `${cause} ${count}`).join(', ')}`);
  const sum = (of: (report: PathReport) => number) => reports.reduce((total, report) => total + of(report), 0);
  console.log(
    `mutated inputs: ${sum((one) => one.mutated)}, of which ${sum((one) => one.met)} meet the conditions and ` +
      `${sum((one) => one.finer)} take the same lines without`,
  );
  const wrong = sum((one) => one.wrong.length);
  const violations = sum((one) => one.violations.length);
  console.log(`runs that end otherwise than a plain one: ${wrong}; violations: ${violations}`);
  if (wrong + violations > 0) process.exitCode = 1;
}

if (existsSync(DATA)) {
  const rows = readFileSync(DATA, 'utf8')
    .trim()
    .split('\n')
    .slice(0, Number(options.programs))
    .map((line) => JSON.parse(line) as Row);
  const random = randomFrom(Number(options.seed));
  const reports: PathReport[] = [];
  await pool.start();
  for (const { id, code, input } of rows) {
    const source = `${code}\n`;
    const report = await checkPath(runs, { source, input }, Number(options.mutations), random);
    for (const fault of [...report.wrong, ...report.violations]) console.log(`${id}: ${fault}`);
    reports.push(report);
    await measureTime({ source, entry: { call: `f(${input})` } });
  }
  await pool.close();
  printReports(reports);
  printTimes();
} else {
  console.error('../shared/data/cruxeval.jsonl is absent');
  process.exitCode = 2;
}
