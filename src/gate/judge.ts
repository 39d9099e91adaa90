import type { VerifyResponse } from '../../core/verdict.ts';
import type { ErrorBound, GateIssue, GateItem } from './gate-request.ts';
import { type GatePolicy, mayBeInconclusive, type Selectable, type SpotCheck } from './policy.ts';
import type { NoVerdict } from './verdicts.ts';

/** What is known of one result, before where it comes from is looked at. */
export type Judged = Omit<GateItem, 'id' | 'program' | 'claim'>;

const UNCHECKED = {
  checked: false,
  status: null,
  reason: null,
  corrected: null,
  evidence: null,
  stamp: null,
} as const;

/** What a verdict means under a policy. */
export function judgeVerdict(result: Selectable, policy: GatePolicy, verdict: VerifyResponse): Judged {
  const { status, reason, message, evidence, stamp } = verdict;
  const wrong = status === 'corrected' || status === 'refuted';
  const issue = issueOf(result, policy, verdict);
  return {
    decision: wrong ? 'reject' : issue === null ? 'accept' : 'hold',
    checked: true,
    basis: verdict.proof === null ? 'replay' : 'proof',
    status,
    reason,
    message,
    issues: issue === null ? [] : [issue],
    corrected: wrong ? correctedBy(verdict) : null,
    evidence,
    stamp,
  };
}

function issueOf(result: Selectable, policy: GatePolicy, verdict: VerifyResponse): GateIssue | null {
  const { status, reason, message } = verdict;
  switch (status) {
    case 'verified':
      return null;
    case 'corrected':
    case 'refuted':
      return { code: 'wrong', message };
    case 'incomplete':
      return { code: 'incomplete', message };
    case 'inconclusive':
      return mayBeInconclusive(policy, result, reason) ? null : { code: 'inconclusive', message };
  }
}

function correctedBy({ output, stdout, divergence, correction, witness }: VerifyResponse): GateItem['corrected'] {
  return { output, stdout, divergence, correction, witness };
}

/** A result that could not be tested. */
export function judgeWithoutVerdict({ fault }: NoVerdict): Judged {
  return {
    ...UNCHECKED,
    decision: 'hold',
    basis: 'none',
    message: 'there is no verdict',
    issues: [{ code: 'no-verdict', message: fault }],
  };
}

/** A result that the spot check left out. It stands and falls with the sample. */
export function judgeUnchecked(bound: ErrorBound | null, spotCheck: SpotCheck | undefined): Judged {
  if (bound === null || spotCheck === undefined) throw new Error('a result was not chosen and there is no spot check');
  const issues: GateIssue[] = [];
  if (bound.failed > 0) {
    const message = `${bound.failed} of ${bound.checked} results in the sample are not verified`;
    issues.push({ code: 'sample-failed', message });
  }
  if (bound.share > spotCheck.max_error) {
    const message = `up to ${bound.at_most} of ${bound.unchecked} unchecked results may be wrong, more than ${spotCheck.max_error}`;
    issues.push({ code: 'error-bound', message });
  }
  return {
    ...UNCHECKED,
    decision: issues.length > 0 ? 'hold' : 'accept',
    basis: 'spot-check',
    message: 'not checked: the spot check chose others',
    issues,
  };
}
