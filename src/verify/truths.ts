import type { ReplayRequest } from '../../bridges/python/run.ts';
import { haltedTrace } from '../../core/trace.ts';
import { LATE, type ReplayOptions, type ReplayPool } from '../../workers/pool.ts';
import type { RunCache } from '../sharing/run-cache.ts';
import { runKey } from '../sharing/run-key.ts';
import { DeadlinePassed, SharedWork } from '../sharing/shared-work.ts';
import { type Check, checkName, findTruth, isLasting, type Truth } from './truth.ts';

/** How runs are shared between requests that ask for the same one. */
export interface Sharing {
  /** Keeps runs for later requests; without it they are shared only while they are under way. */
  readonly cache?: RunCache;
}

export interface TruthOptions extends ReplayOptions {
  /** Run the program now, whoever may have run it before: for what checks the interpreter and not the claim. */
  readonly fresh?: boolean;
}

/** What programs do, found once for all who ask at one time, and kept where there is a cache. */
export class Truths {
  readonly #poolOf: (request: ReplayRequest) => ReplayPool;
  readonly #sharing: Sharing | undefined;
  readonly #underWay = new SharedWork<Truth>();

  /** @param sharing undefined shares nothing */
  constructor(poolOf: (request: ReplayRequest) => ReplayPool, sharing: Sharing | undefined) {
    this.#poolOf = poolOf;
    this.#sharing = sharing;
  }

  /**
   * What a program does, tested so far.
   *
   * @throws Fault as the pool does; the signal's reason where it fires first
   */
  async of(request: ReplayRequest, check: Check, options: TruthOptions): Promise<Truth> {
    const sharing = this.#sharing;
    // What one caller has seen enough of is no run for another one.
    if (sharing === undefined || options.fresh === true || options.isEnough !== undefined) {
      return await findTruth(this.#poolOf(request), request, check, options);
    }
    const key = runKey(request, checkName(check));
    const kept = sharing.cache?.get(key);
    if (kept !== undefined) return { trace: kept, doubt: null, queueMs: 0, replayMs: 0 };

    const { caller, patienceMs } = options;
    const asked = performance.now();
    const work = async (signal: AbortSignal): Promise<Truth> => {
      const entry = {
        signal,
        ...(caller !== undefined && { caller }),
        ...(patienceMs !== undefined && { patienceMs }),
      };
      const truth = await findTruth(this.#poolOf(request), request, check, entry);
      if (isLasting(truth)) sharing.cache?.put(key, truth.trace);
      return truth;
    };
    try {
      return await this.#underWay.wait(key, work, options);
    } catch (error) {
      if (!(error instanceof DeadlinePassed)) throw error;
      return { trace: haltedTrace('time', LATE), doubt: null, queueMs: performance.now() - asked, replayMs: 0 };
    }
  }

  /** Writes what is still to be written. */
  close(): void {
    this.#sharing?.cache?.close();
  }
}
