import { type Budget, DEFAULT_BUDGET } from '../../core/budget.ts';
import type { Claim, TraceClaim } from '../../core/claim.ts';
import { Fault } from '../../core/fault.ts';
import {
  type Program,
  type PythonVersion,
  type ResolvedProgram,
  resolveProgram,
  type World,
} from '../../core/program.ts';
import { VerifyOptions, type VerifyRequest } from '../../core/verdict.ts';
import { splitPrompt } from '../../neural/formats/cwm/prompt.ts';

/** A verify request with nothing left open. */
export interface Question {
  readonly program: ResolvedProgram;
  readonly claim: Claim;
  readonly options: VerifyOptions;
  readonly budget: Budget;
  /** What the request itself says of the world. */
  readonly statedWorld: World | undefined;
}

const DEFAULT_OPTIONS = VerifyOptions.parse({});

/** A budget as a request gives it. */
type GivenBudget = { readonly [K in keyof Budget]?: Budget[K] | undefined };

/** Fills a partial budget from the defaults. */
export function resolveBudget(budget: GivenBudget | undefined): Budget {
  const given = Object.entries(budget ?? {}).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_BUDGET, ...Object.fromEntries(given) };
}

function isCwm(claim: Claim): claim is Extract<TraceClaim, { format: 'cwm' | 'cwm-ids' }> {
  return claim.kind === 'trace' && claim.format !== 'json';
}

function defaultPython(claim: Claim): PythonVersion {
  return isCwm(claim) ? '3.10' : '3.14';
}

/**
 * The program that a request is about.
 *
 * @throws Fault `invalid-request` where neither the request nor the claim brings one
 */
export function programOf(request: VerifyRequest): Program {
  if (request.program !== undefined) return request.program;
  const { claim } = request;
  const prompt = claim.kind === 'trace' && claim.format === 'cwm' ? splitPrompt(claim.text) : null;
  if (prompt === null) {
    throw new Fault('invalid-request', 'The request names no program.', {
      errors: [
        {
          path: '/program',
          message: 'is missing; only a CWM claim whose text starts with `<|trace_context_start|>` brings its own',
        },
      ],
    });
  }
  return { source: prompt.source };
}

/**
 * Resolves a request.
 *
 * @throws Fault `invalid-request` where neither the request nor the claim brings a program
 */
export function resolveQuestion(request: VerifyRequest): Question {
  const { claim } = request;
  const options: VerifyOptions = { ...DEFAULT_OPTIONS, ...request.options };
  const resolved = resolveProgram(programOf(request), defaultPython(claim));
  const proposed = claim.kind === 'input' && claim.call !== undefined ? { entry: { call: claim.call } } : {};
  return {
    program: { ...resolved, ...proposed },
    claim,
    options,
    budget: resolveBudget(options.budget),
    statedWorld: request.program?.world,
  };
}
