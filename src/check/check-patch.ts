import type { Outline } from '../../bridges/python/outline.ts';
import type { ReplayOptions } from '../../workers/pool.ts';
import type { Engine } from '../verify/pipeline.ts';
import { stampFor } from '../verify/stamp.ts';
import { mapAtOnce } from './at-once.ts';
import { type ChangedModule, changedFunctions, isSameCode, readable } from './changes.ts';
import { type ClaimContext, type ClaimResult, testClaim, testExamples } from './claims.ts';
import { driveModule } from './driver.ts';
import { findingOf, inOrder } from './finding.ts';
import { checkFunction, type FunctionContext, type FunctionResult, newEffects } from './functions.ts';
import { judgeLoading } from './loading.ts';
import { closureOf } from './module-name.ts';
import { readModules } from './outlines.ts';
import {
  type Finding,
  type PatchedFunction,
  PatchOptions,
  type PatchRequest,
  type PatchResponse,
} from './patch-request.ts';
import { type TestReport, testPatch } from './patch-tests.ts';
import { Prover } from './proof/prove.ts';
import { CHECK_BUDGET, Runner } from './runner.ts';
import { concreteSearch } from './search.ts';
import type { Sides } from './trial.ts';

/** Files of tests are run by `tests`, not compared. */
const TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/;

/** Unchanged files whose classes and calls are read, for inputs. */
const MOST_AROUND = 60;

/** Modules, or claims, that are worked on at a time: enough for many threads, and few enough for the pool's queue. */
const AT_ONCE = 16;

export interface PatchCallOptions extends ReplayOptions {
  /** Called as each changed module is done. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** What one module came to. */
interface ModuleResult {
  readonly findings: readonly Finding[];
  readonly functions: readonly FunctionResult[];
  readonly claims: readonly ClaimResult[];
}

const NOTHING: ModuleResult = { findings: [], functions: [], claims: [] };

/**
 * Compares two versions of some modules of a repository: runs both in sealed interpreters, and reports what is claimed, what
 * differs, and what the tests say.
 *
 * @throws Fault where the engine cannot take the work; whatever the code of either version does is in the answer
 */
export async function checkPatch(
  engine: Engine,
  request: PatchRequest,
  call: PatchCallOptions,
): Promise<PatchResponse> {
  const options = PatchOptions.parse(request.options ?? {});
  const runner = new Runner(engine, options.python, call);
  const patch = new Patch(request, runner);
  await patch.read();
  const sources = options.proofs ? [concreteSearch, new Prover(engine, runner, call)] : [concreteSearch];
  const context: ClaimContext = { engine, call, files: request.head.files, options };
  let done = 0;
  const means = { runner, sources, until: performance.now() + options.ms };
  const results = await mapAtOnce(patch.modules, AT_ONCE, async (module) => {
    const result = await checkModule(module, patch, means, context);
    done++;
    call.onProgress?.(done, patch.modules.length);
    return result;
  });
  const claims = await mapAtOnce(request.claims ?? [], AT_ONCE, (claim) => testClaim({ ...claim }, context));
  const functions = results.flatMap((result) => result.functions);
  const tests = await testPatch(request, patch.modules, functions, runner);
  const all: ModuleResult[] = [...results, { ...NOTHING, claims }];
  return answer(patch.modules, all, tests, functions, runner);
}

/** Both versions, and what their texts say. */
class Patch {
  readonly #request: PatchRequest;
  readonly #runner: Runner;
  readonly modules: ChangedModule[] = [];
  #around: ReadonlyMap<string, Outline> = new Map();

  constructor(request: PatchRequest, runner: Runner) {
    this.#request = request;
    this.#runner = runner;
  }

  async read(): Promise<void> {
    const { base, head, renames = {}, only } = this.#request;
    const old = new Set(Object.values(renames));
    const paths = new Set([...Object.keys(head.files), ...Object.keys(base.files).filter((path) => !old.has(path))]);
    const wanted = only === undefined ? undefined : new Set(only);
    const changed: { path: string; basePath: string }[] = [];
    for (const path of paths) {
      const basePath = Object.hasOwn(renames, path) ? (renames[path] ?? path) : path;
      const differs = base.files[basePath] !== head.files[path];
      if (path.endsWith('.py') && differs && wanted?.has(path) !== false) changed.push({ path, basePath });
    }
    const texts = new Map<string, string>();
    for (const { path, basePath } of changed) {
      const [before, after] = [base.files[basePath], head.files[path]];
      if (before !== undefined) texts.set(`base:${basePath}`, before);
      if (after !== undefined) texts.set(`head:${path}`, after);
    }
    const outlines = await readModules(this.#runner, texts);
    for (const { path, basePath } of changed) {
      const before = outlines.get(`base:${basePath}`);
      this.modules.push({ path, basePath, base: before, head: outlines.get(`head:${path}`) });
    }
    await this.#readAround(new Set(changed.map(({ path }) => path)));
  }

  /** Unchanged modules that the changed ones import, and tests, for their classes and calls. */
  async #readAround(changed: ReadonlySet<string>): Promise<void> {
    const { files } = this.#request.head;
    const near = new Set<string>();
    for (const path of changed) for (const other of closureOf(path, files)) near.add(other);
    const tests = Object.keys(files).filter((path) => TEST_FILE.test(path));
    const wanted = [...near, ...tests].filter((path) => !changed.has(path)).slice(0, MOST_AROUND);
    this.#around = await readModules(this.#runner, new Map(wanted.map((path) => [path, files[path] ?? ''])));
  }

  /** Outlines that inputs for a module's functions may come from: all that were read. */
  around(module: ChangedModule) {
    const others = this.modules.filter((one) => one !== module).map((one) => one.head);
    return readable([...others.slice(0, MOST_AROUND), ...this.#around.values()]);
  }

  /** Programs that import both versions of a module. */
  sides({ path, basePath }: ChangedModule): Sides {
    const { base, head } = this.#request;
    return { base: driveModule(basePath, base.files), head: driveModule(path, head.files) };
  }
}

async function checkModule(
  module: ChangedModule,
  patch: Patch,
  { runner, sources, until }: Pick<FunctionContext, 'runner' | 'sources' | 'until'>,
  claims: ClaimContext,
): Promise<ModuleResult> {
  const { path, base, head } = module;
  if (TEST_FILE.test(path) && head?.error === null) return NOTHING;
  if (head !== undefined && head.error !== null) {
    const { line, message } = head.error;
    return {
      ...NOTHING,
      findings: [findingOf('does-not-compile', { path, line, message: `it does not compile: ${message}` })],
    };
  }
  const examples = head !== undefined && claims.options.doctests ? await testExamples(path, head, claims) : [];
  if (isSameCode(base, head)) return { ...NOTHING, claims: examples };
  const findings: Finding[] = [];
  const sides = head === undefined ? undefined : patch.sides(module);
  let comparable = false;
  if (sides !== undefined) {
    const isNew = base === undefined || base.error !== null;
    const after = await runner.session(sides.head, [], { budget: CHECK_BUDGET });
    const before = isNew
      ? { ...after, loaded: true, files: [], stdout: after.stdout }
      : await runner.session(sides.base, []);
    const loading = judgeLoading(path, before, after);
    findings.push(...loading.findings);
    comparable = loading.comparable && !isNew;
  }
  if (head !== undefined) findings.push(...newEffects(readable([base])[0], head, { path }));
  const context = {
    runner,
    sources,
    until,
    options: claims.options,
    sides: comparable ? sides : undefined,
    around: patch.around(module),
  };
  const functions: FunctionResult[] = [];
  for (const changed of changedFunctions(module)) {
    const result = await checkFunction(changed, context);
    if (result !== undefined) functions.push(result);
  }
  return { findings, functions, claims: examples };
}

const INCONCLUSIVE_CODES: ReadonlySet<string> = new Set(['AS312', 'AS314', 'AS318']);

function answer(
  modules: readonly ChangedModule[],
  results: readonly ModuleResult[],
  tests: TestReport,
  functions: readonly FunctionResult[],
  runner: Runner,
): PatchResponse {
  const claims = results.flatMap((result) => result.claims);
  const findings = inOrder([
    ...results.flatMap((result) => result.findings),
    ...functions.flatMap((one) => tests.reclassified.get(one) ?? one.findings),
    ...claims.flatMap(({ finding }) => (finding === undefined ? [] : [finding])),
    ...tests.findings,
  ]);
  const shown = functions.map((one) => one.shown);
  const behaving = (behaviour: PatchedFunction['behaviour']) =>
    shown.filter((one) => one.behaviour === behaviour).length;
  const weighing = (level: Finding['level']) => findings.filter((one) => one.level === level).length;
  return {
    findings,
    functions: shown,
    summary: {
      files: modules.length,
      functions: shown.length,
      same: behaving('same'),
      differs: behaving('differs'),
      unknown: behaving('unknown'),
      claims: claims.length,
      claims_refuted: claims.filter(({ verdict }) => verdict === 'refuted').length,
      tests: tests.run,
      tests_failed: tests.failed,
      errors: weighing('error'),
      warnings: weighing('warning'),
      notes: weighing('note'),
      inconclusive: findings.filter(({ code }) => INCONCLUSIVE_CODES.has(code)).length,
    },
    stamp: stampFor(runner.python, { sealed: runner.sealed }),
    runs: runner.runs,
  };
}
