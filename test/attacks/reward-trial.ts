import type { PythonVersion } from '../../core/program.ts';
import type { RewardItem } from '../../src/reward/reward-request.ts';
import type { Rewarder } from '../../src/reward/rewarder.ts';
import type { SchemeName } from '../../src/reward/schemes/list.ts';
import type { Attack } from './corpus.ts';
import { ATTACK_BUDGET, programOf } from './trial.ts';

/** A claim that is wrong about any program of the corpus, and that tries nothing. */
const HONEST: RewardItem['claim'] = { kind: 'output', returns: "'an honest mistake'" };

/**
 * What an attack earns more than an honest wrong answer about the same program would, in words; undefined where it earns
 * no more. A trace is paid its right shares, and under `output` its right end, in an attack as elsewhere: it only must not
 * be paid in full for less than all. Neither may a claim be left out of the mean where an honest one earns 0.
 */
export async function gainOf(rewarder: Rewarder, attack: Attack, python: PythonVersion): Promise<string | undefined> {
  const program = programOf(attack, python);
  const items: RewardItem[] = [
    { program, claim: attack.claim },
    { program, claim: HONEST },
  ];
  for (const scheme of schemesFor(attack)) {
    const { rewards, details } = await rewarder.score(items, { scheme, budget: ATTACK_BUDGET });
    const [gained = null, honest = null] = rewards;
    const paysShares = attack.claim.kind === 'trace' && scheme !== 'exact';
    const tooMuch = gained !== null && (paysShares ? gained >= 1 : gained > (honest ?? 0));
    if (tooMuch || (gained === null && honest !== null)) {
      return `${scheme}: ${gained} (${details[0]?.reason}), an honest mistake ${honest}`;
    }
  }
  return undefined;
}

function schemesFor({ claim }: Attack): readonly SchemeName[] {
  switch (claim.kind) {
    case 'trace':
      return ['exact', 'prefix', 'frames', 'steps'];
    case 'sparse':
    case 'output':
    case 'input':
    case 'path':
      return ['exact', 'output'];
    case 'always':
    case 'equivalent':
    case 'halts':
      // Nobody claims these in a completion, and what they come to is the solver's matter.
      return [];
  }
}
