import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Daemon } from '../bench/daemon.ts';
import { familyOf, memoryMb } from '../bench/proc.ts';
import { loadPrograms, thinOut } from '../bench/programs.ts';
import { RewardClient } from '../bench/reward-client.ts';
import { percentile } from '../bench/statistics.ts';
import { PYTHON, prepareWorkload } from '../bench/workload.ts';
import { offer, saturate } from './load/offer.ts';
import type { Tally } from './load/tally.ts';
import { threadKiller, traffic } from './load/traffic.ts';

/**
 * Puts twice as many rewards to a daemon as it can give, 1 % of them hostile. On the way a run makes its thread hang, and
 * the sandbox process is killed. Exits 1 where a request is answered not at all or wrongly, or where the daemon does not
 * come back to the speed and the memory that it had. Each request has a run of its own, so that runs are what is short; with
 * `--share` eight requests share one, and the daemon's one thread for HTTP is short before. Linux only.
 */

const HOSTILE = 0.01;
const PROGRAMS = 256;
const CONCURRENCY = 64;
/** Of the load's time, what the daemon's capacity is measured for, before and after. */
const MEASURED = 0.25;
/** Of the load's time, how long the load before it is. */
const FIRST = 0.5;
/** How often its speed afterwards is measured, at most. */
const MEASURED_AGAIN = 3;
/** A daemon that was left alone gives memory back late. */
const REST_MS = 3_000;
/** Against what it was before: machines are busy with other things, and allocators keep what they had. */
const LEAST_SPEED = 0.5;
const MOST_MEMORY = 1.5;
/** Share of the requests. A machine that is busy with other things makes more. */
const MOST_CUT_OFF = 0.001;
/** The deadline of an item, and some for a busy machine. */
const LONGEST_MS = 20_000;
const SHOWN = 5;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    workers: { type: 'string', default: '2' },
    times: { type: 'string', default: '2' },
    share: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);

const programs = thinOut(loadPrograms().programs, PROGRAMS);
const { items } = await prepareWorkload({ source: 'load', programs }, null);
const requests = traffic(items, HOSTILE);
await using daemon = await Daemon.start({ python: PYTHON, workers: Number(values.workers), shares: values.share });
const client = new RewardClient(`${daemon.url}/v1/reward`, Number.POSITIVE_INFINITY);

const measure = () => saturate(client, requests, { seconds: seconds * MEASURED, concurrency: CONCURRENCY });
const cold = await measure();
// A first load brings the memory to where such a load brings it.
const first = await offer(client, requests, {
  rate: cold.rate * Number(values.times),
  seconds: seconds * FIRST,
  incidents: [],
});
const before = await measure();
await sleep(REST_MS);
const memoryBefore = memoryMb(daemon.pid, 'VmRSS');
console.log(`capacity: ${before.rate.toFixed(0)} rewards/s, resident memory ${memoryBefore.toFixed(0)} MB`);

const rate = before.rate * Number(values.times);
const tally = await offer(client, requests, {
  rate,
  seconds,
  incidents: [
    { at: seconds / 3, strike: threadKiller },
    { at: seconds / 2, strike: killSandbox },
  ],
});
show(`${rate.toFixed(0)} rewards/s for ${seconds} s`, tally);
const memoryPeak = memoryMb(daemon.pid, 'VmHWM');

const after = await recovered();
await sleep(REST_MS);
const memoryAfter = memoryMb(daemon.pid, 'VmRSS');
console.log(`capacity afterwards: ${after.rate.toFixed(0)} rewards/s`);
console.log(`resident memory: peak ${memoryPeak.toFixed(0)} MB, afterwards ${memoryAfter.toFixed(0)} MB`);
console.log(`threads replaced: ${await counter('assay_worker_restarts_total')}`);
client.close();

const wrong = [...first.wrong, ...before.tally.wrong, ...tally.wrong, ...after.wrong];
for (const line of wrong.slice(0, SHOWN)) console.log(`wrong: ${line.slice(0, 300)}`);
const findings = [
  finding('every request was answered once', tally.answered === tally.sent && tally.allMs.length === tally.sent),
  finding('no answer was wrong', wrong.length === 0),
  finding('the clock cut off hardly any honest run', tally.cutOff <= MOST_CUT_OFF * tally.sent),
  finding(`no answer took longer than ${LONGEST_MS} ms`, percentile(tally.allMs, 1) <= LONGEST_MS),
  finding('a good part of what there is capacity for was rewarded', tally.right >= LEAST_SPEED * before.rate * seconds),
  finding('it is as fast again', after.rate >= LEAST_SPEED * before.rate),
  finding('its memory is what it was after the first load', memoryAfter <= MOST_MEMORY * memoryBefore),
];
process.exitCode = findings.every(Boolean) ? 0 : 1;

/** The daemon's speed once the load is over; measured again where neighbours on the machine may have taken some of it. */
async function recovered(): Promise<{ rate: number; wrong: string[] }> {
  const phases = [await measure()];
  const best = () => Math.max(...phases.map(({ rate }) => rate));
  while (phases.length < MEASURED_AGAIN && best() < LEAST_SPEED * before.rate) phases.push(await measure());
  return { rate: best(), wrong: phases.flatMap(({ tally }) => tally.wrong) };
}

/** The process that descends from all others: the daemon may start it through other programs. */
function killSandbox(): undefined {
  const sandbox = familyOf(daemon.pid)
    .toReversed()
    .find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sandbox-process'));
  if (sandbox === undefined || sandbox === daemon.pid) throw new Error('the daemon has no sandbox process');
  process.kill(sandbox, 'SIGKILL');
  console.log(`the sandbox process ${sandbox} is killed`);
}

function show(name: string, { sent, right, held, shed, cutOff, wrong, rightMs, allMs }: Tally): void {
  console.log(
    `${name}: ${sent} sent, ${right} right, ${held} hostile held, ${shed} shed, ${cutOff} cut off, ${wrong.length} wrong`,
  );
  for (const [who, times] of [
    ['right answers', rightMs],
    ['all answers', allMs],
  ] as const) {
    if (times.length === 0) continue;
    const [p50, p99] = [0.5, 0.99].map((share) => percentile(times, share).toFixed(0));
    console.log(`${who}: p50 ${p50} ms, p99 ${p99} ms`);
  }
}

function finding(what: string, holds: boolean): boolean {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${what}`);
  return holds;
}

/** Sum of a metric of the daemon, over its labels. */
async function counter(name: string): Promise<number> {
  const text = await (await fetch(`${daemon.url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(name));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
