import type { Program } from '../../../../core/program.ts';
import type { ShadowRun } from '../../../../core/shadow.ts';
import type { Outcome, Trace } from '../../../../core/trace.ts';
import { ARGUMENTS_SOURCE, mutatedInput } from './mutated-inputs.ts';
import { disagreements, meets, pythonText, type ShadowRuns } from './shadow-runs.ts';
import { termValues } from './term-values.ts';

export type Tag = 'exact' | 'restricted' | 'concretised' | 'halted';

/** What a program's path condition was found to be. */
export interface PathReport {
  readonly tag: Tag;
  /** Why a run was halted, or what was concretised. */
  readonly causes: readonly string[];
  /** The plain run ends otherwise, or terms do not have the values seen. Must be empty. */
  readonly wrong: readonly string[];
  /** Mutated inputs that meet the conditions and take another path or end otherwise than the terms say. Must be empty. */
  readonly violations: readonly string[];
  readonly mutated: number;
  /** Mutated inputs that meet the conditions. */
  readonly met: number;
  /** Mutated inputs that do not, and all the same take the same lines: the conditions are finer than the lines. */
  readonly finer: number;
}

function tagOf(run: ShadowRun): Tag {
  if (run.outcome.kind === 'halted') return 'halted';
  if (run.concretised.length > 0) return 'concretised';
  return run.conditions.some(({ kind }) => kind === 'assumption') ? 'restricted' : 'exact';
}

function ending(outcome: Outcome): string {
  if (outcome.kind === 'returned') return outcome.value;
  return outcome.kind === 'raised' ? `${outcome.type}: ${outcome.message}` : `${outcome.reason}: ${outcome.detail}`;
}

function shadowEnding({ outcome }: ShadowRun): string {
  if (outcome.kind === 'returned') return outcome.repr;
  return outcome.kind === 'raised' ? `${outcome.type}: ${outcome.message}` : `${outcome.reason}: ${outcome.detail}`;
}

function pathOf({ frames }: Trace): string {
  return Array.from(frames, ({ event, line, depth }) => `${event}${line}@${depth}`).join(' ');
}

/** Result, or message of the exception, where the terms have these values. */
function predicted({ outcome }: ShadowRun, values: ReturnType<typeof termValues> | undefined): string {
  if (outcome.kind === 'returned') return pythonText(outcome.value, values);
  if (outcome.kind !== 'raised') return outcome.reason;
  const message = outcome.messageTerms ?? { t: 'str', v: outcome.message };
  return `${outcome.type}: ${pythonText(message, values)}`;
}

/** Runs a program on its own input and on mutated ones, and compares what the conditions say with what happens. */
export async function checkPath(
  runs: ShadowRuns,
  program: Program & { readonly input: string },
  mutations: number,
  random: () => number,
): Promise<PathReport> {
  const { source, input } = program;
  const asked = (call: string): Program => ({ source, entry: { call } });
  const [run, trace] = [await runs.shadow(asked(`f(${input})`)), await runs.replay(asked(`f(${input})`))];
  const tag = tagOf(run);
  const causes = run.concretised.map(({ construct }) => construct);
  if (run.outcome.kind === 'halted') causes.push(run.outcome.detail);
  const wrong = disagreements(run);
  if (tag !== 'halted' && shadowEnding(run) !== ending(trace.outcome)) {
    wrong.push(`${shadowEnding(run)} instead of ${ending(trace.outcome)}`);
  }
  const report = { tag, causes: [...new Set(causes)], wrong, mutated: 0, met: 0, finer: 0 };
  const violations: string[] = [];
  if (tag === 'halted' || tag === 'concretised' || run.variables.length === 0) return { ...report, violations };
  const shape = await runs.shadow({ source: `${source}${ARGUMENTS_SOURCE}`, entry: { call: `f(${input})` } });
  // Functions among the arguments cannot be written down.
  if (shape.after.some(({ value }) => value.t === 'opaque')) return { ...report, violations };
  if (shape.variables.length !== run.variables.length) return { ...report, violations: ['other variables'] };
  const path = pathOf(trace);
  for (let round = 0; round < mutations; round++) {
    const { call, variables } = mutatedInput(shape, run, random);
    const values = termValues(run.terms, variables);
    const met = meets(run, values);
    const other = await runs.replay(asked(call));
    const same = pathOf(other) === path;
    report.mutated++;
    report.met += Number(met);
    report.finer += Number(same && !met);
    if (!met) continue;
    if (!same) violations.push(`${call} takes another path`);
    const again = await runs.shadow(asked(call));
    if (shadowEnding(again) !== ending(other.outcome)) violations.push(`${call}: ${shadowEnding(again)}`);
    const [says, does] = [predicted(run, values), predicted(again, undefined)];
    if (says !== does) violations.push(`${call}: the terms say ${says}, not ${does}`);
  }
  return { ...report, violations };
}
