import type { Image } from '../bridges/python/image.ts';
import type { VerifyRequest } from '../core/verdict.ts';

/** The stages that one verification goes through; `transfer` is the reading of a trace that came from a replay thread. */
export const STAGES = ['parse', 'replay', 'reset', 'transfer', 'compare'] as const;
export type Stage = (typeof STAGES)[number];

/** Milliseconds of each stage, one entry a request. */
export type StageTimes = Record<Stage, number[]>;

/** What `stages-thread.ts` gets at its start; it posts `'ready'` once it can be asked. */
export interface StagesThreadData {
  readonly compiled: WebAssembly.Module;
  readonly image: Image;
}

/** What `stages-thread.ts` is asked for: all requests, again and again until the time is over. */
export interface StageOrder {
  readonly requests: readonly VerifyRequest[];
  readonly seconds: number;
}

export function noTimes(): StageTimes {
  return { parse: [], replay: [], reset: [], transfer: [], compare: [] };
}
