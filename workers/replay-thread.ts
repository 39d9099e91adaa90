import { parentPort, threadId, workerData } from 'node:worker_threads';
import { buildOf } from '../bridges/python/builds.ts';
import { Replayer } from '../bridges/python/replayer.ts';
import { MEBIBYTE } from '../core/units.ts';
import { lockRealm } from './lock-realm.ts';
import {
  begin,
  NOT_BEGUN,
  type ReplayOrder,
  type ShadowOrder,
  type ThreadAnswer,
  type ThreadData,
  type ThreadNews,
  type ThreadTask,
} from './protocol.ts';

/** An interpreter's memory never shrinks and all of it is put back after each run: past this size a new one is cheaper. */
const RETIRE_BYTES = 96 * MEBIBYTE;

type Handler = (task: ThreadTask) => Promise<ThreadAnswer | typeof NOT_BEGUN>;

type Beside = Pick<ThreadTask, 'control' | 'task'>;

function say(news: ThreadNews, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(news, transfer);
}

function retires(replayer: Replayer): boolean {
  return replayer.spoiled || replayer.memoryBytes > RETIRE_BYTES;
}

function replay(replayer: Replayer, { request, control, task }: ReplayOrder & Beside): ThreadAnswer {
  const send = (block: Uint8Array<ArrayBuffer>): void => say({ kind: 'block', task, block }, [block.buffer]);
  const { trace, blocks, runMs, resetMs } = replayer.replay(request, control, send);
  return { kind: 'replayed', body: trace, blocks, runMs, resetMs, retires: retires(replayer), threadId };
}

function shadow(replayer: Replayer, { request, control }: ShadowOrder & Beside): ThreadAnswer {
  const { answer, runMs, resetMs } = replayer.shadow(request, control);
  const body = new TextEncoder().encode(answer);
  return { kind: 'shadowed', body, blocks: 0, runMs, resetMs, retires: retires(replayer), threadId };
}

async function boot(): Promise<Handler> {
  const data = workerData as ThreadData;
  const replayer = await Replayer.boot(buildOf(data.python), data.compiled, data.image, data.budget);
  if (data.sealed) lockRealm();
  say({ kind: 'booted', threadId });
  const answer = (task: ThreadTask): ThreadAnswer => {
    switch (task.kind) {
      case 'replay':
        return replay(replayer, task);
      case 'shadow':
        return shadow(replayer, task);
    }
  };
  let retired = false;
  const next = (task: ThreadTask): ThreadAnswer | typeof NOT_BEGUN => {
    if (retired || !begin(task.control, threadId)) return NOT_BEGUN;
    const answered = answer(task);
    retired = answered.retires;
    return answered;
  };
  return oneAfterAnother(next);
}

/**
 * Begins no task before the answer to the last one is on its way: the library calls the handler for all tasks that it
 * finds before it sends an answer. It sends one as the reaction to the handler's promise, which comes before any
 * reaction to a promise that is settled by another reaction to the same.
 */
function oneAfterAnother<Task, Answer>(handle: (task: Task) => Answer): (task: Task) => Promise<Answer> {
  let sent: Promise<unknown> = Promise.resolve();
  return (task) => {
    const answer = sent.then(() => handle(task));
    sent = answer.then(
      () => {},
      () => {},
    );
    return answer;
  };
}

/** Ends the thread by the error itself: the pool would look for another way to load this module, and report that. */
function fail(error: unknown): Promise<never> {
  setImmediate(() => {
    throw error;
  });
  return new Promise(() => {});
}

/**
 * Entry of a replay thread; the pool calls what it resolves to, once a task. It is not awaited here, because the pool
 * would then need code made from strings to load this module.
 */
export default boot().catch(fail);
