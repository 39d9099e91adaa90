import { readFileSync } from 'node:fs';
import type { PythonVersion } from '../../core/program.ts';
import type { Assay } from '../../src/verify/assay.ts';

const SOURCE = readFileSync(new URL('canary.py', import.meta.url), 'utf8');

/** Everything that a run can tell of what was there before it: equal in each restored interpreter. */
export async function singCanary(assay: Assay, python: PythonVersion): Promise<string> {
  const { frames, output, stdout, status, detail } = await assay.trace({
    program: { source: SOURCE, entry: { call: 'f()' }, python, world: { stdin: 'here\n' } },
  });
  if (status !== 'returned') throw new Error(`the canary does not sing: ${detail ?? JSON.stringify(output)}`);
  return JSON.stringify({ status, detail, stdout, output, frames }, null, 1);
}
