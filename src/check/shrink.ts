import type { Domain } from './difference.ts';
import { type Scenario, sizeOf, smallerScenarios } from './inputs/scenario.ts';
import type { Trial, Trials } from './trial.ts';

/** Rounds of shrinking, candidates of a round, and those of them that are tried alone. */
const MOST_ROUNDS = 24;
const MOST_CANDIDATES = 40;
const MOST_ALONE = 8;

/**
 * Makes a witness smaller, as long as both versions still differ on it. Each round tries all candidates in one interpreter
 * a side, and then the smallest that differed alone.
 */
export async function shrink(trial: Trial, trials: Trials, domain: Domain): Promise<Trial> {
  let least = await withoutPrefix(trial, trials, domain);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = await smallerTrial(least, trials, domain);
    if (next === undefined) return least;
    least = next;
  }
  return least;
}

/** Halves a long run-up first: one step at a time would take a round each. */
async function withoutPrefix(trial: Trial, trials: Trials, domain: Domain): Promise<Trial> {
  let least = trial;
  for (let part = least.scenario.length >> 1; part >= 1; part >>= 1) {
    for (let start = 0; start + part < least.scenario.length; ) {
      const shorter = linked([...least.scenario.slice(0, start), ...least.scenario.slice(start + part)]);
      const found = shorter === undefined ? undefined : await differing(shorter, trials, domain);
      if (found === undefined) start += part;
      else least = found;
    }
  }
  return least;
}

/** A scenario whose calls on one object still have that object; undefined where it is gone. */
function linked(scenario: Scenario): Scenario | undefined {
  let open = false;
  for (const { receiver } of scenario) {
    if (receiver === 'same' && !open) return undefined;
    if (receiver !== null) open = true;
  }
  return scenario.length === 0 ? undefined : scenario;
}

async function differing(scenario: Scenario, trials: Trials, domain: Domain): Promise<Trial | undefined> {
  const trial = await trials.alone(scenario, domain);
  return trial.difference === undefined ? undefined : trial;
}

async function smallerTrial(trial: Trial, trials: Trials, domain: Domain): Promise<Trial | undefined> {
  const size = sizeOf(trial.scenario);
  const candidates = smallerScenarios(trial.scenario)
    .map((scenario) => ({ scenario, size: sizeOf(scenario) }))
    .filter((one) => one.size <= size)
    .sort((a, b) => a.size - b.size)
    .slice(0, MOST_CANDIDATES)
    .map(({ scenario }) => scenario);
  if (candidates.length === 0) return undefined;
  const seen = await trials.together(candidates, domain);
  let tried = 0;
  for (const { scenario, difference } of seen) {
    if (difference === undefined) continue;
    if (tried++ >= MOST_ALONE) return undefined;
    const found = await differing(scenario, trials, domain);
    if (found?.difference?.kind === trial.difference?.kind) return found;
  }
  return undefined;
}
