import { Fault } from '../../core/fault.ts';
import type { VerifyResponse } from '../../core/verdict.ts';
import type { Signer, Unsigned } from '../receipts/receipt.ts';
import type { Assay } from '../verify/assay.ts';
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
import { type GateOptions, type NoVerdict, verifyAll } from './verdicts.ts';

/** Decides whether simulated results may be acted on. */
export interface Gate {
  /**
   * Tests results as a policy wants it. A result that gets no verdict, because of a fault, is held.
   *
   * @throws Fault `invalid-request` where the policy has expired; the signal's reason where it fires; what the signer throws, before anything is replayed
   */
  decide(request: GateRequest, options?: GateOptions): Promise<GateResponse>;
}

/**
 * @param signer signs receipts
 * @param now in milliseconds since 1970
 */
export function createGate(assay: Pick<Assay, 'verify'>, signer: Signer, now: () => number = Date.now): Gate {
  return {
    decide: async (request, options = {}) => {
      const { results, policy } = request;
      const began = now();
      refuseExpired(policy, began);
      const { chosen, population } = choose(results, policy);
      if (request.receipt) await signer.ready();
      const wanted = results.filter(({ id }) => chosen.has(id));
      const verdicts = await verifyAll(assay, wanted, policy, options);
      const judged = results.map((result) => judgeResult(result, policy, verdicts.get(result.id)));
      const bound =
        policy.spot_check === undefined ? null : boundOf(policy.spot_check, results, judged, population, chosen);
      const items = results.map((result, index) => {
        const own = judged[index] ?? judgeUnchecked(bound, policy.spot_check);
        return itemOf(result, own, issuesOfOrigin(result, policy, began));
      });
      const decision = worst(items.map((item) => item.decision));
      const answer = { decision, items, error_bound: bound, policy: evidenceOf(policy) };
      const receipt = request.receipt ? await signer.sign(statementOf(answer, policy)) : null;
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

function judgeResult(
  result: GateResult,
  policy: GatePolicy,
  verdict: VerifyResponse | NoVerdict | undefined,
): Judged | undefined {
  if (verdict === undefined) return undefined;
  return 'fault' in verdict ? judgeWithoutVerdict(verdict) : judgeVerdict(result, policy, verdict);
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

function statementOf(answer: Omit<GateResponse, 'receipt'>, policy: GatePolicy): Unsigned {
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
