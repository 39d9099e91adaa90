import type { Budget } from '../../core/budget.ts';
import type { Claim } from '../../core/claim.ts';
import { Fault } from '../../core/fault.ts';
import type { Program, PythonVersion } from '../../core/program.ts';
import { type InconclusiveReason, type Status, VerifyOptions } from '../../core/verdict.ts';
import type { Assay } from '../../src/verify/assay.ts';
import type { Attack } from './corpus.ts';

/** Small, so that attacks on the budgets end soon. */
export const ATTACK_BUDGET: Partial<Budget> = {
  steps: 100_000,
  ms: 700,
  memory_mb: 64,
  trace_mb: 8,
  output_kb: 64,
  files_mb: 1,
};
/** For claims that must be verified, on a machine that may be busy. */
const TRUTH_MS = 10_000;

/** What an attack came to. */
export interface Trial {
  /** The verdict in a line, with how the run ended. */
  readonly shown: string;
  /** The attacker got what it wanted. */
  readonly accepted: boolean;
  /** The verdict is one of those that the attack's header allows. */
  readonly allowed: boolean;
  /** What is right about the program was not verified: why. */
  readonly refused: string | undefined;
}

export function programOf({ source, entry, stdin }: Attack, python: PythonVersion): Program {
  return { source, entry, python, world: { stdin } };
}

/** Puts an attack to the engine, and then what is right about its program. */
export async function tryAttack(assay: Assay, attack: Attack, python: PythonVersion): Promise<Trial> {
  const program = programOf(attack, python);
  const isAllowed = ({ status, reason }: Answer) =>
    attack.allowed[python].some((one) => one.status === status && one.reason === reason);
  const first = await ask(assay, program, attack.claim, ATTACK_BUDGET);
  // A busy machine may have cut short what ends by itself.
  const again = first.reason === 'budget' && !isAllowed(first);
  const answer = again ? await ask(assay, program, attack.claim, { ...ATTACK_BUDGET, ms: TRUTH_MS }) : first;
  const right = attack.truth && (await ask(assay, program, attack.truth, { ...ATTACK_BUDGET, ms: TRUTH_MS }));
  return {
    shown: answer.shown,
    accepted: answer.status === 'verified',
    allowed: isAllowed(answer),
    refused: right === undefined || right.status === 'verified' ? undefined : right.shown,
  };
}

interface Answer {
  /** `fault` where there is no verdict, which no attack may bring about. */
  readonly status: Status | 'fault';
  readonly reason: InconclusiveReason | null;
  readonly shown: string;
}

async function ask(assay: Assay, program: Program, claim: Claim, budget: Partial<Budget>): Promise<Answer> {
  try {
    const options = { ...VerifyOptions.parse({}), budget };
    const { status, reason, message, output } = await assay.verify({ program, claim, options });
    return { status, reason, shown: `${status} (${reason}), ${message}; ${JSON.stringify(output)}` };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { status: 'fault', reason: null, shown: `${error.message} ${error.cause}` };
  }
}
