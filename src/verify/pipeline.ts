import type { ReplayRequest } from '../../bridges/python/run.ts';
import { divergesWithin } from '../../core/compare/trace.ts';
import { type PythonVersion, sourceLines } from '../../core/program.ts';
import type { ClaimedTrace, Trace } from '../../core/trace.ts';
import type { PathAnswer, Timings, VerifyRequest, VerifyResponse } from '../../core/verdict.ts';
import { parseTrace } from '../../neural/formats/index.ts';
import type { Solver } from '../../symbolic/solver/solver.ts';
import type { ReplayOptions, ReplayPool } from '../../workers/pool.ts';
import type { CallOptions } from './assay.ts';
import { mayMakeClasses } from './cross-check.ts';
import type { Judgement } from './judgement.ts';
import { judgeHalting } from './kinds/halts.ts';
import { comparePartialClaim, judgePartial } from './kinds/partial.ts';
import { compareTraceClaim, judgeTrace } from './kinds/trace.ts';
import { outputOf } from './output.ts';
import { type Question, resolveQuestion } from './question.ts';
import { askAboutInputs } from './questions/ask.ts';
import { checkPath } from './questions/path.ts';
import { verifyPossible } from './questions/possible-world.ts';
import { evidenceOf, stampFor } from './stamp.ts';
import { shareOfValidSteps } from './steps-valid.ts';
import type { Check } from './truth.ts';
import type { Truths } from './truths.ts';

/** What a stage may use. */
export interface Engine {
  pool(python: PythonVersion): ReplayPool;
  /** Has the interpreter and the solver started, before the time of a question counts. */
  startFor(python: PythonVersion): Promise<void>;
  readonly truths: Truths;
  /** Decides path conditions. */
  readonly solver: Solver;
  /** Whether programs are kept away from the machine, for stamps. */
  readonly sealed: boolean;
}

/** One request on its way through the stages; each stage fills in what the next ones need. */
interface Verification {
  readonly engine: Engine;
  readonly question: Question;
  readonly call: CallOptions;
  /** On the clock of `performance.now()`. */
  readonly began: number;
  readonly timings: Timings;
  claimed?: ClaimedTrace;
  truth?: Trace;
  judgement?: Judgement;
  path?: PathAnswer;
}

type Stage = (verification: Verification) => void | Promise<void>;

/** In this order; a stage is skipped once there is a judgement. */
const STAGES: readonly Stage[] = [askAboutAllInputs, parseClaim, replayProgram, judgeClaim];

/** Claims about all inputs of a function are decided without the run of one. */
async function askAboutAllInputs(verification: Verification): Promise<void> {
  const { engine, question, call, timings } = verification;
  const { claim } = question;
  const searches = claim.kind === 'input' && claim.call === undefined;
  if (claim.kind !== 'always' && claim.kind !== 'equivalent' && !searches) return;
  const asked = await askAboutInputs(engine, claim, question, call);
  timings.queue += asked.queueMs;
  timings.replay += asked.replayMs;
  timings.path += asked.pathMs;
  verification.judgement = asked.judgement;
}

function parseClaim(verification: Verification): void {
  const { call, question } = verification;
  const { claim, program } = question;
  if (claim.kind === 'trace') verification.claimed = call.claimed ?? parseTrace(claim, program.source);
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

async function replayProgram(verification: Verification): Promise<void> {
  const { engine, question, call, timings } = verification;
  const { trace, doubt, queueMs, replayMs } = await engine.truths.of(replayRequest(verification), checkOf(question), {
    ...call,
    ...watchOf(verification),
  });
  timings.queue += queueMs;
  timings.replay += replayMs;
  verification.truth = trace;
  if (doubt !== null) verification.judgement = doubt;
}

/** Ends a long run where the claim is wrong, if that was asked for and nothing behind it can put the run in doubt. */
function watchOf({ question, claimed }: Verification): Pick<ReplayOptions, 'isEnough'> {
  const { program, options } = question;
  if (options.stop_at_divergence !== true || claimed === undefined || checkOf(question).kind !== 'none') return {};
  const lines = sourceLines(program.source);
  return { isEnough: (frames) => divergesWithin(claimed, frames, lines) };
}

function checkOf({ options, program, statedWorld }: Question): Check {
  if (options.cross_check) return { kind: 'crossed', stated: statedWorld };
  return { kind: mayMakeClasses(program.source) ? 'unrecorded' : 'none' };
}

/** The call's options for a later run of the same call: less time is left. */
function withTimeLeft({ call, began }: Verification): CallOptions {
  const { deadlineMs } = call;
  return deadlineMs === undefined ? call : { ...call, deadlineMs: deadlineMs - (performance.now() - began) };
}

async function judgeClaim(verification: Verification): Promise<void> {
  const { engine, question, claimed, truth, timings } = verification;
  const { claim, program, options } = question;
  if (truth === undefined) throw new Error('the claim is judged before its program was replayed');
  if (claim.kind === 'halts') {
    verification.judgement = await judgeHalting(engine, question, claim.halts, truth, withTimeLeft(verification));
    return;
  }
  const start = performance.now();
  if (claim.kind === 'trace') {
    if (claimed === undefined) throw new Error('the claim is judged before it was parsed');
    const evidence = compareTraceClaim(claim, claimed, truth, program.source);
    timings.compare += performance.now() - start;
    const probe = await shareOfValidSteps(engine, replayRequest(verification), evidence, withTimeLeft(verification));
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

/** Adds whether the way that the claim goes is possible at all. */
async function checkClaimedPath(verification: Verification): Promise<void> {
  const { engine, question, claimed, truth, call, timings } = verification;
  const start = performance.now();
  verification.path = await checkPath(engine, question, claimed, truth, call);
  timings.path += performance.now() - start;
}

function round(timings: Timings): Timings {
  const entries = Object.entries(timings).map(([name, ms]) => [name, Math.round(ms * 1000) / 1000]);
  return Object.fromEntries(entries) as Timings;
}

function answer(verification: Verification, judgement: Judgement, total: number): VerifyResponse {
  const { question, truth, timings, call } = verification;
  const { status, reason, message, divergence, correction, frames, metrics } = judgement;
  const { sealed } = verification.engine;
  const solver = judgement.proof != null || verification.path !== undefined;
  const stamp = stampFor(question.program.python, { sealed, solver });
  const { program, claim, options, budget } = question;
  return {
    status,
    kind: claim.kind,
    frames,
    divergence,
    correction,
    metrics,
    path: verification.path ?? null,
    witness: judgement.witness ?? null,
    proof: judgement.proof ?? null,
    output: truth === undefined ? null : outputOf(truth.outcome),
    stdout: truth?.stdout ?? null,
    reason,
    message,
    stamp,
    evidence:
      call.evidence === false ? '' : evidenceOf({ program, claim, options, budget, status, reason, divergence, stamp }),
    timings_ms: round({ ...timings, total }),
  };
}

/**
 * Verifies one claim.
 *
 * @throws Fault `invalid-request` where no program is given, and whatever the pool throws
 */
export async function verify(engine: Engine, request: VerifyRequest, call: CallOptions): Promise<VerifyResponse> {
  const unknown = request.program?.world?.unknown ?? [];
  if (unknown.length === 0) return await verifyKnown(engine, request, call);
  const start = performance.now();
  const known = (changed: VerifyRequest) => verifyKnown(engine, changed, call);
  const { response, judgement } = await verifyPossible(engine, request, unknown, call, known);
  const total = performance.now() - start;
  if (judgement === null) return { ...response, timings_ms: round({ ...response.timings_ms, total }) };
  const { timings_ms: timings } = response;
  const verification = { engine, question: resolveQuestion(request), call, began: start, timings };
  return answer(verification, judgement, total);
}

/** Verifies a claim in a world that is known. */
async function verifyKnown(engine: Engine, request: VerifyRequest, call: CallOptions): Promise<VerifyResponse> {
  const start = performance.now();
  const verification: Verification = {
    engine,
    question: resolveQuestion(request),
    call,
    began: start,
    timings: { queue: 0, replay: 0, compare: 0, path: 0, total: 0 },
  };
  for (const stage of STAGES) {
    await stage(verification);
    if (verification.judgement !== undefined) break;
  }
  if (verification.judgement === undefined) throw new Error('no stage came to a judgement');
  if (verification.question.options.path === 'check') await checkClaimedPath(verification);
  return answer(verification, verification.judgement, performance.now() - start);
}
