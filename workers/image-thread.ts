import { parentPort, workerData } from 'node:worker_threads';
import { buildOf } from '../bridges/python/builds.ts';
import { makeImage } from '../bridges/python/replayer.ts';
import type { ImageThreadData } from './protocol.ts';

/** Entry of a thread that makes one interpreter image and posts it. */
const { python, budget, compiled } = workerData as ImageThreadData;
parentPort?.postMessage(await makeImage(buildOf(python), compiled, budget));
