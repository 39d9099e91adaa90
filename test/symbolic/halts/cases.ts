import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../../house/scratch.ts';

/** A small program whose first two lines say whether it ends and how it is called. */
export interface HaltsCase {
  readonly name: string;
  readonly source: string;
  /** `unknown` where nobody knows. */
  readonly halts: 'yes' | 'no' | 'unknown';
  /** A call, or the function's name, which means all integers. */
  readonly entry: string;
}

/** Every program of `test/cases/halts`. */
export function haltsCases(): HaltsCase[] {
  const folder = join(ROOT, 'test/cases/halts');
  return globSync('*.py', { cwd: folder })
    .sort()
    .map((file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      const [, halts, entry = ''] = /^# halts: (\w+)\n# entry: (.+)\n/.exec(source) ?? [];
      if (halts !== 'yes' && halts !== 'no' && halts !== 'unknown') throw new Error(`${file} does not say if it halts`);
      return { name: basename(file, '.py'), source, halts, entry };
    });
}
