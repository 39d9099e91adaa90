import { PYTHON_VERSIONS, type PythonVersion } from '../core/program.ts';
import type { VerifyRequest } from '../core/verdict.ts';
import { createRewarder } from '../src/reward/rewarder.ts';
import { type Assay, createAssay } from '../src/verify/assay.ts';
import { singCanary } from '../test/attacks/canary.ts';
import { loadAttacks } from '../test/attacks/corpus.ts';
import { gainOf } from '../test/attacks/reward-trial.ts';
import { tryAttack } from '../test/attacks/trial.ts';
import { loadCases } from '../test/cases/cases.ts';
import { calledProgram, loadCruxeval, WITHOUT_CRUXEVAL } from '../test/src/verify/cruxeval.ts';

/** Puts the attack corpus and honest claims to the engine. Exits 1 where one is accepted or
 * rewarded, or the other refused. */

interface Tally {
  attacks: number;
  accepted: number;
  /** Attacks that earn more in training than an honest mistake. */
  rewarded: number;
  honest: number;
  refused: number;
  /** Attacks that were not accepted and yet not answered as they should be, or that left something behind. */
  odd: number;
}

const tally: Tally = { attacks: 0, accepted: 0, rewarded: 0, honest: 0, refused: 0, odd: 0 };

async function attack(assay: Assay, python: PythonVersion): Promise<void> {
  let left = await singCanary(assay, python);
  for (const one of loadAttacks().filter((candidate) => candidate.python.includes(python))) {
    const { shown, accepted, allowed, refused } = await tryAttack(assay, one, python);
    tally.attacks++;
    if (accepted) {
      tally.accepted++;
      console.log(`accepted   ${python} ${one.name}: ${shown}`);
    } else if (!allowed) {
      tally.odd++;
      console.log(`unexpected ${python} ${one.name}: ${shown}`);
    }
    const gain = await gainOf(createRewarder(assay), one, python);
    if (gain !== undefined) {
      tally.rewarded++;
      console.log(`rewarded   ${python} ${one.name}: ${gain}`);
    }
    if (one.truth !== undefined) {
      tally.honest++;
      if (refused !== undefined) {
        tally.refused++;
        console.log(`refused    ${python} ${one.name}: ${refused}`);
      }
    }
    const now = await singCanary(assay, python);
    if (now !== left) {
      tally.odd++;
      console.log(`left over  ${python} ${one.name}: the next run is not what it was before`);
    }
    left = now;
  }
}

function honestClaims(python: PythonVersion): [name: string, request: VerifyRequest][] {
  const cases = loadCases().filter((one) => one.python.includes(python));
  return [
    ...cases.map(({ name, source, entry, stdin, returns, raises }): [string, VerifyRequest] => [
      name,
      {
        program: { source, entry, python, world: { stdin } },
        claim: { kind: 'output', ...(raises === undefined ? { returns } : { raises }) },
      },
    ]),
    ...loadCruxeval().map((row): [string, VerifyRequest] => [
      row.id,
      { program: calledProgram(row, python), claim: { kind: 'output', returns: row.output } },
    ]),
  ];
}

async function ask(assay: Assay, python: PythonVersion): Promise<void> {
  await Promise.all(
    honestClaims(python).map(async ([name, request]) => {
      const { status, message } = await assay.verify(request);
      tally.honest++;
      if (status === 'verified') return;
      tally.refused++;
      console.log(`refused    ${python} ${name}: ${status}, ${message}`);
    }),
  );
}

if (WITHOUT_CRUXEVAL !== undefined) console.log(`without CRUXEval: ${WITHOUT_CRUXEVAL}`);
// One thread, so that each request meets what the one before left behind.
const assay = createAssay({ workers: 1, queue: 10_000 });
try {
  for (const python of PYTHON_VERSIONS) {
    await attack(assay, python);
    await ask(assay, python);
  }
} finally {
  await assay.close();
}
console.log(
  `accepted: ${tally.accepted} of ${tally.attacks}, rewarded: ${tally.rewarded} of ${tally.attacks}, honest claims refused: ${tally.refused} of ${tally.honest}`,
);
process.exitCode = tally.accepted + tally.rewarded + tally.refused + tally.odd === 0 ? 0 : 1;
