import type { Budget } from '../../core/budget.ts';
import { type PythonVersion, resolveProgram, type World } from '../../core/program.ts';
import type { Outcome } from '../../core/trace.ts';
import type { ReplayOptions, ReplayPool } from '../../workers/pool.ts';
import { resolveBudget } from './question.ts';

/** A script to run from top to bottom, for what it prints. */
export interface ScriptRequest {
  readonly source: string;
  /** Default 3.14. */
  readonly python?: PythonVersion;
  readonly world?: World;
  readonly budget?: Partial<Budget>;
}

/**
 * How a script ended, told as the shell tells it.
 *
 * - `finished`: it ran to its end, and `exitCode` is its own
 * - `time`: its clock ran out; steps are not counted
 * - `resources`: memory, output or files did
 * - `refused`: it needs what the sealed interpreter lacks, or reached for what it must not; nothing is shown about it
 */
export interface ScriptResult {
  readonly status: 'finished' | 'time' | 'resources' | 'refused';
  readonly stdout: string;
  /** What it wrote there, and for an exception that it does not catch the last lines of a traceback. */
  readonly stderr: string;
  /** Null where it was stopped. */
  readonly exitCode: number | null;
  /** The exception that it does not catch, `SystemExit` included. */
  readonly error: { readonly type: string; readonly message: string; readonly traceback: string } | null;
  /** Milliseconds of the run itself. */
  readonly ms: number;
}

/** @throws Fault as the pool does */
export async function runScript(
  poolOf: (python: PythonVersion) => ReplayPool,
  request: ScriptRequest,
  options: ReplayOptions,
): Promise<ScriptResult> {
  const { source, world, python } = request;
  const program = resolveProgram({ source, entry: { script: true }, ...(world && { world }) }, python ?? '3.14');
  const budget = resolveBudget(request.budget);
  const { trace, replayMs } = await poolOf(program.python).replay(
    { program, budget, untraced: true, stderr: true },
    options,
  );
  const ending = endingOf(trace.outcome);
  return { ...ending, stdout: trace.stdout, stderr: (trace.stderr ?? '') + ending.stderr, ms: replayMs };
}

type Ending = Pick<ScriptResult, 'status' | 'stderr' | 'exitCode' | 'error'>;

function endingOf(outcome: Outcome): Ending {
  switch (outcome.kind) {
    case 'returned':
      return { status: 'finished', stderr: '', exitCode: 0, error: null };
    case 'raised':
      return raisedEnding(outcome);
    case 'halted':
      return { status: haltedStatus(outcome), stderr: `${outcome.detail}\n`, exitCode: null, error: null };
  }
}

function haltedStatus({ reason }: Extract<Outcome, { kind: 'halted' }>): ScriptResult['status'] {
  if (reason === 'time' || reason === 'steps' || reason === 'frames') return 'time';
  if (reason === 'memory' || reason === 'output' || reason === 'files' || reason === 'trace') return 'resources';
  return 'refused';
}

function raisedEnding(raised: Extract<Outcome, { kind: 'raised' }>): Ending {
  const { type, message, exitCode } = raised;
  const traceback = tracebackOf(raised);
  const error = { type, message, traceback };
  if (exitCode === undefined) return { status: 'finished', stderr: traceback, exitCode: 1, error };
  if (exitCode === null) return { status: 'finished', stderr: `${message}\n`, exitCode: 1, error };
  return { status: 'finished', stderr: '', exitCode, error: exitCode === 0 ? null : error };
}

function tracebackOf({ type, message, line }: Extract<Outcome, { kind: 'raised' }>): string {
  const place = line === undefined ? '' : `  File "program.py", line ${line}\n`;
  return `Traceback (most recent call last):\n${place}${type}${message === '' ? '' : `: ${message}`}\n`;
}
