import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Daemon } from '../bench/daemon.ts';
import { PYTHON_VERSIONS } from '../core/program.ts';
import { runChaos } from '../test/workers/chaos.ts';

/**
 * Puts a thousand mixed requests to a daemon, 32 at one time, and kills the processes that run its programs meanwhile.
 * Exits 1 where a request is not answered, an honest one is not answered right, a hostile one is accepted, or memory
 * does not come back.
 */

/** How much more memory than before may be held afterwards. */
const MOST_GROWTH = 1.5;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000' },
    concurrency: { type: 'string', default: '32' },
    kills: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
  },
});
await using daemon = await Daemon.start({ python: '3.10', workers: availableParallelism() });
const report = await runChaos({
  url: daemon.url,
  pid: daemon.pid,
  requests: Number(values.requests),
  concurrency: Number(values.concurrency),
  kills: Number(values.kills),
  seed: Number(values.seed),
  python: PYTHON_VERSIONS,
});
const { answered, honest, hostile, kills, wrong, memoryMb } = report;
for (const line of wrong) console.log(`wrong      ${line}`);
console.log(
  `answered: ${answered} of ${values.requests} (${honest} honest, ${hostile} hostile), wrong: ${wrong.length}, kills: ${kills}, memory: ${memoryMb.before.toFixed(0)} MB before, ${memoryMb.after.toFixed(0)} MB after`,
);
const held = memoryMb.after <= memoryMb.before * MOST_GROWTH;
process.exitCode = wrong.length === 0 && answered === Number(values.requests) && held ? 0 : 1;
