import { threadId, workerData } from 'node:worker_threads';
import { buildOf } from '../bridges/python/builds.ts';
import { encodeTrace } from '../bridges/python/codec.ts';
import { Replayer } from '../bridges/python/replayer.ts';
import { MEBIBYTE } from '../core/units.ts';
import { CONTROL, clockWord, type ThreadAnswer, type ThreadData, type ThreadTask } from './protocol.ts';

/** An interpreter's memory never shrinks and all of it is put back after each run: past this size a new one is cheaper. */
const RETIRE_BYTES = 96 * MEBIBYTE;

const data = workerData as ThreadData;
const replayer = await Replayer.boot(buildOf(data.python), data.compiled, data.image, data.budget);

function replay(task: ThreadTask): ThreadAnswer {
  Atomics.store(task.control, CONTROL.startedAt, clockWord());
  const { trace, runMs, resetMs } = replayer.replay(task.request, task.control);
  const retires = replayer.spoiled || replayer.memoryBytes > RETIRE_BYTES;
  return { kind: 'replayed', trace: encodeTrace(trace), runMs, resetMs, retires, threadId };
}

/** Entry of a replay thread; the pool calls it once a task. */
export default function handle(task: ThreadTask): ThreadAnswer {
  switch (task.kind) {
    case 'replay':
      return replay(task);
  }
}
