import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of the Python that interpreters load. */
export const PACKAGE = fileURLToPath(new URL('../../../../bridges/python/py/', import.meta.url));

const FAULTLESS = /^\d+ expressions, (\d+) runs, (\d+) transfers, 0 faults$/;

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** Python that holds the rules against the interpreter it runs in; its arguments are `PACKAGE` and runs an expression. */
export function checkSource(): string {
  return `EXPRESSION_LINES = ${JSON.stringify(read('rule-expressions.txt'))}\n${read('rules_check.py')}`;
}

/** The same as a script of our interpreter, with the files that it needs. */
export function checkProgram(runs: number) {
  const paths = globSync('shadow/**/*.py', { cwd: PACKAGE });
  return {
    source: `import sys\nsys.argv[1:] = ['/home/user', '${runs}']\n${checkSource()}`,
    entry: { script: true },
    world: { files: Object.fromEntries(paths.map((path) => [path, readFileSync(`${PACKAGE}${path}`, 'utf8')])) },
  } as const;
}

/** What a check printed: the faults, and how often terms were evaluated at other arguments. */
export function readCheck(stdout: string) {
  const lines = stdout.trim().split('\n');
  const [, runs = '0', transfers = '0'] = FAULTLESS.exec(lines.at(-1) ?? '') ?? [];
  return { faults: lines.slice(0, -1), summary: lines.at(-1) ?? '', runs: Number(runs), transfers: Number(transfers) };
}
