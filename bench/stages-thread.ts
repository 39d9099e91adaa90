import { parentPort, workerData } from 'node:worker_threads';
import { buildOf } from '../bridges/python/builds.ts';
import { decodeTrace } from '../bridges/python/codec.ts';
import { Replayer } from '../bridges/python/replayer.ts';
import { DEFAULT_BUDGET } from '../core/budget.ts';
import { compareTraces } from '../core/compare/trace.ts';
import { resolveProgram, sourceLines } from '../core/program.ts';
import type { VerifyRequest } from '../core/verdict.ts';
import { parseTrace } from '../neural/formats/index.ts';
import { noTimes, type StageOrder, type StagesThreadData, type StageTimes } from './stages.ts';
import { PYTHON } from './workload.ts';

const { compiled, image } = workerData as StagesThreadData;
const replayer = await Replayer.boot(buildOf(PYTHON), compiled, image, DEFAULT_BUDGET);

/** Takes one request through the stages of a verification and notes what each took. */
function takeThrough({ program, claim }: VerifyRequest, times: StageTimes): void {
  if (program === undefined || claim.kind !== 'trace') throw new Error('the request has no program or claims no trace');
  const start = performance.now();
  const claimed = parseTrace(claim, program.source);
  const parsed = performance.now();
  const resolved = resolveProgram(program, PYTHON);
  const { trace, runMs, resetMs } = replayer.replay({ program: resolved, budget: DEFAULT_BUDGET });
  const replayed = performance.now();
  const received = decodeTrace(trace);
  const transferred = performance.now();
  const { result } = compareTraces(claimed, received, sourceLines(program.source));
  const compared = performance.now();
  if (result !== 'agrees') throw new Error(`a true trace does not hold: ${result}`);
  times.parse.push(parsed - start);
  times.replay.push(runMs);
  times.reset.push(resetMs);
  times.transfer.push(transferred - replayed);
  times.compare.push(compared - transferred);
}

parentPort?.on('message', ({ requests, seconds }: StageOrder) => {
  const times = noTimes();
  const end = performance.now() + seconds * 1000;
  do {
    for (const request of requests) takeThrough(request, times);
  } while (performance.now() < end);
  parentPort?.postMessage(times);
});
parentPort?.postMessage('ready');
