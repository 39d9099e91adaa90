import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { buildOf } from '../../../bridges/python/builds.ts';
import { Replayer } from '../../../bridges/python/replayer.ts';
import type { ReplayRequest } from '../../../bridges/python/run.ts';
import type { ThreadData } from '../../../workers/protocol.ts';

/** What a run did, and what it left behind in its thread. */
export interface RestoreReport {
  readonly trace: Uint8Array;
  /** The whole memory is that of the image again. */
  readonly restored: boolean;
  /** The thread says itself that it must not be used again. */
  readonly spoiled: boolean;
  /** How often a table of the module grew. */
  readonly tableGrowths: number;
  /** Properties of the realm's globals and of the prototypes that everything inherits from. */
  readonly realm: string;
}

const PROTOTYPES = [Object, Array, Function, String, Number, Promise, Map, Set, Uint8Array, ArrayBuffer, Error];

function realm(): string {
  return JSON.stringify(
    [globalThis, ...PROTOTYPES.map((one) => one.prototype)].map((one) => Reflect.ownKeys(one).map(String)),
  );
}

// The engine's start-up code looks for its packages, which there are none of; a replay thread never gets to hear of it.
process.on('unhandledRejection', () => {});
const { python, compiled, image, budget } = workerData as ThreadData;
const replayer = await Replayer.boot(buildOf(python), compiled, image, budget);
let tableGrowths = 0;
const { grow } = WebAssembly.Table.prototype;
WebAssembly.Table.prototype.grow = function (this: WebAssembly.Table, ...args) {
  tableGrowths++;
  return grow.apply(this, args);
};

parentPort?.on('message', (request: ReplayRequest) => {
  const { trace } = replayer.replay(request);
  const { spoiled } = replayer;
  const report: RestoreReport = {
    trace,
    restored: replayer.isRestored(),
    spoiled,
    tableGrowths,
    realm: realm(),
  };
  parentPort?.postMessage(report);
});
parentPort?.postMessage('ready');
