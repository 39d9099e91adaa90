import { collectCall, passCall, testSupport } from '../../bridges/python/test-support.ts';
import type { CallRecord } from '../../core/call-record.ts';
import type { ChangedModule } from './changes.ts';
import { sameRecord } from './difference.ts';
import { driveModule } from './driver.ts';
import { findingOf } from './finding.ts';
import { difference, type FunctionResult } from './functions.ts';
import { hunksOf, withoutHunk } from './hunks.ts';
import { expressionOf } from './inputs/scenario.ts';
import type { Finding, PatchRequest, PatchTest } from './patch-request.ts';
import { CHECK_BUDGET, type Runner } from './runner.ts';
import { endOf } from './wording.ts';

/** What the tests of a patch came to. */
export interface TestReport {
  readonly run: number;
  readonly failed: number;
  readonly findings: readonly Finding[];
  /** Findings in place of a function's own, where the tests tell more about them. */
  readonly reclassified: ReadonlyMap<FunctionResult, readonly Finding[]>;
}

type Files = Readonly<Record<string, string>>;

/** A test with what it did on one version. */
interface TestRun {
  readonly id: string;
  readonly record: CallRecord | undefined;
}

const TEST_BUDGET = { ...CHECK_BUDGET, steps: 2_000_000, ms: 10_000 };
/** Hunks that are taken back one by one. */
const MOST_HUNKS = 40;

/**
 * Runs the tests on both versions; where they failed before and pass now, takes each hunk back alone to see whether it is
 * needed, and tells differences that no failing test asked for.
 */
export async function testPatch(
  request: PatchRequest,
  modules: readonly ChangedModule[],
  functions: readonly FunctionResult[],
  runner: Runner,
): Promise<TestReport> {
  const tests = request.tests ?? [];
  const none: TestReport = { run: 0, failed: 0, findings: [], reclassified: new Map() };
  if (tests.length === 0) return none;
  const findings: Finding[] = [];
  const asking: { test: PatchTest; id: string }[] = [];
  let run = 0;
  let failed = 0;
  for (const test of tests) {
    const { head, base } = request;
    const after = await runTest(test, head.files, runner);
    // The tests of the head, run on the code of the base.
    const before = await runTest(test, { ...base.files, ...testFiles(test, head.files, modules) }, runner);
    const earlier = new Map(before.map(({ id, record }) => [id, record]));
    for (const { id, record } of after) {
      run++;
      const passes = record?.outcome.kind === 'returned';
      if (!passes) failed++;
      const finding = judge(test, id, record, earlier.get(id));
      if (finding !== undefined) findings.push(finding);
      else asking.push({ test, id });
    }
  }
  if (asking.length === 0) return { ...none, run, failed, findings };
  const bisection = new Bisection(request, modules, runner, asking);
  findings.push(...(await bisection.notNeeded()));
  return { run, failed, findings, reclassified: await bisection.sideEffects(functions) };
}

function fileOf(test: PatchTest): string {
  return 'file' in test ? test.file : test.module;
}

/** The test file itself comes from the head, but not the module that a call is made in. */
function testFiles(test: PatchTest, head: Files, modules: readonly ChangedModule[]): Record<string, string> {
  if (!('file' in test)) return {};
  const changed = new Set(modules.map(({ path }) => path));
  const support = Object.keys(head).filter((path) => !changed.has(path));
  return Object.fromEntries([...support, test.file].map((path) => [path, head[path] ?? '']));
}

async function runTest(test: PatchTest, files: Files, runner: Runner): Promise<TestRun[]> {
  const { files: support, prelude } = testSupport();
  const driven = driveModule(fileOf(test), files, prelude);
  const module = { ...driven, files: { ...driven.files, ...support } };
  if (!('file' in test)) {
    const { records } = await runner.session(module, [test.call], { budget: TEST_BUDGET });
    return [{ id: test.call, record: records[0] }];
  }
  const listed = await runner.session(module, [collectCall()], { budget: TEST_BUDGET });
  const ids = readIds(listed.records[0]);
  if (ids === undefined) return [{ id: test.file, record: { ...NO_RECORD, outcome: listed.ended } }];
  const wanted = ids.filter((id) => test.only === undefined || id.includes(test.only));
  const found: TestRun[] = [];
  for (let rest = wanted; rest.length > 0; ) {
    const { records } = await runner.session(module, rest.map(passCall), { budget: TEST_BUDGET });
    found.push(...rest.slice(0, Math.max(1, records.length)).map((id, index) => ({ id, record: records[index] })));
    rest = rest.slice(Math.max(1, records.length));
  }
  return found;
}

const NO_RECORD = { after: [], shares: [], stdout: '', steps: 0 } as const;

function readIds(record: CallRecord | undefined): string[] | undefined {
  if (record?.outcome.kind !== 'returned') return undefined;
  try {
    const ids: unknown = JSON.parse(record.stdout.trimEnd().split('\n').at(-1) ?? '');
    return Array.isArray(ids) ? ids.map(String) : undefined;
  } catch {
    return undefined;
  }
}

function passed(record: CallRecord | undefined): boolean {
  return record?.outcome.kind === 'returned';
}

function judge(
  test: PatchTest,
  id: string,
  after: CallRecord | undefined,
  before: CallRecord | undefined,
): Finding | undefined {
  const path = fileOf(test);
  if (!passed(after)) {
    const end = after === undefined ? 'was not reached' : endOf(after.outcome);
    return findingOf('test-fails', { path, message: `${id} fails after the patch: it ${end}`, key: id });
  }
  if (!passed(before)) return undefined;
  return findingOf('test-passed-before', {
    path,
    message: `${id} passes before the patch too: it shows nothing of what was fixed`,
    key: id,
  });
}

/** Takes hunks back one at a time. */
class Bisection {
  readonly #request: PatchRequest;
  readonly #modules: readonly ChangedModule[];
  readonly #runner: Runner;
  readonly #asking: readonly { test: PatchTest; id: string }[];
  /** Head with every hunk taken back that no test needs. */
  readonly #needed: Record<string, string>;
  #anyNotNeeded = false;

  constructor(
    request: PatchRequest,
    modules: readonly ChangedModule[],
    runner: Runner,
    asking: readonly { test: PatchTest; id: string }[],
  ) {
    this.#request = request;
    this.#modules = modules;
    this.#runner = runner;
    this.#asking = asking;
    this.#needed = { ...request.head.files };
  }

  /** A finding for each hunk without which the tests pass as well. */
  async notNeeded(): Promise<Finding[]> {
    const findings: Finding[] = [];
    let tried = 0;
    const tests = new Set(this.#asking.map(({ test }) => fileOf(test)));
    for (const { path, basePath } of this.#modules) {
      const before = this.#request.base.files[basePath];
      const after = this.#request.head.files[path];
      const isTest = this.#asking.some(({ test }) => 'file' in test && test.file === path);
      if (before === undefined || after === undefined || (isTest && tests.has(path))) continue;
      // From the last one on, so that the places of the others stay.
      for (const hunk of hunksOf(before, after).reverse()) {
        if (tried++ >= MOST_HUNKS) return findings;
        const files = { ...this.#request.head.files, [path]: withoutHunk(before, after, hunk.index) };
        if (!(await this.#allPass(files))) continue;
        this.#anyNotNeeded = true;
        this.#needed[path] = withoutHunk(before, this.#needed[path] ?? after, hunk.index);
        findings.push(
          findingOf('not-needed', {
            path,
            line: hunk.line,
            message: `the tests pass without this hunk (lines ${hunk.line} to ${hunk.end})`,
            help: 'add a test that asks for it, or leave it out',
            key: hunk.text,
          }),
        );
      }
    }
    return findings;
  }

  async #allPass(files: Files): Promise<boolean> {
    for (const { test, id } of this.#asking) {
      const runs = await runTest('file' in test ? { ...test, only: id } : test, files, this.#runner);
      if (!passed(runs.find((one) => one.id === id)?.record)) return false;
    }
    return true;
  }

  /** Differences that are gone once the hunks that no test needs are taken back. */
  async sideEffects(functions: readonly FunctionResult[]): Promise<ReadonlyMap<FunctionResult, readonly Finding[]>> {
    const found = new Map<FunctionResult, readonly Finding[]>();
    if (!this.#anyNotNeeded) return found;
    for (const one of functions) {
      const { witness, shown } = one;
      const basePath = this.#modules.find(({ path }) => path === shown.path)?.basePath;
      if (witness === undefined || basePath === undefined) continue;
      const calls = witness.scenario.map(expressionOf);
      const run = await this.#runner.session(driveModule(shown.path, this.#needed), calls);
      const last = run.records[calls.length - 1];
      if (last === undefined || !sameRecord(last, witness.base)) continue;
      const place = { path: shown.path, line: shown.line, function: shown.name };
      found.set(one, [
        difference(witness, place, 'side-effect'),
        ...one.findings.filter(({ flow }) => flow.length === 0),
      ]);
    }
    return found;
  }
}
