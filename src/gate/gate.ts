import { Fault } from '../../core/fault.ts';
import { VerifyOptions, type VerifyResponse } from '../../core/verdict.ts';
import type { Sign } from '../receipts/receipt.ts';
import type { Assay, CallOptions } from '../verify/assay.ts';
import { evidenceOf } from '../verify/stamp.ts';
import { issuesOfOrigin } from './admissibility.ts';
import { mostFailing } from './error-bound.ts';
import {
  DECISIONS,
  type Decision,
  type ErrorBound,
  type GateItem,
  type GateRequest,
  type GateResponse,
  type GateResult,
} from './gate-request.ts';
import { type Judged, judgeUnchecked, judgeVerdict, judgeWithoutVerdict } from './judge.ts';
import { type GatePolicy, mustVerify, type SpotCheck } from './policy.ts';
import { chooseForSpotCheck } from './spot-check.ts';

/** Results of one request that are under way at one time. */
const CONCURRENCY = 16;
/** How long a result waits for a place in the queue, in milliseconds. */
const PATIENCE_MS = 60_000;

export interface GateOptions extends CallOptions {
  /** Is told of errors of our own. */
  readonly onInternal?: (error: unknown) => void;
}

/** Decides whether simulated results may be acted on. */
export interface Gate {
  /**
   * Tests results as a policy wants it. A result that gets no verdict, because of a fault, is held.
   *
   * @throws Fault `invalid-request` where the policy has expired; the signal's reason where it fires; what `sign` throws
   */
  decide(request: GateRequest, options?: GateOptions): Promise<GateResponse>;
}

/**
 * @param sign signs receipts
 * @param now in milliseconds since 1970
 */
export function createGate(assay: Pick<Assay, 'verify'>, sign: Sign, now: () => number = Date.now): Gate {
  return {
    decide: async (request, options = {}) => {
      const { results, policy } = request;
      const began = now();
      refuseExpired(policy, began);
      const { chosen, population } = choose(results, policy);
      const verdicts = await verifyAll(assay, results, chosen, policy, options);
      const judged = results.map((result) => judgeResult(result, policy, verdicts.get(result.id)));
      const bound =
        policy.spot_check === undefined ? null : boundOf(policy.spot_check, results, judged, population, chosen);
      const items = results.map((result, index) => {
        const own = judged[index] ?? judgeUnchecked(bound, policy.spot_check);
        return itemOf(result, own, issuesOfOrigin(result, policy, began));
      });
      const decision = worst(items.map((item) => item.decision));
      const answer = { decision, items, error_bound: bound, policy: evidenceOf(policy) };
      const receipt = request.receipt ? await sign(statementOf(answer, policy)) : null;
      return { ...answer, receipt };
    },
  };
}

function refuseExpired({ expires_at }: GatePolicy, now: number): void {
  if (expires_at === undefined || Date.parse(expires_at) > now) return;
  throw new Fault('invalid-request', `the policy expired at ${expires_at}`, {
    errors: [{ path: '/policy/expires_at', message: 'lies in the past: renew the policy' }],
  });
}

interface Chosen {
  /** Ids of the results that are replayed. */
  readonly chosen: ReadonlySet<string>;
  /** Ids that the spot check chose from. */
  readonly population: readonly string[];
}

function choose(results: readonly GateResult[], policy: GatePolicy): Chosen {
  const { spot_check } = policy;
  const all = results.map(({ id }) => id);
  if (spot_check === undefined) return { chosen: new Set(all), population: [] };
  const population = results.filter((result) => !mustVerify(policy, result)).map(({ id }) => id);
  const left = new Set(population);
  const sample = population.length === 0 ? [] : chooseForSpotCheck(population, spot_check.share, spot_check.seed);
  return { chosen: new Set([...all.filter((id) => !left.has(id)), ...sample]), population };
}

/** The verdicts of the chosen results by id; a fault where there was none. */
async function verifyAll(
  assay: Pick<Assay, 'verify'>,
  results: readonly GateResult[],
  chosen: ReadonlySet<string>,
  policy: GatePolicy,
  { onInternal, ...call }: GateOptions,
): Promise<ReadonlyMap<string, VerifyResponse | Fault>> {
  const { cross_check, budget } = policy;
  const options = { ...VerifyOptions.parse({ cross_check }), ...(budget && { budget }) };
  const verdicts = new Map<string, VerifyResponse | Fault>();
  const waiting = results.filter(({ id }) => chosen.has(id)).values();
  const lane = async () => {
    for (const { id, program, claim } of waiting) {
      call.signal?.throwIfAborted();
      try {
        const verdict = await assay.verify({ program, claim, options }, { patienceMs: PATIENCE_MS, ...call });
        verdicts.set(id, verdict);
      } catch (error) {
        call.signal?.throwIfAborted();
        if (!(error instanceof Fault) || error.status === 500) onInternal?.(error);
        verdicts.set(id, error instanceof Fault ? error : new Fault('internal', 'an error of Assay’s own'));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, chosen.size) }, lane));
  return verdicts;
}

function judgeResult(
  result: GateResult,
  policy: GatePolicy,
  verdict: VerifyResponse | Fault | undefined,
): Judged | undefined {
  if (verdict === undefined) return undefined;
  return verdict instanceof Fault ? judgeWithoutVerdict(verdict) : judgeVerdict(result, policy, verdict);
}

/** Whatever was not verified counts as failed, so that what cannot be shown makes the bound no better. */
function boundOf(
  { confidence }: SpotCheck,
  results: readonly GateResult[],
  judged: readonly (Judged | undefined)[],
  population: readonly string[],
  chosen: ReadonlySet<string>,
): ErrorBound {
  const sampled = new Set(population.filter((id) => chosen.has(id)));
  const failed = results.filter(({ id }, index) => sampled.has(id) && judged[index]?.status !== 'verified').length;
  const unchecked = population.length - sampled.size;
  const at_most = unchecked === 0 ? 0 : mostFailing(population.length, sampled.size, failed, confidence) - failed;
  return {
    population: population.length,
    checked: sampled.size,
    failed,
    confidence,
    unchecked,
    at_most,
    share: unchecked === 0 ? 0 : at_most / unchecked,
  };
}

function itemOf(result: GateResult, judged: Judged, origin: readonly Judged['issues'][number][]): GateItem {
  const issues = [...judged.issues, ...origin];
  const decisions = [judged.decision, ...origin.map(({ code }): Decision => (code === 'model' ? 'reject' : 'hold'))];
  return {
    id: result.id,
    ...judged,
    decision: worst(decisions),
    issues,
    program: evidenceOf(result.program),
    claim: evidenceOf(result.claim),
  };
}

function worst(decisions: readonly Decision[]): Decision {
  return decisions.reduce(
    (found, next) => (DECISIONS.indexOf(next) > DECISIONS.indexOf(found) ? next : found),
    'accept',
  );
}

function statementOf(answer: Omit<GateResponse, 'receipt'>, policy: GatePolicy): Parameters<Sign>[0] {
  const { decision, error_bound, items } = answer;
  return {
    by: 'gate',
    ...(policy.expires_at !== undefined && { exp: Math.floor(Date.parse(policy.expires_at) / 1000) }),
    decision,
    policy: { name: policy.name ?? null, digest: answer.policy },
    error_bound,
    items: items.map((item) => ({
      id: item.id,
      program: item.program,
      claim: item.claim,
      checked: item.checked,
      basis: item.basis,
      status: item.status,
      reason: item.reason,
      decision: item.decision,
      options: { cross_check: policy.cross_check, bounded: 'reject' },
      evidence: item.evidence,
      stamp: item.stamp,
    })),
  };
}
