import { Daemon } from '../daemon.ts';
import { PatchedRepository } from '../patched-repository.ts';
import type { Measured, Scenario } from '../scenario.ts';

const PYTHON = '3.14';
const UNITS = { cold: 'ms', daemon: 'ms', differs: 'ms', same: 'ms' } as const;
/** A patch of one function: from the start of the command to its end, alone and against a daemon; and the answer alone. */
export const check: Scenario = {
  name: 'check',
  about: 'a patch of one function: the command alone, against a running daemon, and a daemon’s answers',
  units: UNITS,
  async open() {
    const repository = await PatchedRepository.make();
    const daemon = await Daemon.start({ python: PYTHON, workers: 2 });
    let round = 0;
    return {
      async round(): Promise<Measured> {
        // Another constant each time, so that nothing that was kept is of use.
        round++;
        const [base, changed, rewritten] = [version(round), changedVersion(round), rewrittenVersion(round)];
        await repository.commit(new Map([['shop.py', base]]));
        await repository.write(new Map([['shop.py', changed]]));
        return {
          cold: await repository.check([]),
          daemon: await repository.check(['--daemon', daemon.url]),
          differs: await answer(daemon, base, changed, 'differs'),
          same: await answer(daemon, base, rewritten, 'same'),
        };
      },
      async [Symbol.asyncDispose]() {
        await daemon[Symbol.asyncDispose]();
        await repository[Symbol.asyncDispose]();
      },
    };
  },
};

function version(round: number): string {
  return `def price(count: int, unit: int) -> int:
    """What so many of them cost."""
    total = count * unit
    if count > ${round + 20}:
        total -= unit
    return total
`;
}

function changedVersion(round: number): string {
  return version(round).replace('count >', 'count >=');
}

function rewrittenVersion(round: number): string {
  return `def price(count: int, unit: int) -> int:
    """What so many of them cost."""
    return (count - 1 if count > ${round + 20} else count) * unit
`;
}

/** Milliseconds of a daemon's answer about two versions. */
async function answer(daemon: Daemon, base: string, head: string, expected: 'differs' | 'same'): Promise<number> {
  const started = performance.now();
  const response = await fetch(`${daemon.url}/v1/patch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ base: { files: { 'shop.py': base } }, head: { files: { 'shop.py': head } } }),
  });
  const { functions } = (await response.json()) as { functions?: { behaviour: string }[] };
  const took = performance.now() - started;
  const [only] = functions ?? [];
  if (only?.behaviour !== expected) throw new Error(`the daemon says ${only?.behaviour} in place of ${expected}`);
  return took;
}
