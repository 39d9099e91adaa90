import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CPython, chooseCPython } from './cpython.ts';
import { type Options, readOptions, USAGE, UsageError } from './options.ts';
import { loadPrograms, thinOut } from './programs.ts';
import { BenchResult, comparisonsOf, figuresOf, machineFacts } from './result.ts';
import { type Entrant, runRounds } from './rounds.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/list.ts';
import { renderResult } from './table.ts';
import { prepareWorkload, type Workload } from './workload.ts';

const LATEST = fileURLToPath(new URL('results/latest.json', import.meta.url));

/** Why a scenario cannot run here; null where it can. */
function whySkipped({ cpython, linux }: Scenario, found: CPython | null): string | null {
  if (cpython === true && found === null) return 'there is no python3';
  if (linux === true && process.platform !== 'linux') return 'it reads /proc';
  return null;
}

async function measure(scenarios: readonly Scenario[], workload: Workload, options: Options) {
  await using open = new AsyncDisposableStack();
  const entrants: Entrant[] = [];
  for (const scenario of scenarios) entrants.push({ scenario, runner: open.use(await scenario.open(workload)) });
  return await runRounds(entrants, workload.items, options, (line) => console.error(line));
}

async function main(options: Options): Promise<void> {
  const asked = SCENARIOS.filter(({ name }) => options.only.includes(name));
  const cpython = asked.some((scenario) => scenario.cpython) ? chooseCPython() : null;
  const machine = machineFacts(cpython?.version ?? null);
  const skipped = asked.flatMap((scenario) => {
    const reason = whySkipped(scenario, cpython);
    return reason === null ? [] : [{ scenario: scenario.name, reason }];
  });
  const scenarios = asked.filter((scenario) => whySkipped(scenario, cpython) === null);
  const set = loadPrograms();
  console.error(`tracing the programs of ${set.source}${cpython === null ? '' : ' on both sides'}`);
  const workload = await prepareWorkload({ ...set, programs: thinOut(set.programs, options.programs) }, cpython);
  const series = await measure(scenarios, workload, options);
  const result = BenchResult.parse({
    machine,
    programs: { source: set.source, measured: workload.items.length, left_out: workload.leftOut },
    rounds: options.rounds,
    seconds: options.seconds,
    figures: figuresOf(scenarios, series),
    comparisons: comparisonsOf(series),
    skipped,
  });
  await mkdir(dirname(options.json), { recursive: true });
  await writeFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(renderResult(result));
}

// Children end when this process exits in its own way, and a signal's default is none.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));

try {
  const options = readOptions(process.argv.slice(2), LATEST);
  if (options === null) process.stdout.write(USAGE);
  else await main(options);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
