import type { ReplayRequest } from '../../bridges/python/run.ts';
import type { World } from '../../core/program.ts';
import type { Trace } from '../../core/trace.ts';
import type { ReplayOptions, ReplayPool } from '../../workers/pool.ts';
import { checkUnrecorded, crossCheck } from './cross-check.ts';
import type { Judgement } from './judgement.ts';

/**
 * How a run is tested before it stands as the truth: not at all; by a run without its values, which a program that may
 * define classes needs; or untraced and in another world, which differs in what the request's own world leaves open.
 */
export type Check =
  | { readonly kind: 'none' }
  | { readonly kind: 'unrecorded' }
  | { readonly kind: 'crossed'; readonly stated: World | undefined };

/** What a program does, and what it took to find out, in milliseconds. */
export interface Truth {
  readonly trace: Trace;
  /** Why it cannot stand as the truth; null where it can. */
  readonly doubt: Judgement | null;
  readonly queueMs: number;
  readonly replayMs: number;
}

/** Names a check: two with the same name test the same. */
export function checkName(check: Check): string {
  if (check.kind !== 'crossed') return check.kind;
  const { seed, clock } = check.stated ?? {};
  return `crossed${seed === undefined ? '' : ' seed'}${clock === undefined ? '' : ' clock'}`;
}

/** Whether others may be given this run as well, later on: it came to its end, and nothing speaks against it. */
export function isLasting({ trace, doubt }: Truth): boolean {
  return doubt === null && trace.outcome.kind !== 'halted';
}

/** Runs a program and tests the run, in one turn of the queue. @throws as the pool does */
export async function findTruth(
  pool: ReplayPool,
  request: ReplayRequest,
  check: Check,
  options: ReplayOptions,
): Promise<Truth> {
  const { signal, isEnough, deadlineMs = Number.POSITIVE_INFINITY } = options;
  const end = performance.now() + deadlineMs;
  const turn = await pool.begin(options);
  try {
    let replayMs = 0;
    const run = async (variant: ReplayRequest): Promise<Trace> => {
      const result = await pool.replay(variant, {
        turn,
        deadlineMs: end - performance.now(),
        ...(signal && { signal }),
        ...(isEnough && { isEnough }),
      });
      replayMs += result.replayMs;
      return result.trace;
    };
    const trace = await run(request);
    const doubt = (await test(request, trace, check, run)) ?? null;
    return { trace, doubt, queueMs: turn.queueMs, replayMs };
  } finally {
    turn.leave();
  }
}

function test(
  request: ReplayRequest,
  trace: Trace,
  check: Check,
  run: (variant: ReplayRequest) => Promise<Trace>,
): Promise<Judgement | undefined> | undefined {
  switch (check.kind) {
    case 'none':
      return undefined;
    case 'unrecorded':
      return checkUnrecorded(request, trace, run);
    case 'crossed':
      return crossCheck(request, trace, check.stated, run);
  }
}
