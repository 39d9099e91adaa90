import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { buildOf } from '../../bridges/python/builds.ts';
import { DEFAULT_BUDGET } from '../../core/budget.ts';
import { loadImage } from '../../workers/image-store.ts';
import { loadModule } from '../../workers/module-store.ts';
import { threadOptions } from '../../workers/thread-options.ts';
import type { Measured, Scenario } from '../scenario.ts';
import { STAGES, type StageOrder, type StagesThreadData, type StageTimes } from '../stages.ts';
import { percentile } from '../statistics.ts';
import { PYTHON } from '../workload.ts';

/** What each stage of a verification takes, one after the other in one thread. */
export const stages: Scenario = {
  name: 'stages',
  about: 'stages of one verification, in one thread; median and 99th percentile over the programs',
  units: Object.fromEntries(STAGES.flatMap((stage) => [`${stage}-p50`, `${stage}-p99`].map((name) => [name, 'ms']))),
  async open() {
    const thread = await startThread();
    return {
      async round(sample, seconds) {
        const order: StageOrder = { requests: sample.map(({ request }) => request), seconds };
        thread.postMessage(order);
        const [times] = (await once(thread, 'message')) as [StageTimes];
        return percentiles(times);
      },
      async [Symbol.asyncDispose]() {
        await thread.terminate();
      },
    };
  },
};

/** A thread of its own, because an interpreter owns its realm. */
async function startThread(): Promise<Worker> {
  const build = buildOf(PYTHON);
  const compiled = await loadModule(build);
  const workerData: StagesThreadData = { compiled, image: await loadImage(build, compiled, DEFAULT_BUDGET) };
  const { resourceLimits } = threadOptions(build);
  const thread = new Worker(new URL('../stages-thread.ts', import.meta.url), { workerData, resourceLimits });
  await once(thread, 'message');
  return thread;
}

function percentiles(times: StageTimes): Measured {
  return Object.fromEntries(
    STAGES.flatMap((stage) => [
      [`${stage}-p50`, percentile(times[stage], 0.5)],
      [`${stage}-p99`, percentile(times[stage], 0.99)],
    ]),
  );
}
