import type { ReplayRequest } from '../../bridges/python/run.ts';
import type { PythonVersion } from '../../core/program.ts';
import type { ClaimedTrace, Trace } from '../../core/trace.ts';
import type { Timings, VerifyRequest, VerifyResponse } from '../../core/verdict.ts';
import { parseTrace } from '../../neural/formats/index.ts';
import type { ReplayPool } from '../../workers/pool.ts';
import type { CallOptions } from './assay.ts';
import { checkUnrecorded, crossCheck, mayMakeClasses } from './cross-check.ts';
import { inconclusive, type Judgement } from './judgement.ts';
import { comparePartialClaim, judgePartial } from './kinds/partial.ts';
import { compareTraceClaim, judgeTrace } from './kinds/trace.ts';
import { outputOf } from './output.ts';
import { type Question, resolveQuestion } from './question.ts';
import { evidenceOf, stampFor } from './stamp.ts';
import { shareOfValidSteps } from './steps-valid.ts';

/** What a stage may use. */
export interface Engine {
  pool(python: PythonVersion): ReplayPool;
}

/** One request on its way through the stages; each stage fills in what the next ones need. */
interface Verification {
  readonly engine: Engine;
  readonly question: Question;
  readonly call: CallOptions;
  readonly timings: Timings;
  claimed?: ClaimedTrace;
  truth?: Trace;
  judgement?: Judgement;
}

type Stage = (verification: Verification) => void | Promise<void>;

/** In this order; a stage is skipped once there is a judgement. */
const STAGES: readonly Stage[] = [refuseUnsupported, parseClaim, replayProgram, crossCheckRun, judgeClaim];

/** Claims that need the symbolic side, and input claims that leave the search to it. */
function refuseUnsupported(verification: Verification): void {
  const { claim } = verification.question;
  const searches = claim.kind === 'input' && claim.call === undefined;
  if (claim.kind === 'always' || claim.kind === 'equivalent' || claim.kind === 'halts' || searches) {
    verification.judgement = inconclusive(
      'unsupported',
      searches ? 'an input claim needs the proposed `call`' : `claims of kind \`${claim.kind}\` need the symbolic side`,
    );
  }
}

function parseClaim(verification: Verification): void {
  const { claim, program } = verification.question;
  if (claim.kind === 'trace') verification.claimed = parseTrace(claim, program.source);
}

/** What a claimed trace passes to an entry that takes arguments: the locals of its first frame. */
function claimedInput(claimed: ClaimedTrace | undefined): Readonly<Record<string, string>> | undefined {
  const first = claimed?.frames[0];
  return first?.locals === undefined ? undefined : Object.fromEntries(first.locals);
}

function replayRequest({ question, claimed }: Verification): ReplayRequest {
  const { program, budget } = question;
  const input = 'main' in program.entry ? claimedInput(claimed) : undefined;
  return { program, budget, ...(input !== undefined && { input }) };
}

async function replay({ engine, call, timings }: Verification, request: ReplayRequest): Promise<Trace> {
  const { trace, queueMs, replayMs } = await engine.pool(request.program.python).replay(request, call);
  timings.queue += queueMs;
  timings.replay += replayMs;
  return trace;
}

async function replayProgram(verification: Verification): Promise<void> {
  verification.truth = await replay(verification, replayRequest(verification));
}

async function crossCheckRun(verification: Verification): Promise<void> {
  const { question, truth } = verification;
  if (truth === undefined) return;
  const request = replayRequest(verification);
  const rerun = (variant: ReplayRequest) => replay(verification, variant);
  let judgement: Judgement | undefined;
  if (question.options.cross_check) {
    judgement = await crossCheck(request, truth, question.statedWorld, rerun);
  } else if (mayMakeClasses(question.program.source)) {
    judgement = await checkUnrecorded(request, truth, rerun);
  }
  if (judgement !== undefined) verification.judgement = judgement;
}

async function judgeClaim(verification: Verification): Promise<void> {
  const { engine, question, claimed, truth, timings, call } = verification;
  const { claim, program, options } = question;
  if (truth === undefined) throw new Error('the claim is judged before its program was replayed');
  const start = performance.now();
  if (claim.kind === 'trace') {
    if (claimed === undefined) throw new Error('the claim is judged before it was parsed');
    const evidence = compareTraceClaim(claim, claimed, truth, program.source);
    timings.compare += performance.now() - start;
    const probe = await shareOfValidSteps(engine, replayRequest(verification), evidence, call);
    timings.queue += probe.queueMs;
    timings.replay += probe.replayMs;
    verification.judgement = judgeTrace(evidence, probe.share, options.correction);
    return;
  }
  if (claim.kind === 'sparse' || claim.kind === 'output' || claim.kind === 'input' || claim.kind === 'path') {
    verification.judgement = judgePartial(claim, comparePartialClaim(claim, truth), truth);
  }
  timings.compare += performance.now() - start;
}

function round(timings: Timings): Timings {
  const entries = Object.entries(timings).map(([name, ms]) => [name, Math.round(ms * 1000) / 1000]);
  return Object.fromEntries(entries) as Timings;
}

function answer(verification: Verification, judgement: Judgement, total: number): VerifyResponse {
  const { question, truth, timings } = verification;
  const { status, reason, message, divergence, correction, frames, metrics } = judgement;
  const stamp = stampFor(question.program.python);
  const { program, claim, options, budget } = question;
  const unsupportedPath = { status: 'unknown', reason: 'unsupported', exact: false, conditions: [] } as const;
  return {
    status,
    kind: claim.kind,
    frames,
    divergence,
    correction,
    metrics,
    path: options.path === 'check' ? { ...unsupportedPath, conditions: [] } : null,
    witness: null,
    proof: null,
    output: truth === undefined ? null : outputOf(truth.outcome),
    stdout: truth?.stdout ?? null,
    reason,
    message,
    stamp,
    evidence: evidenceOf({ program, claim, options, budget, status, reason, divergence, stamp }),
    timings_ms: round({ ...timings, total }),
  };
}

/**
 * Verifies one claim.
 *
 * @throws Fault `invalid-request` where no program is given, and whatever the pool throws
 */
export async function verify(engine: Engine, request: VerifyRequest, call: CallOptions): Promise<VerifyResponse> {
  const start = performance.now();
  const verification: Verification = {
    engine,
    question: resolveQuestion(request),
    call,
    timings: { queue: 0, replay: 0, compare: 0, path: 0, total: 0 },
  };
  for (const stage of STAGES) {
    await stage(verification);
    if (verification.judgement !== undefined) break;
  }
  if (verification.judgement === undefined) throw new Error('no stage came to a judgement');
  return answer(verification, verification.judgement, performance.now() - start);
}
