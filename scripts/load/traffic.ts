import { PROGRAMS, rewardCalls } from '../../bench/reward-claims.ts';
import { type Item, PYTHON } from '../../bench/workload.ts';
import type { Budget } from '../../core/budget.ts';
import { loadAttacks } from '../../test/attacks/corpus.ts';
import { ATTACK_BUDGET, programOf } from '../../test/attacks/trial.ts';

/** What a run may take, in milliseconds, so that those that would go on for ever end soon. */
const RUN_MS = 2_500;

/** One request, and what may be answered to it. */
export interface LoadRequest {
  readonly body: string;
  /** What an honest request earns; undefined for a hostile one, which may earn anything but 1. */
  readonly expected: number | undefined;
}

/**
 * Requests of one sample each, without an end: groups of claims about programs that were never seen before, and at a
 * steady pace the attacks of the corpus.
 *
 * @param hostile share of hostile requests, in [0, 1]
 */
export function* traffic(items: readonly Item[], hostile: number): Generator<LoadRequest, never> {
  const attacks = attackRequests();
  let owed = 0;
  let tried = 0;
  for (let pass = 0; ; pass++) {
    const window = Array.from(
      { length: PROGRAMS },
      (_, index) => items[(pass * PROGRAMS + index) % items.length] as Item,
    );
    for (const item of window) {
      for (const call of rewardCalls(item, `# ${pass}\n`)) {
        yield { body: bodyOf(call.item), expected: call.expected };
        owed += hostile;
        if (owed < 1 || attacks.length === 0) continue;
        owed -= 1;
        yield attacks[tried++ % attacks.length] as LoadRequest;
      }
    }
  }
}

/** A request whose run is one long C call, which makes no event: its thread has to be ended from outside. */
export function threadKiller(): LoadRequest {
  const program = { source: 'def f():\n    return sum(range(10 ** 12))\n', entry: { call: 'f()' }, python: PYTHON };
  return { body: bodyOf({ program, claim: { kind: 'output', returns: '0' } }), expected: undefined };
}

/** Claims about all inputs are the solver's matter: nobody makes them in a completion. */
function attackRequests(): LoadRequest[] {
  return loadAttacks()
    .filter(({ claim, python }) => python.includes(PYTHON) && !['always', 'equivalent', 'halts'].includes(claim.kind))
    .map((attack) => ({
      // Some claims of the corpus are wrong on its budget alone.
      body: bodyOf({ program: programOf(attack, PYTHON), claim: attack.claim }, ATTACK_BUDGET),
      expected: undefined,
    }));
}

function bodyOf(item: unknown, budget: Partial<Budget> = {}): string {
  return JSON.stringify({ items: [item], budget: { ...budget, ms: RUN_MS } });
}
