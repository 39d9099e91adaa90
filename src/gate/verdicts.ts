import { Fault } from '../../core/fault.ts';
import { VerifyOptions, type VerifyResponse } from '../../core/verdict.ts';
import type { Assay, CallOptions } from '../verify/assay.ts';
import type { GateResult } from './gate-request.ts';
import type { GatePolicy } from './policy.ts';

/** Results of one request that are under way at one time. */
const CONCURRENCY = 16;
/** How long a result waits for a place in the queue, in milliseconds. */
const PATIENCE_MS = 60_000;

export interface GateOptions extends CallOptions {
  /** Milliseconds for the whole request; results that come too late get no verdict. */
  readonly deadlineMs?: number;
  /** Is told of errors of our own. */
  readonly onInternal?: (error: unknown) => void;
}

/** Why a result got no verdict. It says nothing against the result, and nothing for it. */
export interface NoVerdict {
  readonly fault: string;
}

const LATE: NoVerdict = { fault: 'deadline: it passed before there was a verdict' };

/**
 * The verdicts of results by id, under a policy.
 *
 * @throws the signal's reason where it fires
 */
export async function verifyAll(
  assay: Pick<Assay, 'verify'>,
  results: readonly GateResult[],
  { cross_check, budget }: GatePolicy,
  options: GateOptions,
): Promise<ReadonlyMap<string, VerifyResponse | NoVerdict>> {
  const { onInternal, deadlineMs = Number.POSITIVE_INFINITY, ...call } = options;
  const end = performance.now() + deadlineMs;
  const asked = { ...VerifyOptions.parse({ cross_check }), ...(budget && { budget }) };
  const verdicts = new Map<string, VerifyResponse | NoVerdict>();

  const verdictOn = async ({ program, claim }: GateResult): Promise<VerifyResponse | NoVerdict> => {
    const left = end - performance.now();
    if (left <= 0) return LATE;
    const within = { patienceMs: Math.min(PATIENCE_MS, left), ...(Number.isFinite(left) && { deadlineMs: left }) };
    try {
      const verdict = await assay.verify({ program, claim, options: asked }, { ...within, ...call });
      // A run that the deadline stopped says nothing about its program.
      return verdict.reason === 'budget' && performance.now() >= end ? LATE : verdict;
    } catch (error) {
      call.signal?.throwIfAborted();
      const known = error instanceof Fault && error.status !== 500;
      if (!known) onInternal?.(error);
      return { fault: known ? `${error.code}: ${error.message}` : 'internal: an error of Assay’s own' };
    }
  };

  const waiting = results.values();
  const lane = async () => {
    for (const result of waiting) {
      call.signal?.throwIfAborted();
      verdicts.set(result.id, await verdictOn(result));
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, results.length) }, lane));
  return verdicts;
}
