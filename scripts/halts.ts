import { readTransitions, transitionsRequest } from '../bridges/python/transitions.ts';
import { decideHalts } from '../symbolic/halts/halts.ts';
import { BudgetedSolver } from '../symbolic/solver/budgeted.ts';
import { haltsCases } from '../test/symbolic/halts/cases.ts';
import { ReplayPool } from '../workers/pool.ts';
import { SolverPool } from '../workers/solver-pool.ts';

/** Decides the programs of `test/cases/halts` and prints how each was decided, how many, and in what time. */

const LIMITS = { rlimit: 300_000, ms: 30_000 };
const BUDGET = { rlimit: 3_000_000, ms: 120_000 };

const interpreters = new ReplayPool({ python: '3.14', threads: 1, queue: 1 });
const solvers = new SolverPool({ threads: 1, queue: 1 });
const times: number[] = [];
const tally = { decided: 0, wrong: 0, undecided: 0 };
const cases = haltsCases();
for (const { name, source, entry, halts } of cases) {
  const written = readTransitions((await interpreters.replay(transitionsRequest(source, entry, '3.14'))).trace);
  if ('unsupported' in written) {
    tally.undecided++;
    console.log(`${name.padEnd(24)} unsupported: ${written.unsupported}, line ${written.line}`);
    continue;
  }
  const { system, given } = written;
  const values = given === null ? null : new Map(system.parameters.map((one, at) => [one, given[at] ?? 0n]));
  const started = performance.now();
  const { decided, certificate, reason } = await decideHalts(
    system,
    values,
    new BudgetedSolver(solvers, BUDGET),
    LIMITS,
  );
  const ms = performance.now() - started;
  times.push(ms);
  if (decided === null) tally.undecided++;
  else if ((decided ? 'yes' : 'no') === halts) tally.decided++;
  else tally.wrong++;
  const answer =
    decided === null ? `undecided (${reason})` : `${decided ? 'halts' : 'never halts'}: ${certificate.kind}`;
  console.log(`${name.padEnd(24)} ${answer.padEnd(32)} ${ms.toFixed(0)} ms`);
}
times.sort((one, other) => one - other);
const median = times[Math.trunc(times.length / 2)] ?? 0;
console.log(
  `${cases.length} programs: ${tally.decided} decided, ${tally.undecided} undecided, ${tally.wrong} wrong; ` +
    `median ${median.toFixed(0)} ms, longest ${(times.at(-1) ?? 0).toFixed(0)} ms`,
);
await Promise.all([interpreters.close(), solvers.close()]);
process.exitCode = tally.wrong === 0 ? 0 : 1;
