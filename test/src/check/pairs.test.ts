import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PatchOptions } from '../../../src/check/patch-request.ts';
import { ROOT } from '../../house/scratch.ts';
import { useEngine } from '../verify/engine.ts';

/** A folder with `base.py` and `head.py`: two versions that behave otherwise, provably the same, or alike as far as is known. */
const CASES = join(ROOT, 'test/cases/check');
const names = (folder: string) => readdirSync(join(CASES, folder)).sort();

function version(folder: string, name: string, side: 'base' | 'head') {
  return { files: { 'module.py': readFileSync(join(CASES, folder, name, `${side}.py`), 'utf8') } };
}

describe('pairs of versions', () => {
  const engine = useEngine({ python: ['3.14'] });

  function compare(folder: string, name: string, turned = false, options: Partial<PatchOptions> = {}) {
    const [base, head] = [version(folder, name, 'base'), version(folder, name, 'head')];
    return engine.assay.patch(turned ? { base: head, head: base, options } : { base, head, options });
  }

  it('there are enough of both', () => {
    expect(names('differs').length).toBeGreaterThanOrEqual(30);
    expect(names('same').length).toBeGreaterThanOrEqual(10);
  });

  it.each(names('differs'))('a witness for %s, and never a proof', async (name) => {
    const { functions } = await compare('differs', name);
    const found = functions.filter(({ behaviour }) => behaviour === 'differs');
    expect(found.length, JSON.stringify(functions)).toBeGreaterThan(0);
    // The last call of a witness is what differs.
    for (const { witness } of found) expect(witness?.base).not.toEqual(witness?.head);
    // The other way round, and without a search that would find it before.
    const back = await compare('differs', name, true, { inputs: 0, doctests: false });
    const same = back.functions.filter(({ behaviour }) => behaviour === 'same').map((one) => one.name);
    expect(found.map((one) => one.name).filter((one) => same.includes(one))).toEqual([]);
  });

  it.each(names('same'))('a proof for %s', async (name) => {
    const { functions, findings } = await compare('same', name);
    expect(functions.filter(({ behaviour }) => behaviour !== 'added')).toMatchObject([{ behaviour: 'same' }]);
    expect(findings.filter(({ code }) => code !== 'AS311')).toEqual([]);
  });

  it.each(names('alike'))('no witness for %s, and no claim that it is the same', async (name) => {
    const { functions, findings } = await compare('alike', name);
    expect(functions.filter(({ behaviour }) => behaviour === 'differs' || behaviour === 'same')).toEqual([]);
    expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
  });

  it('the same question has the same answer', async () => {
    expect(await compare('differs', 'stack_is_queue')).toEqual(await compare('differs', 'stack_is_queue'));
  });
});
