import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PatchResponse } from '../../../src/check/patch-request.ts';
import { ROOT } from '../../house/scratch.ts';
import { useEngine } from '../verify/engine.ts';

/** A folder with `base.py` and `head.py`: two versions that behave otherwise, or alike. */
const CASES = join(ROOT, 'test/cases/check');
const names = (folder: string) => readdirSync(join(CASES, folder)).sort();

function version(folder: string, name: string, side: 'base' | 'head') {
  return { files: { 'module.py': readFileSync(join(CASES, folder, name, `${side}.py`), 'utf8') } };
}

describe('pairs of versions', () => {
  const engine = useEngine({ python: ['3.14'] });

  function compare(folder: string, name: string, turned = false): Promise<PatchResponse> {
    const [base, head] = [version(folder, name, 'base'), version(folder, name, 'head')];
    return engine.assay.patch(turned ? { base: head, head: base } : { base, head });
  }

  it('there are enough of both', () => {
    expect(names('differs').length).toBeGreaterThanOrEqual(30);
    expect(names('alike').length).toBeGreaterThanOrEqual(10);
  });

  it.each(names('differs'))('a witness for %s, whichever version is the old one', async (name) => {
    const forth = await compare('differs', name);
    const back = await compare('differs', name, true);
    for (const { functions } of [forth, back]) {
      const found = functions.filter(({ behaviour }) => behaviour === 'differs');
      expect(found.length, JSON.stringify(functions)).toBeGreaterThan(0);
      // The last call of a witness is what differs.
      for (const { witness } of found) expect(witness?.base).not.toEqual(witness?.head);
    }
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
