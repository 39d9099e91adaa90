import type { Budget } from '../../core/budget.ts';
import { Fault } from '../../core/fault.ts';
import { POLICY_VERSION } from '../../core/stamp.ts';
import { VerifyOptions, type VerifyResponse } from '../../core/verdict.ts';
import { type Extracted, extractClaim } from '../../neural/extract/index.ts';
import { VERSION } from '../config/version.ts';
import type { Assay, CallOptions } from '../verify/assay.ts';
import { FAILED_METRICS, metricsOf, NO_REWARD_METRICS, type RewardMetrics } from './metrics.ts';
import type {
  FailureClass,
  OnInconclusive,
  RewardDetail,
  RewardFailure,
  RewardItem,
  RewardResponse,
  RewardStatus,
} from './reward-request.ts';
import { SCHEMES, type SchemeName } from './schemes/list.ts';

/** What an item may take, queue included, in milliseconds: the shortest client waits 15 s. */
const ITEM_MS = 12_000;
/** What a whole request may take: the next shortest clients wait 28 s. */
const REQUEST_MS = 25_000;
/** Items of one request that are under way at one time. */
const CONCURRENCY = 64;

export interface RewardOptions {
  /** By default the rewarder's own. */
  readonly scheme?: SchemeName | undefined;
  /** What an inconclusive claim earns. Default `null`. */
  readonly on_inconclusive?: OnInconclusive;
  /** Where `on_inconclusive` is `floor`: what any claim earns at least, in [0, 1]. Default 0. */
  readonly floor?: number;
  /** Run each program again untraced and in another world. Default true. */
  readonly cross_check?: boolean;
  /** Of each run of each program. */
  readonly budget?: { readonly [K in keyof Budget]?: Budget[K] | undefined } | undefined;
  /** Who asks. Callers take turns. */
  readonly caller?: string;
  /** Gives the whole request up. */
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole request, queue included. Default 25 000, and 12 000 an item. */
  readonly deadlineMs?: number | undefined;
  /** Is told of errors of our own. */
  readonly onInternal?: (error: unknown) => void;
}

/** What trainers ask for: a number for each claim. */
export interface Rewarder {
  /**
   * Rewards in the order of the items, each independent of the others. Whatever a model wrote has a reward; an item that
   * gets no verdict has null, and stands in `failures`.
   *
   * @throws the signal's reason where it fires
   */
  score(items: readonly RewardItem[], options?: RewardOptions): Promise<RewardResponse>;
}

/** @param scheme of those who name none */
export function createRewarder(assay: Pick<Assay, 'verify'>, scheme: SchemeName = 'exact'): Rewarder {
  return { score: (items, options = {}) => new Scoring(assay, options.scheme ?? scheme, options).all(items) };
}

interface Scored {
  readonly reward: number | null;
  readonly status: RewardStatus;
  readonly metrics: RewardMetrics;
  readonly detail: RewardDetail;
  readonly failure?: Omit<RewardFailure, 'index'>;
}

/** Where nothing can be said about an item. */
export const NO_DETAIL: RewardDetail = { reason: null, divergence: null, frame: null, extractor: null };

/** The claim of an item. */
type Found = Pick<Extracted, 'claim' | 'parsed'> & Pick<RewardDetail, 'extractor'>;

/** One request. */
class Scoring {
  readonly #assay: Pick<Assay, 'verify'>;
  readonly #options: RewardOptions;
  readonly #scheme: SchemeName;
  readonly #verifyOptions: VerifyOptions;
  /** On the clock of `performance.now()`. */
  readonly #end: number;
  readonly #itemMs: number;

  constructor(assay: Pick<Assay, 'verify'>, scheme: SchemeName, options: RewardOptions) {
    const { cross_check = true, budget, deadlineMs } = options;
    this.#assay = assay;
    this.#options = options;
    this.#scheme = scheme;
    this.#verifyOptions = { ...VerifyOptions.parse({}), correction: false, cross_check, ...(budget && { budget }) };
    this.#end = performance.now() + (deadlineMs ?? REQUEST_MS);
    this.#itemMs = deadlineMs ?? ITEM_MS;
  }

  async all(items: readonly RewardItem[]): Promise<RewardResponse> {
    const scored: Scored[] = [];
    const waiting = items.entries();
    const lane = async () => {
      for (const [index, item] of waiting) scored[index] = await this.#one(item);
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, items.length) }, lane));
    return {
      rewards: scored.map(({ reward }) => reward),
      statuses: scored.map(({ status }) => status),
      metrics: scored.map(({ metrics }) => metrics),
      details: scored.map(({ detail }) => detail),
      failures: scored.flatMap(({ failure }, index) => (failure === undefined ? [] : [{ index, ...failure }])),
      stamp: { assay: VERSION, policy: POLICY_VERSION },
    };
  }

  async #one({ program, claim, completion }: RewardItem): Promise<Scored> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    const found: Found | undefined =
      claim === undefined ? this.#extract(completion, program.source) : { claim, extractor: null };
    if (found === undefined) {
      return { reward: this.#atLeastFloor(0), status: 'refuted', metrics: NO_REWARD_METRICS, detail: NO_DETAIL };
    }
    const end = Math.min(this.#end, performance.now() + this.#itemMs);
    const late = () => performance.now() >= end;
    if (late()) return failed('deadline', 'the deadline passed before the item’s turn came');
    try {
      const verdict = await this.#assay.verify(
        { program, claim: found.claim, options: this.#verifyOptions },
        { ...this.#callOptions(end - performance.now()), ...(found.parsed && { claimed: found.parsed }) },
      );
      // A run that the deadline stopped says nothing about its program.
      if (verdict.reason === 'budget' && late()) return failed('deadline', 'the deadline passed during the run');
      return this.#score(verdict, found.extractor);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Fault)) return this.#internal(error, 'an error of Assay’s own');
      return error.status === 500
        ? this.#internal(error, error.message, error.code)
        : failed(error.code, error.message);
    }
  }

  /** Trainers do not come again later: an item waits for a place in the queue as long as it has time. */
  #callOptions(leftMs: number): CallOptions {
    const { signal, caller } = this.#options;
    return {
      deadlineMs: leftMs,
      patienceMs: leftMs,
      ledRun: this.#scheme === 'steps',
      // No answer shows it.
      evidence: false,
      ...(signal && { signal }),
      ...(caller !== undefined && { caller }),
    };
  }

  #internal(error: unknown, detail: string, code: FailureClass = 'internal'): Scored {
    this.#options.onInternal?.(error);
    return failed(code, detail);
  }

  #extract(completion: unknown, source: string): Extracted | undefined {
    return extractClaim(completion, source, this.#scheme === 'output' ? 'outcome' : 'trace');
  }

  #score(verdict: VerifyResponse, extractor: RewardDetail['extractor']): Scored {
    const { status, kind, metrics, frames, reason, divergence } = verdict;
    return {
      reward:
        status === 'inconclusive'
          ? this.#inconclusive()
          : this.#atLeastFloor(
              SCHEMES[this.#scheme]({ kind, metrics, whole: status === 'verified' && frames.stepped_over === 0 }),
            ),
      status: status === 'corrected' ? 'refuted' : status,
      metrics: metricsOf(verdict),
      detail: { reason, divergence: divergence?.kind ?? null, frame: divergence?.frame ?? null, extractor },
    };
  }

  #inconclusive(): number | null {
    const { on_inconclusive = 'null' } = this.#options;
    return on_inconclusive === 'null' ? null : this.#atLeastFloor(0);
  }

  #atLeastFloor(reward: number): number {
    const { on_inconclusive, floor = 0 } = this.#options;
    return on_inconclusive === 'floor' ? Math.max(floor, reward) : reward;
  }
}

function failed(failure_class: FailureClass, detail: string): Scored {
  return {
    reward: null,
    status: 'failed',
    metrics: FAILED_METRICS,
    detail: NO_DETAIL,
    failure: { failure_class, detail },
  };
}
