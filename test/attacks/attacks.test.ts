import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chdir, cwd } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PYTHON_VERSIONS } from '../../core/program.ts';
import { type Assay, createAssay } from '../../src/verify/assay.ts';
import { singCanary } from './canary.ts';
import { loadAttacks } from './corpus.ts';
import { type HostState, hostState } from './host.ts';
import { tryAttack } from './trial.ts';

const attacks = loadAttacks();

describe.each(PYTHON_VERSIONS)('attacks under %s', (python) => {
  const home = cwd();
  const scratch = mkdtempSync(join(tmpdir(), 'assay-attacks-'));
  let assay: Assay;
  let left: string;
  let host: HostState;

  beforeAll(async () => {
    chdir(scratch);
    // One thread, so that the next request meets what the attack left behind.
    assay = createAssay({ workers: 1, python: [python], queue: 16 });
    await assay.ready();
    left = await singCanary(assay, python);
    host = hostState(attacks);
  });
  afterAll(async () => {
    await assay.close();
    chdir(home);
    rmSync(scratch, { recursive: true });
  });

  it.each(attacks.filter((attack) => attack.python.includes(python)))('$name: $about', async (attack) => {
    const trial = await tryAttack(assay, attack, python);
    const before = left;
    left = await singCanary(assay, python);
    expect(trial, trial.shown).toMatchObject({ accepted: false, allowed: true, refused: undefined });
    expect(left).toBe(before);
    expect(hostState(attacks)).toEqual(host);
  });
});
