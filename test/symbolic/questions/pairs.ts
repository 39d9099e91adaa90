import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../../house/scratch.ts';

/** Two versions of a function `f`, of which it is known whether they behave the same for all inputs. */
export interface Pair {
  readonly name: string;
  readonly source: string;
  readonly other: string;
  /** Parameter → type. */
  readonly params: Readonly<Record<string, string>>;
  readonly same: boolean;
}

const OTHER = '# other version\n';

/** Every pair of `test/cases/pairs`. */
export function loadPairs(): Pair[] {
  const folder = join(ROOT, 'test/cases/pairs');
  return globSync('*.py', { cwd: folder })
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const [, same, params] = /^# same: (yes|no)\n# params: (.+)\n/.exec(text) ?? [];
      const [source, other] = text.split(OTHER);
      if (params === undefined || source === undefined || other === undefined) throw new Error(`${file} is no pair`);
      const pairs = params.split(/, (?=\w+:)/).map((one) => one.split(': ', 2) as [string, string]);
      return { name: basename(file, '.py'), source, other, params: Object.fromEntries(pairs), same: same === 'yes' };
    });
}
