import { readFileSync } from 'node:fs';

/** Where the stand-in for pytest lies, relative to the working directory. */
const DIRECTORY = '.assay-tests';
const SOURCE = readFileSync(new URL('./py/pytest_stand_in.py', import.meta.url), 'utf8');

/** What a program needs to run pytest-style tests without pytest. */
export interface TestSupport {
  /** Files for the program's world. */
  readonly files: Readonly<Record<string, string>>;
  /** Statements that make `import pytest` find the stand-in. */
  readonly prelude: string;
}

/** @returns the stand-in as a file, behind everything else on the path */
export function testSupport(): TestSupport {
  return {
    files: { [`${DIRECTORY}/pytest.py`]: SOURCE },
    prelude: `sys.path.append("/home/user/${DIRECTORY}")\nimport pytest as __assay_pytest\n`,
  };
}

/** A call that prints the tests of the module as a JSON list of names. */
export function collectCall(): string {
  return '__assay_pytest.list_tests(__assay_module)';
}

/** A call that runs one test; it raises where the test fails. */
export function passCall(id: string): string {
  return `__assay_pytest.run_test(${JSON.stringify(id)})`;
}
