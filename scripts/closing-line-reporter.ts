import { writeSync } from 'node:fs';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** What a test run came to. */
export interface Tally {
  readonly passed: number;
  /** Failed tests, and every file, suite or stray error that failed outside of a test. */
  readonly failed: number;
  readonly skipped: number;
}

/** A test that did not run, and why. */
export interface Skip {
  readonly test: string;
  /** What the test gave to `skip`; undefined where it gave nothing. */
  readonly reason: string | undefined;
}

/** `N passed, N failed`, with `, N skipped` where there are any. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** One line a reason, and under it the tests that it holds for, both in the order of the run. */
export function skipLines(skips: readonly Skip[]): string[] {
  const byReason = Map.groupBy(skips, ({ reason }) => reason ?? 'no reason given');
  return [...byReason].flatMap(([reason, group]) => [
    `skipped (${group.length}): ${reason}`,
    ...group.map(({ test }) => `  ${test}`),
  ]);
}

/** Counts finished modules; a test that was left pending by an abort has failed. */
function tally(modules: readonly TestModule[], strayErrors: number): { tally: Tally; skips: Skip[] } {
  let passed = 0;
  let failed = strayErrors;
  const skips: Skip[] = [];
  for (const module of modules) {
    if (module.errors().length > 0) failed += 1;
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) failed += 1;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') passed += 1;
      else if (result.state === 'skipped') {
        skips.push({ test: `${module.relativeModuleId} > ${test.fullName}`, reason: result.note });
      } else failed += 1;
    }
  }
  return { tally: { passed, failed, skipped: skips.length }, skips };
}

/**
 * Prints, after all other output of the run, why tests were skipped and one closing line that a program can read.
 *
 * The line is written as the process exits: a fault during tear-down comes after the last report, and the line must
 * not say `0 failed` where the exit code says otherwise.
 */
export class ClosingLineReporter implements Reporter {
  #tally: Tally | undefined;
  #skips: readonly Skip[] = [];
  #filtered = false;

  onInit(vitest: Vitest): void {
    this.#filtered = vitest.config.testNamePattern !== undefined;
    process.once('exit', (code) => this.#print(code));
  }

  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly unknown[]): void {
    const { tally: counts, skips } = tally(modules, strayErrors.length);
    this.#tally = counts;
    // A name pattern skips most tests, and says nothing about them.
    this.#skips = this.#filtered ? skips.filter(({ reason }) => reason !== undefined) : skips;
  }

  #print(exitCode: number): void {
    // Nothing ran and nothing failed: a listing, say.
    if (this.#tally === undefined && exitCode === 0) return;
    const { passed, failed, skipped } = this.#tally ?? { passed: 0, failed: 0, skipped: 0 };
    const line = closingLine({ passed, failed: exitCode === 0 ? failed : Math.max(failed, 1), skipped });
    writeSync(1, ['', ...skipLines(this.#skips), line, ''].join('\n'));
  }
}
